#include "cli/options.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <set>

#include "core/experiment/field_help.h"

namespace lab::cli {
namespace {

constexpr int64_t kMaxCount = 1'000'000'000'000;
constexpr size_t kMaxSeeds = 1'000'000;
constexpr int kMaxJobs = 1024, kMaxShards = 1'000'000;

template <class Number>
bool read_whole(std::string_view text, Number least, Number most, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number >= least &&
         number <= most;
}

bool read_count(std::string_view text, std::optional<int64_t>& count) {
  return read_whole<int64_t>(text, 1, kMaxCount, count.emplace());
}

bool read_file_name(std::string_view text, std::string& file) {
  file = std::string(text);
  return !file.empty();
}

bool read_list(std::string_view text, std::vector<std::string>& list) {
  list.clear();
  for (size_t start = 0; start <= text.size();) {
    const size_t end = std::min(text.find(',', start), text.size());
    if (end == start) return false;
    list.emplace_back(text.substr(start, end - start));
    start = end + 1;
  }
  return std::set<std::string>(list.begin(), list.end()).size() == list.size();
}

constexpr unsigned kTrain = 1, kSweep = 2, kMerge = 4;

struct Option {
  unsigned commands;
  std::string_view name;
  std::string_view value;    // what stands behind it in the help; empty: nothing
  std::string_view expects;  // in words
  std::string_view help;
  bool (*read)(std::string_view text, Options& options);
};

constexpr Option kOptions[] = {
    {kTrain | kSweep, "--set", "FIELD=VALUE", "a field and its value, such as data.noise=0.1",
     "set a field of the document (may be repeated)",
     [](std::string_view text, Options& options) {
       const size_t equals = text.find('=');
       if (equals == 0 || equals == text.npos) return false;
       options.set.emplace_back(text.substr(0, equals), text.substr(equals + 1));
       return true;
     }},
    {kTrain | kSweep, "--steps", "N", "a whole number from 1 on", "train so many steps at most",
     [](std::string_view text, Options& options) { return read_count(text, options.steps); }},
    {kTrain | kSweep, "--epochs", "N", "a whole number from 1 on",
     "… or so many passes (train 100, sweep 500)",
     [](std::string_view text, Options& options) { return read_count(text, options.epochs); }},
    {kTrain | kSweep, "--until", "METRIC>=X",
     "train_loss, test_loss, train_accuracy or test_accuracy, one of >= > <= <, and a number",
     "stop at a goal; METRIC is train_loss, test_loss,\n"
     "train_accuracy or test_accuracy, >= may also be > <= <\n"
     "(may be repeated: all at once; sweep test_accuracy>=0.95)",
     [](std::string_view text, Options& options) {
       const std::optional<Goal> goal = parse_goal(text);
       if (goal) options.goals.push_back(*goal);
       return goal.has_value();
     }},
    {kTrain | kSweep, "--check", "N", "a whole number from 1 on",
     "look for goals every N steps (every pass)",
     [](std::string_view text, Options& options) { return read_count(text, options.check); }},
    {kTrain, "--every", "N", "a whole number from 1 on",
     "report every N steps, beside the first and last",
     [](std::string_view text, Options& options) { return read_count(text, options.every); }},
    {kTrain, "--json", "", "", "report as lines of JSON",
     [](std::string_view, Options& options) { return options.json = true; }},
    {kTrain, "--pytorch", "FILE", "the name of a file",
     "write a PyTorch script that goes on training",
     [](std::string_view text, Options& options) { return read_file_name(text, options.pytorch); }},
    {kTrain, "--onnx", "FILE", "the name of a file", "write an ONNX model",
     [](std::string_view text, Options& options) { return read_file_name(text, options.onnx); }},
    {kTrain, "--parameters", "FILE", "the name of a file", "write the parameters as JSON",
     [](std::string_view text, Options& options) {
       return read_file_name(text, options.parameters);
     }},
    {kTrain, "--document", "FILE", "the name of a file", "write the document in full as JSON",
     [](std::string_view text, Options& options) {
       return read_file_name(text, options.document);
     }},
    {kSweep, "--activations", "LIST", "ids with commas between, or all",
     "for every hidden layer: ids with commas between, or all\n"
     "(a comma inside a formula is %2C)",
     [](std::string_view text, Options& options) { return read_list(text, options.activations); }},
    {kSweep, "--data", "LIST", "ids with commas between", "data sets: ids with commas between",
     [](std::string_view text, Options& options) { return read_list(text, options.data); }},
    {kSweep, "--seeds", "LIST", "numbers and ranges with commas between, such as 1-100",
     "seeds of data and weights: numbers and ranges (1-10)",
     [](std::string_view text, Options& options) {
       options.seeds = std::string(text);
       return seed_list(text).has_value();
     }},
    {kSweep, "--jobs", "N", "a whole number from 1 to 1024", "runs at a time (one per core)",
     [](std::string_view text, Options& options) {
       return read_whole(text, 1, kMaxJobs, options.jobs);
     }},
    {kSweep, "--shard", "I/N", "a part and the number of parts, such as 2/3",
     "do the Ith of N parts of the runs; merge joins them",
     [](std::string_view text, Options& options) {
       const size_t slash = std::min(text.find('/'), text.size() - 1);
       return !text.empty() && read_whole(text.substr(slash + 1), 1, kMaxShards, options.shards) &&
              read_whole(text.substr(0, slash), 1, options.shards, options.shard);
     }},
    {kSweep, "--output", "FILE", "the name of a file", "write there instead of standard output",
     [](std::string_view text, Options& options) { return read_file_name(text, options.output); }},
    {kMerge, "--lines", "", "", "print the runs in their order instead of the table",
     [](std::string_view, Options& options) { return options.lines = true; }},
};

unsigned bit(Command command) {
  return 1u << static_cast<unsigned>(command);
}

struct CommandText {
  Command command;
  std::string_view name, arguments, help;
};
constexpr CommandText kCommands[] = {
    {Command::train, "train", "[DOCUMENT] [OPTION]…",
     "Trains an experiment and reports how well it does. Ends with status 1 if it diverges or a "
     "goal\nis not reached, with 2 if it cannot begin."},
    {Command::sweep, "sweep", "[DOCUMENT] [OPTION]…",
     "Trains an experiment with every activation, data set and seed asked for, on all cores, and\n"
     "writes a line of JSON per run. What a run gives does not depend on where and when it is "
     "done."},
    {Command::merge, "merge", "FILE… [OPTION]…",
     "Joins the outputs of a sweep's parts and prints their table: the share of the runs that "
     "reached\nthe goal with Wilson's 95 % interval, and the quartiles of the passes that took."},
};

}  // namespace

std::optional<std::vector<uint32_t>> seed_list(std::string_view text) {
  std::vector<std::string> items;
  if (!read_list(text, items)) return std::nullopt;
  constexpr uint32_t kMost = std::numeric_limits<uint32_t>::max();
  std::vector<uint32_t> seeds;
  for (const std::string_view item : items) {
    const size_t dash = item.find('-');
    uint32_t first = 0, last = 0;
    if (!read_whole<uint32_t>(item.substr(0, dash), 0, kMost, first)) return std::nullopt;
    last = first;
    if (dash != item.npos && !read_whole(item.substr(dash + 1), first, kMost, last)) {
      return std::nullopt;
    }
    if (last - first >= kMaxSeeds - seeds.size()) return std::nullopt;
    for (uint64_t seed = first; seed <= last; ++seed) seeds.push_back(static_cast<uint32_t>(seed));
  }
  if (std::set<uint32_t>(seeds.begin(), seeds.end()).size() < seeds.size()) return std::nullopt;
  return seeds;
}

std::variant<Options, std::string> parse_options(int count, const char* const* arguments) {
  Options options;
  const std::string_view asked = count > 1 ? arguments[1] : "";
  const auto command = std::ranges::find(kCommands, asked, &CommandText::name);
  if (asked == "--help" || asked.empty()) {
    options.help = true;
    return options;
  }
  if (command == std::end(kCommands)) {
    return "“" + std::string(asked) + "” is no command; there are train, sweep and merge";
  }
  options.command = command->command;
  for (int i = 2; i < count; ++i) {
    const std::string_view name = arguments[i];
    if (name == "--help") {
      options.help = true;
      continue;
    }
    if (!name.starts_with("--")) {
      options.files.emplace_back(name);
      continue;
    }
    const auto option = std::ranges::find_if(kOptions, [&](const Option& known) {
      return known.name == name && (known.commands & bit(command->command));
    });
    if (option == std::end(kOptions)) {
      return std::string(command->name) + " has no option " + std::string(name);
    }
    const bool takes = !option->value.empty();
    const std::string_view text = takes && i + 1 < count ? arguments[++i] : "";
    if (!option->read(text, options)) {
      return std::string(name) + " expects " + std::string(option->expects) + ", not “" +
             std::string(text) + "”";
    }
  }
  const bool merges = options.command == Command::merge;
  if (!options.help && merges && options.files.empty()) return "merge needs the output of a sweep";
  if (!merges && options.files.size() > 1) {
    return "there is more than one document: “" + options.files[1] + "”";
  }
  if (options.steps && options.epochs) return "--steps and --epochs exclude each other";
  return options;
}

std::string overview() {
  std::string text;
  for (const CommandText& each : kCommands) {
    text += "./lab " + std::string(each.name) + ' ' + std::string(each.arguments) + '\n';
  }
  return text + "\nEach has a --help of its own.\n";
}

std::string usage(Command command) {
  std::string text;
  for (const CommandText& each : kCommands) {
    if (each.command != command) continue;
    text += "./lab " + std::string(each.name) + ' ' + std::string(each.arguments) + "\n\n" +
            std::string(each.help) + "\n\n";
  }
  if (command != Command::merge) {
    text +=
        "DOCUMENT is a file with an experiment as JSON, - for standard input, the text or address "
        "of a\nshare link, or a link to playground.tensorflow.org; without it, an experiment has "
        "its defaults.\n\n";
  }
  for (const Option& option : kOptions) {
    if (!(option.commands & bit(command))) continue;
    std::string line =
        "  " + padded(std::string(option.name) + ' ' + std::string(option.value), 24);
    for (const char c : option.help)
      line += c == '\n' ? "\n" + std::string(26, ' ') : std::string(1, c);
    text += line + '\n';
  }
  text += "  --help                  show this text\n";
  return command == Command::merge ? text : text + '\n' + field_help();
}

}  // namespace lab::cli
