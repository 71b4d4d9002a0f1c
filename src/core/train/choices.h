#pragma once

#include <span>
#include <string_view>

#include "core/localized.h"

namespace lab {

// The small registries of training: what a document calls each choice, and what people read.
template <class Kind>
struct ChoiceRow {
  Kind kind;
  std::string_view id;  // "cross_entropy"
  Localized name;       // "Cross-entropy"
};

// What is minimised. bce and cross_entropy take logits.
enum class Loss { mse, bce, cross_entropy, hinge, huber };
std::span<const ChoiceRow<Loss>> losses();
const ChoiceRow<Loss>* find_loss(std::string_view id);

enum class OptimizerKind { sgd, momentum, nesterov, rmsprop, adagrad, adam, adamw };
std::span<const ChoiceRow<OptimizerKind>> optimizers();
const ChoiceRow<OptimizerKind>* find_optimizer(std::string_view id);

// The learning rate over the epochs.
enum class ScheduleKind { constant, step, cosine, warmup };
std::span<const ChoiceRow<ScheduleKind>> schedules();
const ChoiceRow<ScheduleKind>* find_schedule(std::string_view id);

enum class RegularizationKind { none, l1, l2 };
std::span<const ChoiceRow<RegularizationKind>> regularizations();
const ChoiceRow<RegularizationKind>* find_regularization(std::string_view id);

// float32 is the vector engine, float64 the scalar reference.
enum class Precision { float32, float64 };
std::span<const ChoiceRow<Precision>> precisions();
const ChoiceRow<Precision>* find_precision(std::string_view id);

}  // namespace lab
