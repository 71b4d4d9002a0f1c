#pragma once

#include <string>

#include "core/train/plan.h"

namespace lab {

// The bytes of an ONNX file (operator set 14, float32) with a trained network. Its input "input"
// is rows × features; its output "logits" is what comes before the activation of the output layer,
// and "output" what comes behind it. Dropout and random slopes are as outside training.
std::string to_onnx(const train::Plan& plan, const train::Parameters& parameters);

}  // namespace lab
