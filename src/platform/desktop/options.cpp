#include "platform/desktop/options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "app/scenes/scene.h"

namespace lab {
namespace {

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

struct Option {
  std::string_view name;
  std::string_view expects;
  bool (*parse)(std::string_view text, Options& options);
};

constexpr int kMaxSide = 8192;

constexpr std::array kOptions = {
    Option{"--size", "WIDTHxHEIGHT, such as 1440x900",
           [](std::string_view text, Options& options) {
             const std::size_t x = text.find('x');
             return x != std::string_view::npos &&
                    parse_number(text.substr(0, x), 1, kMaxSide, options.width) &&
                    parse_number(text.substr(x + 1), 1, kMaxSide, options.height);
           }},
    Option{"--lang", "en or zh",
           [](std::string_view text, Options& options) {
             return one_of(text, "en", "zh", options.language);
           }},
    Option{"--theme", "light or dark",
           [](std::string_view text, Options& options) {
             return one_of(text, "light", "dark", options.theme);
           }},
    Option{"--scene", "the id of a scene, such as tensor or train",
           [](std::string_view text, Options& options) {
             options.scene = std::string(text);
             return std::ranges::find(scenes(), text, &SceneRow::id) != scenes().end();
           }},
    Option{"--screenshot", "the name of a PNG file",
           [](std::string_view text, Options& options) {
             options.screenshot = std::string(text);
             return !text.empty();
           }},
    Option{"--ratio", "a number from 0.5 to 4",
           [](std::string_view text, Options& options) {
             return parse_number(text, 0.5f, 4.0f, options.pixel_ratio.emplace());
           }},
    Option{"--frames", "a number from 1 to 100000",
           [](std::string_view text, Options& options) {
             return parse_number(text, 1, 100000, options.frames);
           }},
};

}  // namespace

const char* const kUsage =
    "Activation Lab: see what activation functions do to a neural network.\n"
    "\n"
    "  activation-lab [OPTION]...\n"
    "\n"
    "  --size WxH          size of the window, in logical pixels (1280x800)\n"
    "  --lang en|zh        language, instead of the one chosen last or the system's\n"
    "  --theme light|dark  colours, instead of those chosen last or the system's\n"
    "  --scene ID          what is shown first: tensor, functions, train\n"
    "  --screenshot FILE   draw without a window, write a PNG file and exit\n"
    "    --ratio R           its pixels per logical pixel (1)\n"
    "    --frames N          frames of 1/60 s drawn before it (30)\n"
    "  --help              show this text\n";

std::variant<Options, std::string> parse_options(int count, const char* const* arguments) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string_view name = arguments[i];
    if (name == "--help") {
      options.help = true;
      continue;
    }
    const auto option = std::find_if(kOptions.begin(), kOptions.end(),
                                     [name](const Option& known) { return known.name == name; });
    if (option == kOptions.end()) return "there is no option " + std::string(name);
    const std::string_view text = i + 1 < count ? arguments[++i] : "";
    if (!option->parse(text, options)) {
      return std::string(name) + " expects " + std::string(option->expects);
    }
  }
  return options;
}

}  // namespace lab
