#pragma once

#include <span>
#include <string_view>

#include "core/localized.h"

namespace lab {

// The small registries of training: what a document calls each choice, and what people read.
template <class Kind>
struct Choice {
  Kind kind;
  std::string_view id;  // "cross_entropy"
  Localized name;       // "Cross-entropy"
};

// What is minimised. bce and cross_entropy take logits.
enum class Loss { mse, bce, cross_entropy, hinge, huber };
std::span<const Choice<Loss>> losses();
const Choice<Loss>* find_loss(std::string_view id);

enum class OptimizerKind { sgd, momentum, nesterov, rmsprop, adagrad, adam, adamw };
std::span<const Choice<OptimizerKind>> optimizers();
const Choice<OptimizerKind>* find_optimizer(std::string_view id);

// The learning rate over the epochs.
enum class ScheduleKind { constant, step, cosine, warmup };
std::span<const Choice<ScheduleKind>> schedules();
const Choice<ScheduleKind>* find_schedule(std::string_view id);

enum class RegularizationKind { none, l1, l2 };
std::span<const Choice<RegularizationKind>> regularizations();
const Choice<RegularizationKind>* find_regularization(std::string_view id);

// float32 is the vector engine, float64 the scalar reference.
enum class Precision { float32, float64 };
std::span<const Choice<Precision>> precisions();
const Choice<Precision>* find_precision(std::string_view id);

}  // namespace lab
