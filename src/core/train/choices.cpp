#include "core/train/choices.h"

namespace lab {
namespace {

constexpr ChoiceRow<Loss> kLosses[] = {
    {Loss::mse, "mse", {"Mean squared error", "均方误差"}},
    {Loss::bce, "bce", {"Binary cross-entropy", "二元交叉熵"}},
    {Loss::cross_entropy, "cross_entropy", {"Cross-entropy", "交叉熵"}},
    {Loss::hinge, "hinge", {"Hinge", "合页损失"}},
    {Loss::huber, "huber", {"Huber", "Huber 损失"}},
};

constexpr ChoiceRow<OptimizerKind> kOptimizers[] = {
    {OptimizerKind::sgd, "sgd", {"SGD", "SGD"}},
    {OptimizerKind::momentum, "momentum", {"SGD with momentum", "带动量的 SGD"}},
    {OptimizerKind::nesterov, "nesterov", {"Nesterov momentum", "Nesterov 动量"}},
    {OptimizerKind::rmsprop, "rmsprop", {"RMSprop", "RMSprop"}},
    {OptimizerKind::adagrad, "adagrad", {"Adagrad", "Adagrad"}},
    {OptimizerKind::adam, "adam", {"Adam", "Adam"}},
    {OptimizerKind::adamw, "adamw", {"AdamW", "AdamW"}},
};

constexpr ChoiceRow<ScheduleKind> kSchedules[] = {
    {ScheduleKind::constant, "constant", {"Constant", "恒定"}},
    {ScheduleKind::step, "step", {"Steps", "阶梯下降"}},
    {ScheduleKind::cosine, "cosine", {"Cosine", "余弦"}},
    {ScheduleKind::warmup, "warmup", {"Warm-up", "预热"}},
};

constexpr ChoiceRow<RegularizationKind> kRegularizations[] = {
    {RegularizationKind::none, "none", {"None", "无"}},
    {RegularizationKind::l1, "l1", {"L1", "L1"}},
    {RegularizationKind::l2, "l2", {"L2", "L2"}},
};

constexpr ChoiceRow<Precision> kPrecisions[] = {
    {Precision::float32, "float32", {"Single, fast", "单精度（快）"}},
    {Precision::float64, "float64", {"Double, reference", "双精度（参考）"}},
};

template <class Kind>
const ChoiceRow<Kind>* find(std::span<const ChoiceRow<Kind>> rows, std::string_view id) {
  for (const ChoiceRow<Kind>& row : rows) {
    if (row.id == id) return &row;
  }
  return nullptr;
}

}  // namespace

std::span<const ChoiceRow<Loss>> losses() {
  return kLosses;
}
const ChoiceRow<Loss>* find_loss(std::string_view id) {
  return find(losses(), id);
}

std::span<const ChoiceRow<OptimizerKind>> optimizers() {
  return kOptimizers;
}
const ChoiceRow<OptimizerKind>* find_optimizer(std::string_view id) {
  return find(optimizers(), id);
}

std::span<const ChoiceRow<ScheduleKind>> schedules() {
  return kSchedules;
}
const ChoiceRow<ScheduleKind>* find_schedule(std::string_view id) {
  return find(schedules(), id);
}

std::span<const ChoiceRow<RegularizationKind>> regularizations() {
  return kRegularizations;
}
const ChoiceRow<RegularizationKind>* find_regularization(std::string_view id) {
  return find(regularizations(), id);
}

std::span<const ChoiceRow<Precision>> precisions() {
  return kPrecisions;
}
const ChoiceRow<Precision>* find_precision(std::string_view id) {
  return find(precisions(), id);
}

}  // namespace lab
