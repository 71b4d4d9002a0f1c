#include <cstdio>
#include <string>

#include "platform/desktop/desktop_shell.h"
#include "platform/desktop/options.h"

int main(int count, char** arguments) {
  const auto parsed = lab::parse_options(count, arguments);
  if (const std::string* problem = std::get_if<std::string>(&parsed)) {
    std::fprintf(stderr, "activation-lab: %s\n\n%s", problem->c_str(), lab::kUsage);
    return 2;
  }
  const lab::Options& options = std::get<lab::Options>(parsed);
  if (options.help) {
    std::fputs(lab::kUsage, stdout);
    return 0;
  }

  std::string error;
  const auto shell = lab::DesktopShell::open(options, error);
  if (!shell) {
    std::fprintf(stderr, "activation-lab: %s\n", error.c_str());
    return 1;
  }
  if (!options.screenshot) {
    shell->run();
  } else if (!shell->write_screenshot(*options.screenshot, options.frames)) {
    std::fprintf(stderr, "activation-lab: could not write %s\n", options.screenshot->c_str());
    return 1;
  }
  return 0;
}
