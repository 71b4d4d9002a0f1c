#include "core/formula/formula_activation.h"

#include <utility>

namespace lab {
namespace {

bool same(const ActivationParams& a, const ActivationParams& b, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

std::vector<double> positions(const FormulaReport& report) {
  std::vector<double> result;
  for (const FormulaKink& kink : report.kinks) result.push_back(kink.at);
  return result;
}

// What the self-check saw on its sample, as a property table says it.
ActivationTraits traits_of(const FormulaReport& report) {
  return {.smooth = report.kinks.empty() && report.not_finite.empty(),
          .monotone = report.increasing,
          .zero_centred = report.odd,
          .saturates_left = report.saturates_left,
          .saturates_right = report.saturates_right,
          .bounded_below = report.bounded_below,
          .bounded_above = report.bounded_above};
}

}  // namespace

FormulaActivation::FormulaActivation(std::string id, const Formula& formula)
    : formula_(formula),
      id_(std::move(id)),
      tex_(formula_tex(formula)),
      tex_derivative_(formula_derivative_tex(formula)),
      pytorch_(formula_pytorch(formula)),
      params_(formula.params().begin(), formula.params().end()),
      report_(check_formula(formula, formula.default_params())) {
  for (const FormulaParam& param : params_) {
    specs_.push_back({.id = param.id,
                      .symbol = param.symbol,
                      .name = {param.id, param.id},
                      .fallback = param.fallback,
                      .min = param.min,
                      .max = param.max});
  }
  row_.id = id_;
  row_.name = {formula_.text(), formula_.text()};
  row_.tex = tex_;
  row_.tex_derivative = tex_derivative_;
  row_.params = specs_;
  row_.pytorch_expr = pytorch_;
  row_.traits = traits_of(report_);
  if (report_.bounded_below) {
    row_.range.min = report_.infimum;
    row_.range.min_attained = report_.min_attained;
  }
  if (report_.bounded_above) {
    row_.range.max = report_.supremum;
    row_.range.max_attained = report_.max_attained;
  }
  row_.custom = this;
}

void FormulaActivation::value(const ActivationParams& params, std::span<const float> x,
                              std::span<float> y) const {
  formula_.value(params, x, y);
}

void FormulaActivation::derivative(const ActivationParams& params, std::span<const float> x,
                                   std::span<float> d) const {
  formula_.derivative(params, x, d);
}

double FormulaActivation::reference_value(const ActivationParams& params, double x) const {
  return formula_.reference_value(params, x);
}

double FormulaActivation::reference_derivative(const ActivationParams& params, double x) const {
  return formula_.reference_derivative(params, x);
}

FormulaReport FormulaActivation::report(const ActivationParams& params) const {
  const bool defaults = same(params, row_.default_params(), params_.size());
  return defaults ? report_ : check_formula(formula_, params);
}

std::vector<double> FormulaActivation::kink_positions(const ActivationParams& params) const {
  return positions(report(params));
}

Result<const FormulaActivation*> FormulaLibrary::add(std::string_view text) {
  for (const auto& known : formulas_) {
    if (known->formula().text() == text) return known.get();
  }
  for (auto known = forgotten_.begin(); known != forgotten_.end(); ++known) {
    if ((*known)->formula().text() != text) continue;
    formulas_.push_back(std::move(*known));
    forgotten_.erase(known);
    return formulas_.back().get();
  }
  const Result<Formula> formula = parse_formula(text);
  if (!formula.ok()) return formula.error();
  std::string id = "formula_" + std::to_string(formulas_.size() + forgotten_.size() + 1);
  formulas_.push_back(std::make_unique<FormulaActivation>(std::move(id), formula.value()));
  return formulas_.back().get();
}

const FormulaActivation* FormulaLibrary::find(const Activation& row) const {
  for (const Formulas* list : {&formulas_, &forgotten_}) {
    for (const auto& known : *list) {
      if (&known->row() == &row) return known.get();
    }
  }
  return nullptr;
}

void FormulaLibrary::forget(const Activation& row) {
  for (auto known = formulas_.begin(); known != formulas_.end(); ++known) {
    if (&(*known)->row() != &row) continue;
    forgotten_.push_back(std::move(*known));
    formulas_.erase(known);
    return;
  }
}

}  // namespace lab
