#pragma once

#include <emscripten/val.h>

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/activation/activation.h"
#include "core/error.h"
#include "core/formula/formula.h"

namespace lab {

// What an id of an elementwise function stands for.
using Function = std::variant<const Activation*, Formula>;

// Finds functions by id. Formulas are read once and kept while they are among the last in use.
class Functions {
 public:
  Result<Function> find(const std::string& id);

 private:
  Result<Formula> find_formula(std::string_view text);
  std::vector<Formula> recent_;  // the last one used comes first
};

// An object from parameter ids to numbers; undefined, null or a missing id means the default. A
// formula takes any finite number, as its ranges are only proposals.
Result<ActivationParams> read_params(const emscripten::val& object, const Function& function);

// y = f(x) and y = f'(x) of each element; y may be x.
void run_value(const Function& function, const ActivationParams& params, std::span<const float> x,
               std::span<float> y);
void run_derivative(const Function& function, const ActivationParams& params,
                    std::span<const float> x, std::span<float> y);

}  // namespace lab
