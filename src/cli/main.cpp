#include <cstdio>

#include "cli/commands.h"

namespace lab::cli {

int refuse(std::string_view problem) {
  const char* end = problem.ends_with('.') ? "" : ".";
  std::fprintf(stderr, "error: %.*s%s\n", static_cast<int>(problem.size()), problem.data(), end);
  return 2;
}

}  // namespace lab::cli

int main(int count, char** arguments) {
  using namespace lab::cli;
  const auto parsed = parse_options(count, arguments);
  if (const std::string* problem = std::get_if<std::string>(&parsed)) return refuse(*problem);
  const Options& options = std::get<Options>(parsed);
  if (options.help) {
    std::fputs((options.command ? usage(*options.command) : overview()).c_str(), stdout);
    return 0;
  }
  switch (*options.command) {
    case Command::train:
      return train(options);
    case Command::sweep:
      return sweep(options);
    case Command::merge:
      return merge(options);
  }
}
