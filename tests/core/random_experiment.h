#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "core/experiment/document.h"
#include "core/experiment/fields.h"

namespace lab::test {

// Draws valid documents: field by field from the table, then made to agree.
class RandomExperiment {
 public:
  explicit RandomExperiment(uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15 + 1) {}

  uint64_t next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    return state_ ^= state_ << 17;
  }
  int below(int bound) { return static_cast<int>(next() % static_cast<uint64_t>(bound)); }
  double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  bool chance(double probability) { return unit() < probability; }

  // Any bits, within the limits; sometimes few digits, or an end of the range.
  double number(double min, double max) {
    switch (below(5)) {
      case 0:
        return chance(0.5) ? min : max;
      case 1:
        return std::min(std::round(min + (max - min) * unit()), max);
      case 2:
        return std::min(std::round((min + (max - min) * unit()) * 100) / 100, max);
      case 3: {
        const auto any = std::bit_cast<double>(next());
        return any >= min && any <= max ? any : min;
      }
      default:
        return min + (max - min) * unit();
    }
  }

  Experiment draw() {
    Experiment e;
    for (const Field& field : fields()) {
      if (chance(0.5)) vary(field, e);
    }
    if (e.playground) make_playground(e);
    make_agree(e);
    return e;
  }

 private:
  std::string pick(const std::vector<std::string_view>& ids) {
    return std::string(ids[static_cast<size_t>(below(static_cast<int>(ids.size())))]);
  }

  void vary(const Field& field, Experiment& e) {
    const FieldSlot slot = field.slot(e);
    switch (field.type) {
      case FieldType::flag:
        *std::get<bool*>(slot) = chance(0.5);
        break;
      case FieldType::integer: {
        const double whole = std::floor(std::exp(std::log(field.max + 1 - field.min) * unit()));
        const double value = std::min(field.min + whole - 1, field.max);
        if (const auto* i = std::get_if<int*>(&slot)) {
          **i = static_cast<int>(value);
        } else {
          *std::get<uint32_t*>(slot) = static_cast<uint32_t>(value);
        }
        break;
      }
      case FieldType::number:
        *std::get<double*>(slot) = number(field.min, field.max);
        break;
      case FieldType::optional_number:
        *std::get<std::optional<double>*>(slot) = number(field.min, field.max);
        break;
      case FieldType::choice:
        *std::get<std::string*>(slot) = pick(choices(field));
        break;
      case FieldType::activation:
        *std::get<std::string*>(slot) = chance(0.5) ? "sigmoid" : "formula:x / (1 + |x|)";
        break;
      case FieldType::choices: {
        auto& ids = *std::get<std::vector<std::string>*>(slot);
        ids.clear();
        for (std::string_view id : choices(field)) {
          if (chance(0.5)) ids.insert(ids.begin(), std::string(id));
        }
        if (ids.empty()) ids = {"x"};
        break;
      }
      case FieldType::layers: {
        auto& layers = *std::get<std::vector<Experiment::Layer>*>(slot);
        layers.resize(static_cast<size_t>(below(5)));
        for (Experiment::Layer& layer : layers) layer = draw_layer();
        break;
      }
      case FieldType::playground:
        if (chance(0.3)) e.playground = {chance(0.5) ? "0.5" : " a:b-c%&=", chance(0.5)};
        break;
      case FieldType::points:
      case FieldType::parameters:
      case FieldType::frozen:
        break;  // made to agree with the rest
    }
  }

  Experiment::Layer draw_layer() {
    const int units = 1 + below(8);
    switch (below(6)) {
      case 0:
        return {units, "elu", {{"alpha", number(0.5, 2)}}};
      case 1:
        return {units, "leaky_relu", {{"negative_slope", 1e-3 + 0.1 * unit()}}};
      case 2:
        return {units, "prelu", {}};
      case 3:
        return {units, "formula:a=0.1; max(a*x, x) - 1e-3 + 中", {}};
      case 4:
        return {units, "formula:a=0.1; max(a*x, x) - 1e-3", {{"a", 0.1}}};
      default:
        return {units, "relu", {}};
    }
  }

  static void make_playground(Experiment& e) {
    e.data.kind = "spiral";
    e.network.outputs = 1;
    e.network.bias = true;
    e.network.init.scheme = "playground";
    e.training.loss = "mse";
    e.training.optimizer.kind = "sgd";
    e.training.optimizer.momentum.reset();
    e.training.optimizer.weight_decay = 0;
    e.training.schedule.kind = "constant";
    e.training.clip_norm = 0;
    e.training.dropout = 0;
    e.training.shuffle = false;
    e.training.precision = "float64";
  }

  void make_agree(Experiment& e) {
    for (Experiment::Layer& layer : e.network.hidden) {
      if (layer.activation.find("中") != std::string::npos) layer.activation = "tanh";
    }
    e.data.train_fraction = std::max(e.data.train_fraction, 0.5);
    e.network.outputs = 1;
    if (e.data.kind == "custom") {
      draw_points(e);
    } else if (e.data.kind.starts_with("reg_")) {
      e.training.loss = chance(0.5) ? "mse" : "huber";
    } else {
      const int classes = e.data.kind == "blobs" ? e.data.classes : e.data.kind == "rings3" ? 3 : 2;
      const bool one = classes == 2 && e.training.loss != "cross_entropy";
      e.network.outputs = one ? 1 : classes;
    }
    if (chance(0.3)) {
      for (size_t size : parameter_sizes(e)) {
        const bool single = chance(0.5);
        auto& list = e.network.parameters.emplace_back(size);
        for (double& value : list) {
          value = number(-3, 3);
          if (single) value = static_cast<float>(value);
        }
      }
    }
    if (chance(0.3)) e.network.frozen = {{0, 0, 0}, {0, 0, e.network.bias ? -1 : 0}};
  }

  void draw_points(Experiment& e) {
    const bool classes = e.training.loss == "cross_entropy";
    if (classes) e.network.outputs = 5;
    const int count = 2 + below(40);
    const int form = below(3);
    for (int i = 0; i < count; ++i) {
      DataPoint point{number(-6, 6), number(-6, 6), number(-9, 9)};
      if (form == 0) point = {std::round(point.x * 100) / 100, std::round(point.y * 10) / 10, 0.5};
      if (form == 1) point = {static_cast<float>(point.x), static_cast<float>(point.y), 1.5};
      if (e.training.loss == "bce") point.label = below(2);
      if (e.training.loss == "hinge") point.label = 2 * below(2) - 1;
      if (classes) point.label = below(5);
      e.data.points.push_back(point);
    }
  }

  uint64_t state_;
};

}  // namespace lab::test
