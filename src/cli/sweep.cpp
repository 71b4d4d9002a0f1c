#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/sweep_runs.h"

namespace lab::cli {
namespace {

// Trains runs on several threads and hands out their lines in the order of the runs.
class Workers {
 public:
  Workers(const SweepRuns& sweep, const std::vector<size_t>& runs, size_t threads)
      : sweep_(sweep), runs_(runs), lines_(runs.size()) {
    for (size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  }
  ~Workers() {
    next_ = runs_.size();
    for (std::thread& thread : threads_) thread.join();
  }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // Waits for the line of the run with this place in the order.
  std::string take(size_t place, Progress& progress) {
    std::unique_lock lock(mutex_);
    while (lines_[place].empty()) {
      finished_.wait(lock);
      progress.show(done_);
    }
    return std::move(lines_[place]);
  }

 private:
  void work() {
    for (size_t place; (place = next_++) < runs_.size();) {
      std::string line = sweep_.line(runs_[place]);
      const std::lock_guard lock(mutex_);
      lines_[place] = std::move(line);
      ++done_;
      finished_.notify_one();
    }
  }

  const SweepRuns& sweep_;
  const std::vector<size_t>& runs_;
  std::atomic<size_t> next_ = 0;
  std::mutex mutex_;
  std::condition_variable finished_;
  std::vector<std::string> lines_;  // by place; empty: not finished, or taken
  size_t done_ = 0;
  std::vector<std::thread> threads_;
};

// The runs of this part of the sweep: every n-th, so that all parts take about as long.
std::vector<size_t> runs_of(const Options& options, size_t count) {
  std::vector<size_t> runs;
  for (size_t run = static_cast<size_t>(options.shard - 1); run < count;
       run += static_cast<size_t>(options.shards)) {
    runs.push_back(run);
  }
  return runs;
}

}  // namespace

int sweep(const Options& options) {
  const auto planned = SweepRuns::plan(options);
  if (const std::string* problem = std::get_if<std::string>(&planned)) return refuse(*problem);
  const SweepRuns& sweep = std::get<SweepRuns>(planned);
  const bool named = !options.output.empty();
  std::FILE* out = named ? std::fopen(options.output.c_str(), "wb") : stdout;
  if (!out) return refuse("--output: cannot write “" + options.output + "”");

  const std::vector<size_t> runs = runs_of(options, sweep.count());
  const size_t cores = std::max(1u, std::thread::hardware_concurrency());
  const size_t jobs = options.jobs > 0 ? static_cast<size_t>(options.jobs) : cores;
  bool good = std::fprintf(out, "%s\n", sweep.header().c_str()) > 0;
  {
    Progress progress(runs.size());
    Workers workers(sweep, runs, std::min(jobs, runs.size()));
    for (size_t place = 0; good && place < runs.size(); ++place) {
      good = std::fprintf(out, "%s\n", workers.take(place, progress).c_str()) > 0;
    }
  }
  good &= (named ? std::fclose(out) : std::fflush(out)) == 0;
  return good ? 0 : refuse("the runs cannot be written");
}

}  // namespace lab::cli
