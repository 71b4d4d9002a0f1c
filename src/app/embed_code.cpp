#include "app/embed_code.h"

namespace lab {
namespace {

// For the value of an attribute in double quotes.
std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '&')
      safe += "&amp;";
    else if (c == '"')
      safe += "&quot;";
    else if (c == '<')
      safe += "&lt;";
    else
      safe += c;
  }
  return safe;
}

std::string attribute(std::string_view name, std::string_view value) {
  if (value.empty()) return {};
  return " " + std::string(name) + "=\"" + escaped(value) + "\"";
}

std::string width_text(const EmbedChoice& choice) {
  return choice.width == 0 ? "100%" : std::to_string(choice.width);
}

std::string frame_address(const EmbedChoice& choice) {
  return choice.base + "embed.html#" + embed_link(choice);
}

std::string element(const EmbedChoice& choice) {
  std::string text = "<script type=\"module\" src=\"" + escaped(choice.base) +
                     "web/activation-lab.js\"></script>\n<activation-lab";
  text += attribute("scene", choice.scene) + attribute("lang", choice.language) +
          attribute("theme", choice.theme) + attribute("hide", choice.hidden) +
          attribute("state", choice.state);
  if (choice.width > 0) {
    text += attribute("style", "max-width: " + std::to_string(choice.width) + "px");
  }
  return text + "></activation-lab>\n";
}

// The helper gives the frame the height of what is in it.
std::string frame(const EmbedChoice& choice) {
  return "<iframe" + attribute("src", frame_address(choice)) +
         attribute("width", width_text(choice)) +
         attribute("height", std::to_string(choice.height)) +
         " title=\"Activation Lab\" loading=\"lazy\" allow=\"clipboard-write\" "
         "style=\"border: 0\"></iframe>\n<script type=\"module\" src=\"" +
         escaped(choice.base) + "web/embed-host.js\"></script>\n";
}

}  // namespace

std::string embed_link(const EmbedChoice& choice) {
  std::string link = "scene=" + choice.scene + "&" + choice.state;
  if (!choice.language.empty()) link += "&lang=" + choice.language;
  if (!choice.theme.empty()) link += "&theme=" + choice.theme;
  if (!choice.hidden.empty()) link += "&hide=" + choice.hidden;
  return link;
}

std::string embed_code(EmbedKind kind, const EmbedChoice& choice) {
  switch (kind) {
    case EmbedKind::html:
    case EmbedKind::mkdocs:  // whose Markdown takes HTML as it is
      return element(choice);
    case EmbedKind::iframe:
      return frame(choice);
    case EmbedKind::docusaurus:  // whose MDX takes JSX, and runs no scripts
      return "<iframe" + attribute("src", frame_address(choice)) +
             attribute("width", width_text(choice)) +
             attribute("height", std::to_string(choice.height)) +
             " title=\"Activation Lab\" loading=\"lazy\" allow=\"clipboard-write\" "
             "style={{border: 0}} />\n";
    case EmbedKind::jupyter:
      return "from IPython.display import IFrame\nIFrame(\"" + frame_address(choice) +
             "\", width=\"" + width_text(choice) + "\", height=" + std::to_string(choice.height) +
             ")\n";
    case EmbedKind::quarto:
      return "```{=html}\n" + frame(choice) + "```\n";
  }
  return {};
}

}  // namespace lab
