#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/activation/activation.h"

namespace lab {

// The one activation class of torch.nn that draws random slopes unless the module evaluates.
inline constexpr std::string_view kRandomInTraining = "nn.RReLU";

// A Python literal that reads back as this very number: the shortest for a float32, or all digits
// that a float64 needs. It always is a float: "2.0".
std::string python_number(float value);
std::string python_number(double value);

// Activations as modules of one Python script.
class PytorchModules {
 public:
  // In a script that computes in double precision, parameters are written with all the digits of
  // their float32 values, where PyTorch's defaults and short decimals are other doubles.
  explicit PytorchModules(bool double_precision = false) : double_precision_(double_precision) {}

  // The construction of a module: "nn.ReLU()", "SquaredRelu()", "Formula(a=0.1)". Parameters are
  // named where they differ from the class's defaults.
  std::string expression(const Activation& activation, const ActivationParams& params);
  // The classes behind the expressions so far that torch.nn lacks, each with two lines behind it.
  std::string definitions() const;

 private:
  std::string class_name(const Activation& activation);
  std::string literal(float value) const;
  bool is_default(const Activation& activation, size_t param, float value) const;

  struct OwnClass {
    const Activation* activation;
    std::string name;
  };
  bool double_precision_;
  std::vector<OwnClass> own_;
};

}  // namespace lab
