#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <variant>

namespace lab {

// What the command line asks for. Sizes are logical pixels.
struct Options {
  bool help = false;
  std::optional<std::string> file;      // a document to begin with
  int width = 1280, height = 800;
  bool sized = false;                   // not as it was when the window was closed last
  std::optional<float> pixel_ratio;     // of pictures; a window takes its screen's
  std::optional<std::string> language;  // "en", "zh": instead of the stored or the system's one
  std::optional<std::string> theme;     // "light", "dark": likewise
  std::optional<std::string> scene;     // its id: shown instead of the first one
  std::optional<std::string> link;      // … and what stands behind the # of a link
  std::optional<int64_t> steps, epochs;   // trained before anything is shown
  std::optional<std::string> screenshot;  // PNG file to write instead of opening a window
  int frames = 30;  // drawn before the screenshot, a sixtieth of a second each, so that easings end
  bool figures = false;              // list the scene's figures
  std::optional<std::string> figure;  // the id of one, to be written …
  std::optional<std::string> svg, png;  // … to these files

  // Whether nothing is to be shown on a screen.
  bool writes() const { return screenshot || figures || figure; }
};

// The options, or what is wrong with the arguments.
std::variant<Options, std::string> parse_options(int count, const char* const* arguments);

// Stored settings that the options stand for, by their keys.
std::map<std::string, std::string, std::less<>> fixed_settings(const Options& options);

// The text of --help: the options, and everything that a link may say.
std::string usage();

}  // namespace lab
