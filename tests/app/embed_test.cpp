#include <doctest/doctest.h>

#include <algorithm>

#include "app/embed_code.h"
#include "headless.h"

using namespace lab;

namespace {

constexpr EmbedKind kKinds[] = {EmbedKind::html,       EmbedKind::iframe,  EmbedKind::mkdocs,
                                EmbedKind::docusaurus, EmbedKind::jupyter, EmbedKind::quarto};

EmbedChoice choice() {
  return {.base = "https://lab.example/dist/",
          .scene = "train",
          .state = "v=1&data=xor",
          .language = "zh",
          .theme = "dark",
          .hidden = "data,optimizer",
          .width = 640,
          .height = 480};
}

}  // namespace

TEST_CASE("code for pages holds what was chosen, escaped as its kind of page wants it") {
  const std::string link = "scene=train&v=1&data=xor&lang=zh&theme=dark&hide=data,optimizer";
  CHECK(embed_link(choice()) == link);
  CHECK(embed_code(EmbedKind::html, choice()) ==
        "<script type=\"module\" src=\"https://lab.example/dist/web/activation-lab.js\"></script>\n"
        "<activation-lab scene=\"train\" lang=\"zh\" theme=\"dark\" hide=\"data,optimizer\" "
        "state=\"v=1&amp;data=xor\" style=\"max-width: 640px\"></activation-lab>\n");
  const std::string source = "src=\"https://lab.example/dist/embed.html#scene=train&amp;v=1";
  for (const EmbedKind kind : {EmbedKind::iframe, EmbedKind::docusaurus, EmbedKind::quarto}) {
    const std::string code = embed_code(kind, choice());
    CAPTURE(code);
    CHECK(code.find(source) != std::string::npos);
    CHECK(code.find("width=\"640\" height=\"480\"") != std::string::npos);
    const bool sized = code.find("web/embed-host.js\"></script>") != std::string::npos;
    CHECK(sized == (kind != EmbedKind::docusaurus));
  }
  CHECK(embed_code(EmbedKind::jupyter, choice()) ==
        "from IPython.display import IFrame\nIFrame(\"https://lab.example/dist/embed.html#" + link +
            "\", width=\"640\", height=480)\n");
  CHECK(embed_code(EmbedKind::docusaurus, choice()).find("style={{border: 0}} />") !=
        std::string::npos);
  CHECK(embed_code(EmbedKind::quarto, choice()).starts_with("```{=html}\n<iframe "));
  EmbedChoice plain;
  plain.base = "lab/";
  plain.scene = "tensor";
  plain.state = "v=1";
  CHECK(embed_code(EmbedKind::html, plain) ==
        "<script type=\"module\" src=\"lab/web/activation-lab.js\"></script>\n"
        "<activation-lab scene=\"tensor\" state=\"v=1\"></activation-lab>\n");
  for (const EmbedKind kind : kKinds) {
    EmbedChoice odd = plain;
    odd.base = "a\"<b&/";
    if (kind != EmbedKind::jupyter)
      CHECK(embed_code(kind, odd).find("a\"<b&/") == std::string::npos);
  }
}

TEST_CASE("the dialog copies the code of what is shown, in every language and at every size") {
  for (const ImVec2 size : {ImVec2{1440, 900}, ImVec2{390, 844}}) {
    for (const char* language : {"en", "zh-CN"}) {
      CAPTURE(size.x);
      FakePlatform platform;
      platform.language = language;
      Headless lab(platform, size);
      lab.app().open_link("scene=train&preset=xor-relu");
      lab.settle();
      lab.click("header.embed");
      CHECK(lab.item("embed.preview")["value"] == "100 % × 560");
      lab.click("embed.language.zh");
      lab.click("embed.theme.dark");
      lab.click("embed.part.data");
      lab.click("embed.part.optimizer");
      lab.click("embed.width");
      lab.press(ImGuiKey_A, ImGuiMod_Ctrl);
      lab.type("640");
      lab.press(ImGuiKey_Enter);
      CHECK(lab.item("embed.preview")["value"] == "640 × 560");
      lab.click("embed.copy");
      CHECK(platform.clip == lab.item("embed.code")["value"]);
      CHECK(platform.clip.find("lang=\"zh\" theme=\"dark\" hide=\"data,optimizer\"") !=
            std::string::npos);
      CHECK(platform.clip.find("src=\"https://lab.example/web/activation-lab.js\"") !=
            std::string::npos);
      std::set<std::string> codes;
      for (const char* kind : {"html", "iframe", "docusaurus", "jupyter", "quarto"}) {
        lab.click("embed.kind");
        lab.click("embed.kind.menu." + std::string(kind));
        codes.insert(lab.item("embed.code")["value"].get<std::string>());
      }
      CHECK(codes.size() == 5);
      lab.click("embed.part.data");
      CHECK(lab.item("embed.code")["value"].get<std::string>().find("hide=optimizer") !=
            std::string::npos);
      CHECK(lab.item("embed.width")["value"] == "640");
      lab.click("embed.width");
      lab.press(ImGuiKey_A, ImGuiMod_Ctrl);
      lab.type("100 %");
      lab.press(ImGuiKey_Enter);
      CHECK(lab.item("embed.preview")["value"] == "100 % × 560");
      lab.click("embed.close");
      CHECK_FALSE(lab.has("embed.code"));
    }
  }
}
