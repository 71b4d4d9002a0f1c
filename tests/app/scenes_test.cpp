#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "app/scenes/scene.h"
#include "app/ui/ui.h"
#include "headless.h"

using namespace lab;

namespace {

constexpr ImVec2 kDesktop{1440, 900}, kPhone{390, 844}, kSmallest{320, 568};

// Whether the interface's font, which is the first, has every character of the text.
bool has_glyphs(const std::string& text) {
  ImFont* font = ImGui::GetIO().Fonts->Fonts[0];
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at < end;) {
    unsigned c = 0;
    at += ImTextCharFromUtf8(&c, at, end);
    if (c != '\n' && !font->IsGlyphInFont(static_cast<ImWchar>(c))) return false;
  }
  return true;
}

// Everything that must hold for any scene at any size, in either language and theme.
void check_frame(Headless& lab) {
  std::set<std::string> ids;
  std::set<ImGuiID> recorded;
  for (const nlohmann::json& item : lab.items()) {
    const auto id = item["id"].get<std::string>();
    CAPTURE(id);
    CHECK(ids.insert(id).second);
    CHECK_FALSE(item["label"].get<std::string>().empty());
    CHECK(has_glyphs(item["label"].get<std::string>()));
    CHECK(has_glyphs(item["value"].get<std::string>()));
    const auto rect = item["rect"].get<std::vector<float>>();
    CHECK(rect[0] >= 0);
    CHECK(rect[0] + rect[2] <= lab.size.x + 0.5f);
    CHECK(rect[2] > 0);
    CHECK(rect[3] > 0);
    recorded.insert(item_id(id));
  }
  CHECK(lab.app().content_height() > 100);
  CHECK_FALSE(lab.state()["sentence"].get<std::string>().empty());
  // Nothing interactive is drawn past the records.
  for (ImGuiID item : lab.log().items) CHECK(recorded.contains(item));
}

}  // namespace

TEST_CASE("every scene draws at every size, in both languages and both themes") {
  for (const SceneRow& row : scenes()) {
    for (const char* language : {"en", "zh-CN"}) {
      for (bool dark : {false, true}) {
        for (ImVec2 size : {kDesktop, kPhone, kSmallest}) {
          CAPTURE(row.id);
          CAPTURE(language);
          CAPTURE(size.x);
          FakePlatform platform;
          platform.language = language;
          platform.dark = dark;
          Headless lab(platform, size, size.x < 500 ? 3.0f : 1.0f);
          lab.click("scene." + std::string(row.id));
          CHECK(lab.state()["scene"] == std::string(row.id));
          check_frame(lab);
          CHECK_FALSE(lab.app().wants_frames());
        }
      }
    }
  }
}

TEST_CASE("the language and the theme change at once and are remembered") {
  FakePlatform platform;
  Headless lab(platform);
  CHECK(lab.app().language_tag() == "en");
  const unsigned light = lab.app().page_colour();
  lab.click("header.language.zh");
  CHECK(lab.app().language_tag() == "zh-CN");
  CHECK(lab.item("scene.tensor")["label"] == "张量");
  CHECK(platform.settings.at("language") == "zh");
  lab.click("header.theme");
  CHECK(lab.app().page_colour() != light);
  CHECK(platform.settings.at("theme") == "dark");

  Headless again(platform);
  CHECK(again.app().language_tag() == "zh-CN");
  CHECK(again.app().page_colour() != light);
}

TEST_CASE("without a choice the system's language and theme are followed live") {
  FakePlatform platform;
  platform.language = "zh-Hans";
  Headless lab(platform);
  CHECK(lab.app().language_tag() == "zh-CN");
  const unsigned light = lab.app().page_colour();
  platform.dark = true;
  platform.language = "de";
  lab.settle();
  CHECK(lab.app().page_colour() != light);
  CHECK(lab.app().language_tag() == "en");
}
