#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/train/trainer.h"

namespace lab::cli {

// A metric a person can name, as training reports it.
struct MetricName {
  std::string_view id;    // "test_accuracy", for goals
  std::string_view json;  // "testAccuracy"
  double Metrics::*value;
};
std::span<const MetricName> metric_names();

// Something that training is to reach, such as test_accuracy>=0.99.
struct Goal {
  std::string text;
  double Metrics::*metric = nullptr;
  bool above = true, strict = false;
  double value = 0;

  bool met(const Metrics& metrics) const;
};

std::optional<Goal> parse_goal(std::string_view text);

}  // namespace lab::cli
