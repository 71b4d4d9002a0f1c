#include "platform/desktop/options.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "app/plot/figure.h"
#include "app/scenes/link_keys.h"
#include "app/scenes/scene.h"
#include "core/experiment/field_help.h"

namespace lab {
namespace {

constexpr int kMaxSide = 8192;
constexpr int64_t kMostSteps = 1'000'000'000;

template <typename Number>
bool parse_number(std::string_view text, Number least, Number most, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number >= least &&
         number <= most;
}

bool one_of(std::string_view text, std::string_view first, std::string_view second,
            std::optional<std::string>& chosen) {
  chosen = std::string(text);
  return text == first || text == second;
}

bool any_text(std::string_view text, std::optional<std::string>& chosen) {
  chosen = std::string(text);
  return !text.empty();
}

std::string scene_ids() {
  std::string list;
  for (const SceneRow& row : scenes()) list += (list.empty() ? "" : ", ") + std::string(row.id);
  return list;
}

struct Option {
  std::string_view name;
  std::string_view value;    // what stands behind it in the help; empty: nothing
  std::string_view expects;  // in words
  std::string_view help;
  bool (*parse)(std::string_view text, Options& options);
};

constexpr Option kOptions[] = {
    {"--scene", "ID", "the id of a scene", "what is shown first",
     [](std::string_view text, Options& options) {
       return any_text(text, options.scene) &&
              std::ranges::find(scenes(), text, &SceneRow::id) != scenes().end();
     }},
    {"--link", "LINK", "a link of this lab, or what stands behind its #",
     "what is shown, as Share and Copy link write it",
     [](std::string_view text, Options& options) { return any_text(text, options.link); }},
    {"--steps", "N", "a whole number from 1 on", "train so many steps before anything is shown",
     [](std::string_view text, Options& options) {
       return parse_number<int64_t>(text, 1, kMostSteps, options.steps.emplace());
     }},
    {"--epochs", "N", "a whole number from 1 on", "… or so many passes over the training set",
     [](std::string_view text, Options& options) {
       return parse_number<int64_t>(text, 1, kMostSteps, options.epochs.emplace());
     }},
    {"--lang", "en|zh", "en or zh", "language, instead of the one chosen last or the system's",
     [](std::string_view text, Options& options) {
       return one_of(text, "en", "zh", options.language);
     }},
    {"--theme", "light|dark", "light or dark",
     "colours, instead of those chosen last or the system's",
     [](std::string_view text, Options& options) {
       return one_of(text, "light", "dark", options.theme);
     }},
    {"--size", "WxH", "WIDTHxHEIGHT, such as 1440x900",
     "size of the window in logical pixels, instead of its last one",
     [](std::string_view text, Options& options) {
       const std::size_t x = text.find('x');
       options.sized = true;
       return x != std::string_view::npos &&
              parse_number(text.substr(0, x), 1, kMaxSide, options.width) &&
              parse_number(text.substr(x + 1), 1, kMaxSide, options.height);
     }},
    {"--figures", "", "", "list the figures of the scene",
     [](std::string_view, Options& options) { return options.figures = true; }},
    {"--figure", "ID", "the id of a figure; --figures lists them", "write a figure to files:",
     [](std::string_view text, Options& options) { return any_text(text, options.figure); }},
    {"  --svg", "FILE", "the name of an SVG file", "  as SVG, which needs no display",
     [](std::string_view text, Options& options) { return any_text(text, options.svg); }},
    {"  --png", "FILE", "the name of a PNG file", "  as PNG",
     [](std::string_view text, Options& options) { return any_text(text, options.png); }},
    {"--screenshot", "FILE", "the name of a PNG file", "write a picture of all of the window",
     [](std::string_view text, Options& options) { return any_text(text, options.screenshot); }},
    {"  --frames", "N", "a number from 1 to 100000", "  after so many frames of 1/60 s (30)",
     [](std::string_view text, Options& options) {
       return parse_number(text, 1, 100000, options.frames);
     }},
    {"--ratio", "R", "a number from 0.5 to 16", "pixels of PNG files per logical pixel (1)",
     [](std::string_view text, Options& options) {
       return parse_number(text, kLeastPictureScale, kMostPictureScale,
                           options.pixel_ratio.emplace());
     }},
};

// What goes together, beyond each option by itself.
std::optional<std::string> conflict(const Options& options) {
  if (options.steps && options.epochs) return "--steps and --epochs exclude each other";
  if (options.figure && !options.svg && !options.png) return "--figure needs --svg or --png";
  if (!options.figure && (options.svg || options.png)) return "--svg and --png need --figure";
  return std::nullopt;
}

std::string_view bare(std::string_view name) {
  return name.substr(name.find('-'));
}

// Scenes with what links can say of them beside an experiment.
std::string scene_help() {
  std::string text =
      "A link is key=value with & between. scene=, lang=en|zh, theme=light|dark, hide= (parts, with "
      "commas\nbetween) and preset= are understood everywhere. The scenes, their parts and "
      "presets:\n\n";
  for (const SceneRow& row : scenes()) {
    FormulaLibrary formulas;
    const std::unique_ptr<Scene> scene = row.make(formulas);
    text += "  " + padded(row.id, 12) + std::string(tr(Language::en, row.tab)) + '\n';
    std::string parts = "sentence", presets;
    for (const ScenePart& part : row.parts()) parts += ", " + std::string(part.id);
    for (const ScenePreset& preset : scene->presets()) {
      presets += (presets.empty() ? "" : ", ") + std::string(preset.id);
    }
    text += "    " + padded("hide=", 20) + parts + '\n';
    if (!presets.empty()) text += "    " + padded("preset=", 20) + presets + '\n';
    LinkKeys keys = LinkKeys::listing();
    scene->list_keys(keys);
    for (const LinkKeys::Listed& listed : keys.listed()) {
      text += "    " + padded(listed.key + "=", 20) + listed.values + '\n';
    }
  }
  return text;
}

}  // namespace

std::map<std::string, std::string, std::less<>> fixed_settings(const Options& options) {
  std::map<std::string, std::string, std::less<>> settings;
  if (options.language) settings["language"] = *options.language;
  if (options.theme) settings["theme"] = *options.theme;
  return settings;
}

std::string usage() {
  std::string text =
      "Activation Lab: see what activation functions do to a neural network.\n\n"
      "  activation-lab [FILE] [OPTION]...\n\n"
      "FILE is a document that was saved before, or an experiment as JSON.\n\n";
  for (const Option& option : kOptions) {
    const std::string left = std::string(option.name) + ' ' + std::string(option.value);
    text += "  " + padded(left, 20) + std::string(option.help) + '\n';
  }
  return text + "  " + padded("--help", 20) + "show this text\n\n" + scene_help() + '\n' +
         field_help();
}

std::variant<Options, std::string> parse_options(int count, const char* const* arguments) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string_view name = arguments[i];
    if (name == "--help") {
      options.help = true;
      return options;
    }
    if (!name.starts_with('-')) {
      if (options.file) return "there is more than one document: " + std::string(name);
      options.file = std::string(name);
      continue;
    }
    const auto option = std::ranges::find_if(
        kOptions, [name](const Option& known) { return bare(known.name) == name; });
    if (option == std::end(kOptions)) return "there is no option " + std::string(name);
    const bool takes = !option->value.empty();
    const std::string_view text = takes && i + 1 < count ? arguments[++i] : "";
    if (!option->parse(text, options)) {
      std::string expected(option->expects);
      if (name == "--scene") expected += ": " + scene_ids();
      return std::string(name) + " expects " + expected;
    }
  }
  if (auto problem = conflict(options)) return *problem;
  return options;
}

}  // namespace lab
