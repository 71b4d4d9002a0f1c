#include "core/activation/activation.h"

#include <algorithm>

#include "core/activation/rows.h"

namespace lab {
namespace {

std::vector<Activation> all_rows() {
  std::vector<Activation> rows;
  for (auto family :
       {rectifier_rows(), saturating_rows(), gated_rows(), shrinkage_rows(), periodic_rows()}) {
    rows.insert(rows.end(), family.begin(), family.end());
  }
  return rows;
}

}  // namespace

const KernelRow& best_kernel(Kernel kernel) {
  static const KernelRow* const table = kernel_table(simd::best_isa());
  return table[static_cast<size_t>(kernel)];
}

Localized group_name(ActivationGroup group) {
  switch (group) {
    case ActivationGroup::rectifier:
      return {"Rectifiers", "整流类"};
    case ActivationGroup::saturating:
      return {"S-shaped", "S 形"};
    case ActivationGroup::gated:
      return {"Smooth and gated", "平滑与门控"};
    case ActivationGroup::shrinkage:
      return {"Shrinkage", "收缩类"};
    case ActivationGroup::periodic:
      return {"Periodic and radial", "周期与径向"};
  }
  return {"", ""};
}

void Activation::evaluate(const ActivationParams& values, std::span<const float> x,
                          std::span<float> y) const {
  custom != nullptr ? custom->value(values, x, y) : value(values, x, y);
}

void Activation::differentiate(const ActivationParams& values, std::span<const float> x,
                               std::span<float> d) const {
  custom != nullptr ? custom->derivative(values, x, d) : derivative(values, x, d);
}

void Activation::evaluate_both(const ActivationParams& values, std::span<const float> x,
                               std::span<float> y, std::span<float> d) const {
  if (custom == nullptr) return value_and_derivative(values, x, y, d);
  custom->value(values, x, y);
  custom->derivative(values, x, d);
}

double Activation::exact_value(const ActivationParams& values, double x) const {
  return custom != nullptr ? custom->reference_value(values, x) : reference_value(values, x);
}

double Activation::exact_derivative(const ActivationParams& values, double x) const {
  return custom != nullptr ? custom->reference_derivative(values, x)
                           : reference_derivative(values, x);
}

ActivationParams Activation::default_params() const {
  ActivationParams values{};
  for (size_t i = 0; i < params.size(); ++i) values[i] = params[i].fallback;
  return values;
}

std::vector<double> Activation::kink_positions(const ActivationParams& values) const {
  if (custom != nullptr) return custom->kink_positions(values);
  std::vector<double> positions;
  for (const ActivationKink& kink : kinks) {
    const double moved = kink.param < 0 ? 0 : values[static_cast<size_t>(kink.param)];
    positions.push_back(kink.at + kink.factor * moved);
  }
  std::sort(positions.begin(), positions.end());
  return positions;
}

std::span<const Activation> activations() {
  static const std::vector<Activation> rows = all_rows();
  return rows;
}

const Activation* find_activation(std::string_view id) {
  for (const Activation& row : activations()) {
    if (row.id == id) return &row;
  }
  return nullptr;
}

}  // namespace lab
