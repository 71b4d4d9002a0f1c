#pragma once

#include <chrono>
#include <cstddef>

namespace lab::cli {

// A bar on standard error, where that is a terminal.
class Progress {
 public:
  explicit Progress(size_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(size_t done);

 private:
  using Clock = std::chrono::steady_clock;
  bool visible_;
  size_t total_;
  Clock::time_point start_, shown_;
};

}  // namespace lab::cli
