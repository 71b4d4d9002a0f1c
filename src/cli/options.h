#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "cli/goal.h"

namespace lab::cli {

enum class Command { train, sweep, merge };

// What the command line asks for.
struct Options {
  std::optional<Command> command;  // nothing: only help
  bool help = false;
  std::vector<std::string> files;  // train, sweep: at most one document; merge: outputs of sweeps
  std::vector<std::pair<std::string, std::string>> set;  // fields and their texts, in order
  std::optional<int64_t> steps, epochs;                  // the limit of a run
  std::vector<Goal> goals;                               // all must be met
  std::optional<int64_t> check, every;                   // steps between looks at goals; reports
  bool json = false;
  std::string pytorch, onnx, parameters, document;  // files to write

  std::vector<std::string> activations, data;  // ids (or formulas); empty: the document's
  std::string seeds = "1-10";                  // as given; seed_list reads it
  int jobs = 0;                                // 0: one per core
  int shard = 1, shards = 1;                   // this part of so many
  std::string output;                          // empty: standard output
  bool lines = false;                          // merge: the runs instead of their table
};

// The options, or what is wrong with the arguments.
std::variant<Options, std::string> parse_options(int count, const char* const* arguments);

// Numbers and ranges with commas between: "1-3,7" is 1, 2, 3, 7. Nothing if the text is anything
// else, names a number twice or more than a million of them.
std::optional<std::vector<uint32_t>> seed_list(std::string_view text);

// What --help shows: the commands, or all about one of them, its options, and every field of a
// document.
std::string overview();
std::string usage(Command command);

}  // namespace lab::cli
