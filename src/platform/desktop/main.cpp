#include <cstdio>
#include <string>

#include "platform/desktop/desktop_shell.h"
#include "platform/desktop/null_shell.h"
#include "platform/desktop/options.h"
#include "platform/desktop/tasks.h"

namespace {

constexpr int kFailed = 1, kWrongArguments = 2;

int fail(const std::string& problem, int status) {
  std::fprintf(stderr, "activation-lab: %s\n", problem.c_str());
  return status;
}

// Shows what the options ask for, and then writes figures without a window.
template <class Shell>
int write_figures(Shell& shell, const lab::Options& options, const std::function<void()>& frame) {
  if (const auto problem = lab::begin(shell.app(), options)) return fail(*problem, kWrongArguments);
  const auto problem = lab::write_figures(shell.app(), shell.platform(), options, frame);
  return problem ? fail(*problem, kFailed) : 0;
}

int with_display(const lab::Options& options) {
  std::string error;
  const auto shell = lab::DesktopShell::open(options, error);
  if (!shell) return fail(error, kFailed);
  if (options.figures || options.figure) {
    return write_figures(*shell, options, [&] { shell->frame_aside(); });
  }
  if (const auto problem = lab::begin(shell->app(), options)) {
    return fail(*problem, kWrongArguments);
  }
  if (!options.screenshot) {
    shell->run();
  } else if (!shell->write_screenshot(*options.screenshot, options.frames)) {
    return fail("could not write " + *options.screenshot, kFailed);
  }
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  const auto parsed = lab::parse_options(count, arguments);
  if (const std::string* problem = std::get_if<std::string>(&parsed)) {
    return fail(*problem + "\nactivation-lab --help lists the options.", kWrongArguments);
  }
  const lab::Options& options = std::get<lab::Options>(parsed);
  if (options.help) {
    std::fputs(lab::usage().c_str(), stdout);
    return 0;
  }
  if ((options.figures || options.figure) && !options.png) {
    lab::NullShell shell(options);
    return write_figures(shell, options, [&] { shell.frame(); });
  }
  return with_display(options);
}
