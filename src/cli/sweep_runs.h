#pragma once

#include <string>
#include <variant>
#include <vector>

#include "cli/options.h"
#include "core/experiment/experiment.h"

namespace lab::cli {

// The runs of a sweep, numbered by data set, then activation, then seed.
class SweepRuns {
 public:
  // Or what is wrong with the document or a combination of what is asked for.
  static std::variant<SweepRuns, std::string> plan(const Options& options);

  size_t count() const { return data_.size() * activations_.size() * seeds_.size(); }
  Experiment experiment(size_t run) const;

  // The line of JSON that begins a sweep's output: all that its runs hang on.
  std::string header() const;
  // Trains one of them; its line of JSON.
  std::string line(size_t run) const;

 private:
  struct Place {
    size_t data, activation, seed;
  };
  Place place(size_t run) const;
  void find_lists();

  Options options_;
  Experiment base_;
  std::vector<std::string> data_, activations_;
  std::vector<uint32_t> seeds_;
};

// What stands for the activations of the document where none are asked for.
inline constexpr std::string_view kDocumentsOwn = "document";

}  // namespace lab::cli
