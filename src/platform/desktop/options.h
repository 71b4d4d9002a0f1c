#pragma once

#include <optional>
#include <string>
#include <variant>

namespace lab {

// What the command line asks for. Sizes are logical pixels.
struct Options {
  bool help = false;
  int width = 1280, height = 800;
  std::optional<float> pixel_ratio;       // of a screenshot; a window takes its screen's
  std::optional<std::string> language;    // "en", "zh": instead of the stored or the system's one
  std::optional<std::string> theme;       // "light", "dark": likewise
  std::optional<std::string> scene;       // its id: shown instead of the first one
  std::optional<std::string> screenshot;  // PNG file to write instead of opening a window
  int frames = 30;  // drawn before the screenshot, a sixtieth of a second each, so that easings end
};

// The options, or what is wrong with the arguments.
std::variant<Options, std::string> parse_options(int count, const char* const* arguments);

extern const char* const kUsage;

}  // namespace lab
