#include "cli/goal.h"

#include "core/json/json_value.h"

namespace lab::cli {
namespace {

constexpr MetricName kMetrics[] = {
    {"train_loss", "trainLoss", &Metrics::train_loss},
    {"test_loss", "testLoss", &Metrics::test_loss},
    {"train_accuracy", "trainAccuracy", &Metrics::train_accuracy},
    {"test_accuracy", "testAccuracy", &Metrics::test_accuracy},
};

}  // namespace

std::span<const MetricName> metric_names() {
  return kMetrics;
}

bool Goal::met(const Metrics& metrics) const {
  const double reached = metrics.*metric;
  if (strict) return above ? reached > value : reached < value;
  return above ? reached >= value : reached <= value;
}

std::optional<Goal> parse_goal(std::string_view text) {
  Goal goal;
  goal.text = std::string(text);
  for (const MetricName& name : kMetrics) {
    if (!text.starts_with(name.id)) continue;
    std::string_view rest = text.substr(name.id.size());
    if (!rest.starts_with('>') && !rest.starts_with('<')) return std::nullopt;
    goal.metric = name.value;
    goal.above = rest[0] == '>';
    rest.remove_prefix(1);
    goal.strict = !rest.starts_with('=');
    if (!goal.strict) rest.remove_prefix(1);
    const std::optional<double> value = json_number(rest);
    if (!value) return std::nullopt;
    goal.value = *value;
    return goal;
  }
  return std::nullopt;
}

}  // namespace lab::cli
