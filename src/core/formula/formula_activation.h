#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/formula/formula.h"

namespace lab {

// A formula as a row of the registry, so that it can stand wherever an activation can.
class FormulaActivation final : public CustomFunction {
 public:
  FormulaActivation(std::string id, const Formula& formula);
  FormulaActivation(const FormulaActivation&) = delete;
  FormulaActivation& operator=(const FormulaActivation&) = delete;

  // Valid as long as this object. Its name is the formula's text.
  const Activation& row() const { return row_; }
  const Formula& formula() const { return formula_; }
  // The self-check at these parameters.
  FormulaReport report(const ActivationParams& params) const;

  void value(const ActivationParams& params, std::span<const float> x,
             std::span<float> y) const override;
  void derivative(const ActivationParams& params, std::span<const float> x,
                  std::span<float> d) const override;
  double reference_value(const ActivationParams& params, double x) const override;
  double reference_derivative(const ActivationParams& params, double x) const override;
  std::vector<double> kink_positions(const ActivationParams& params) const override;

 private:
  Formula formula_;
  std::string id_, tex_, tex_derivative_, pytorch_;
  std::vector<FormulaParam> params_;
  std::vector<ActivationParamSpec> specs_;
  FormulaReport report_;  // at the defaults
  Activation row_;
};

// The formulas of one person, in the order they were entered. Rows stay valid as long as the
// library.
class FormulaLibrary {
 public:
  // Reads a formula and adds it, or finds it where the same text was added before.
  Result<const FormulaActivation*> add(std::string_view text);
  const std::vector<std::unique_ptr<FormulaActivation>>& all() const { return formulas_; }
  // The formula behind a row, also if it was forgotten, or null for a row of the registry.
  const FormulaActivation* find(const Activation& row) const;
  // Takes a formula off the list. Whatever uses it goes on with it; added again, it is the same one.
  void forget(const Activation& row);

 private:
  using Formulas = std::vector<std::unique_ptr<FormulaActivation>>;
  Formulas formulas_, forgotten_;
};

}  // namespace lab
