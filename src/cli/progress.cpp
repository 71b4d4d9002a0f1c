#include "cli/progress.h"

#include <unistd.h>

#include <cstdio>
#include <string>

namespace lab::cli {
namespace {

constexpr size_t kWidth = 30;
constexpr std::chrono::milliseconds kBetween(100);

}  // namespace

Progress::Progress(size_t total)
    : visible_(isatty(STDERR_FILENO) != 0), total_(total), start_(Clock::now()), shown_() {}

Progress::~Progress() {
  if (visible_) std::fputs("\n", stderr);
}

void Progress::show(size_t done) {
  const Clock::time_point now = Clock::now();
  if (!visible_ || (now - shown_ < kBetween && done < total_)) return;
  shown_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const size_t full = total_ == 0 ? kWidth : kWidth * done / total_;
  const std::string bar = std::string(full, '#') + std::string(kWidth - full, '.');
  std::fprintf(stderr, "\r[%s] %zu of %zu runs, %.0f s", bar.c_str(), done, total_, seconds);
  if (done > 0 && done < total_) {
    const double rest = seconds * static_cast<double>(total_ - done) / static_cast<double>(done);
    std::fprintf(stderr, ", %.0f s left ", rest);
  } else {
    std::fputs("              ", stderr);
  }
  std::fflush(stderr);
}

}  // namespace lab::cli
