#include <cmath>
#include <cstdio>

#include "cli/commands.h"
#include "cli/document.h"
#include "cli/run.h"
#include "core/experiment/document.h"
#include "core/export/onnx_model.h"
#include "core/export/parameters_json.h"
#include "core/export/pytorch_script.h"
#include "core/text_number.h"

namespace lab::cli {
namespace {

constexpr int64_t kEpochs = 100;  // where no limit is given
constexpr int kWidth = 15;        // of a column

void print_line(const std::string& line) {
  std::fputs((line + '\n').c_str(), stdout);
  std::fflush(stdout);
}

std::string right(const std::string& text, size_t width) {
  return std::string(text.size() < width ? width - text.size() : 1, ' ') + text;
}

void print_head() {
  std::string line = right("step", 10) + right("epoch", 8);
  for (const MetricName& name : metric_names()) line += right(std::string(name.id), kWidth);
  print_line(line);
}

void print_text(const Metrics& metrics) {
  std::string line = right(std::to_string(metrics.step), 10);
  line += right(std::to_string(metrics.epoch), 8);
  for (const MetricName& name : metric_names()) {
    const double value = metrics.*name.value;
    const bool share = name.id.ends_with("accuracy");
    line += right(std::isnan(value) ? "-" : fixed_text(value, share ? 4 : 6), kWidth);
  }
  print_line(line);
}

void print_json(const Metrics& metrics) {
  JsonWriter json;
  json.begin_object();
  write_metrics(json, metrics);
  print_line(json.end_object().text());
}

void print_end(const Options& options, const Trainer& trainer, const Outcome& outcome) {
  if (options.json) {
    JsonWriter json;
    json.begin_object();
    if (!options.goals.empty()) json.member("reached", outcome.reached);
    print_line(json.member("hash", std::string_view(trainer.hash())).end_object().text());
    return;
  }
  print_line("\nhash " + trainer.hash());
}

bool write_files(const Options& options, const Trainer& trainer) {
  const train::Parameters parameters = trainer.parameters();
  bool good = true;
  if (!options.document.empty()) {
    good &= write_text(options.document, to_json(trainer.experiment()) + '\n');
  }
  if (!options.pytorch.empty()) {
    good &= write_text(options.pytorch, to_pytorch(trainer.experiment(), trainer.plan(),
                                                   trainer.data(), trainer.samples(), parameters));
  }
  if (!options.onnx.empty()) {
    good &= write_text(options.onnx, to_onnx(trainer.plan(), parameters));
  }
  if (!options.parameters.empty()) {
    good &= write_text(options.parameters, parameters_to_json(trainer.plan(), parameters));
  }
  return good;
}

}  // namespace

int train(const Options& options) {
  const Document document = read_document(options);
  if (const std::string* problem = std::get_if<std::string>(&document)) return refuse(*problem);
  const auto made = Trainer::create(std::get<Experiment>(document));
  if (!made) return refuse(explain(made.error()));
  Trainer& trainer = *made.value();
  if (!options.json) print_head();
  const Outcome outcome =
      train_until(trainer, options, kEpochs, options.json ? print_json : print_text);
  print_end(options, trainer, outcome);
  if (const auto& divergence = trainer.divergence()) {
    std::fprintf(stderr, "diverged at step %lld, first in layer %d (learning rate %s)\n",
                 static_cast<long long>(divergence->step), divergence->weight.layer + 1,
                 compact_text(divergence->learning_rate).c_str());
  } else if (!options.goals.empty() && !outcome.reached) {
    std::fprintf(stderr, "the goal was not reached\n");
  }
  if (!write_files(options, trainer)) return 2;
  const bool missed = !options.goals.empty() && !outcome.reached;
  return missed || !outcome.metrics.finite ? 1 : 0;
}

}  // namespace lab::cli
