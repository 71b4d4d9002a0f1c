// The core's tests with one loop of the core broken. Linked with --wrap, so that whoever asks for a
// table of loops gets a copy of it in which one is a little wrong: the environment says which, as
// in LAB_MUTANT=kernel:gelu:derivative. Without it nothing is changed.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/activation/activation.h"
#include "core/activation/kernel_table.h"
#include "core/activation/rowwise_table.h"
#include "core/formula/op_table.h"
#include "core/train/step_table.h"

// A table's real function, and the one that takes its place.
#define LAB_WRAPPED(type, name, mangled)                         \
  const type* real_##name(simd::Isa isa) asm("__real_" mangled); \
  const type* wrapped_##name(simd::Isa isa) asm("__wrap_" mangled);

namespace lab {
namespace formula {
const OpFunction* real_op_table(simd::Isa isa) asm("__real__ZN3lab7formula8op_tableENS_4simd3IsaE");
const OpFunction* wrapped_op_table(simd::Isa isa) asm(
    "__wrap__ZN3lab7formula8op_tableENS_4simd3IsaE");
}  // namespace formula

LAB_WRAPPED(KernelRow, kernel_table, "_ZN3lab12kernel_tableENS_4simd3IsaE")
LAB_WRAPPED(RowKernelRow, row_kernel_table, "_ZN3lab16row_kernel_tableENS_4simd3IsaE")
namespace train {
LAB_WRAPPED(StepTable, step_table, "_ZN3lab5train10step_tableENS_4simd3IsaE")
}

namespace {

// What LAB_MUTANT says: "kernel", "row", "op" or "step"; the row's name; the part of it.
struct Mutant {
  std::string table, name, part;
};

const Mutant& mutant() {
  static const Mutant chosen = [] {
    const char* text = std::getenv("LAB_MUTANT");
    std::string rest = text ? text : "";
    const auto take = [&] {
      const size_t end = std::min(rest.find(':'), rest.size());
      const std::string piece = rest.substr(0, end);
      rest.erase(0, end + 1);
      return piece;
    };
    Mutant parsed;
    parsed.table = take();
    parsed.name = take();
    parsed.part = take();
    return parsed;
  }();
  return chosen;
}

// 32 units in the last place off; what is 0 everywhere is so no more.
void disturb(float* y, size_t count) {
  if (std::all_of(y, y + count, [](float value) { return value == 0; })) {
    std::fill(y, y + count, 0x1p-18f);
  }
  for (size_t i = 0; i < count; ++i) y[i] *= 1 + 0x1p-18f;
}

template <class Function>
void for_each_isa(Function function) {
  [&]<size_t... I>(std::index_sequence<I...>) {
    (function(std::integral_constant<size_t, I>()), ...);
  }
  (std::make_index_sequence<simd::kIsaCount>());
}

template <class Row>
struct Copy {
  Row original{};          // of the broken row
  std::vector<Row> table;  // with it broken
};
template <class Row>
std::array<Copy<Row>, simd::kIsaCount>& copies() {
  static std::array<Copy<Row>, simd::kIsaCount> all;
  return all;
}

// --- kernels -----------------------------------------------------------------------------------

template <size_t Isa>
const KernelRow& kernel() {
  return copies<KernelRow>()[Isa].original;
}
template <size_t Isa>
void value(const float* p, const float* x, float* y, size_t count) {
  kernel<Isa>().value(p, x, y, count);
  disturb(y, count);
}
template <size_t Isa>
void derivative(const float* p, const float* x, float* d, size_t count) {
  kernel<Isa>().derivative(p, x, d, count);
  disturb(d, count);
}
template <size_t Isa, bool Value>
void both(const float* p, const float* x, float* y, float* d, size_t count) {
  kernel<Isa>().both(p, x, y, d, count);
  disturb(Value ? y : d, count);
}

template <size_t Isa>
KernelRow broken_kernel(const KernelRow& row) {
  if (mutant().part == "value") return {value<Isa>, row.derivative, both<Isa, true>};
  return {row.value, derivative<Isa>, both<Isa, false>};
}

// --- row-wise kernels --------------------------------------------------------------------------

template <size_t Isa>
void forward(const float* x, size_t columns, float* y) {
  copies<RowKernelRow>()[Isa].original.forward(x, columns, y);
  disturb(y, mutant().name == "glu" ? columns / 2 : columns);
}
template <size_t Isa>
void backward(const float* x, size_t columns, const float* grad_out, float* grad_in) {
  copies<RowKernelRow>()[Isa].original.backward(x, columns, grad_out, grad_in);
  disturb(grad_in, columns);
}

// --- operations of formulas --------------------------------------------------------------------

template <size_t Isa>
void operation(const formula::OpBlock& block) {
  copies<formula::OpFunction>()[Isa].original(block);
  disturb(block.out, block.count);
}

// --- loops of a training step ------------------------------------------------------------------

constexpr float kOff = 1 + 0x1p-12f;

template <size_t Isa>
const train::StepTable& steps() {
  return copies<train::StepTable>()[Isa].original;
}
template <size_t Isa, size_t Vectors>
void forward(const train::ForwardArgs& args) {
  steps<Isa>().forward[Vectors](args);
  args.out[0] *= kOff;
}
template <size_t Isa, size_t Vectors>
void backward(const train::BackwardArgs& args) {
  steps<Isa>().backward[Vectors](args);
  args.out[0] *= kOff;
}
template <size_t Isa>
void gradient(const train::GradientArgs& args) {
  steps<Isa>().gradient(args);
  args.g[0] *= kOff;
}
template <size_t Isa>
void transpose(const train::TransposeArgs& args) {
  steps<Isa>().transpose(args);
  if (args.units > 1) std::swap(args.to[0], args.to[1]);
}
template <size_t Isa, size_t Vectors>
void learn(const train::TileSteps& tile) {
  steps<Isa>().learn[Vectors](tile);
  tile.layers.front().gradient.g[0] *= kOff;
}
template <size_t Isa>
void loss(Loss kind, const train::LossArgs& args) {
  steps<Isa>().loss(kind, args);
  if (losses()[static_cast<size_t>(kind)].id == mutant().part) args.delta[0] *= kOff;
}
template <size_t Isa>
void update(OptimizerKind kind, const train::UpdateArgs<float>& args) {
  train::UpdateRates<float> rates = args.rates;
  if (optimizers()[static_cast<size_t>(kind)].id == mutant().part) {
    rates.rate *= kOff;
    rates.step_size *= kOff;
  }
  steps<Isa>().update(kind, {rates, args.count, args.w, args.g, args.m, args.v, args.weight_mask});
}

template <size_t Isa>
train::StepTable broken_steps(train::StepTable table) {
  const std::string& name = mutant().name;
  [&]<size_t... I>(std::index_sequence<I...>) {
    if (name == "forward") ((table.forward[I] = forward<Isa, I>), ...);
    if (name == "backward") ((table.backward[I] = backward<Isa, I>), ...);
    if (name == "learn") ((table.learn[I] = learn<Isa, I>), ...);
  }
  (std::make_index_sequence<train::kVectorsPerTile>());
  if (name == "gradient") table.gradient = gradient<Isa>;
  if (name == "transpose") table.transpose = transpose<Isa>;
  if (name == "loss") table.loss = loss<Isa>;
  if (name == "update") table.update = update<Isa>;
  return table;
}

// The table with row `index` replaced by what `broken` makes of it; copied once.
template <class Row, class Broken>
const Row* with_broken(simd::Isa isa, const Row* table, size_t rows, size_t index, Broken broken) {
  if (table == nullptr || index >= rows) return table;
  Copy<Row>& copy = copies<Row>()[static_cast<size_t>(isa)];
  if (copy.table.empty()) {
    copy.original = table[index];
    copy.table.assign(table, table + rows);
    for_each_isa([&](auto i) {
      if (static_cast<simd::Isa>(i()) == isa) copy.table[index] = broken(i, copy.original);
    });
  }
  return copy.table.data();
}

template <size_t Count>
size_t index_in(const std::array<std::string_view, Count>& names, std::string_view table) {
  if (mutant().table != table) return Count;
  return static_cast<size_t>(std::ranges::find(names, mutant().name) - names.begin());
}

}  // namespace

const KernelRow* wrapped_kernel_table(simd::Isa isa) {
#define LAB_NAME(id, body) std::string_view(#id),
  static constexpr std::array names = {LAB_ACTIVATION_KERNELS(LAB_NAME)};
#undef LAB_NAME
  return with_broken(
      isa, real_kernel_table(isa), names.size(), index_in(names, "kernel"),
      [](auto i, const KernelRow& row) { return broken_kernel<decltype(i)::value>(row); });
}

const RowKernelRow* wrapped_row_kernel_table(simd::Isa isa) {
  static constexpr std::array<std::string_view, kRowKernelCount> names = {
      "softmax", "softmin", "log_softmax", "sparsemax", "glu"};
  return with_broken(isa, real_row_kernel_table(isa), names.size(), index_in(names, "row"),
                     [](auto i, RowKernelRow row) {
                       if (mutant().part == "forward") row.forward = forward<decltype(i)::value>;
                       if (mutant().part == "backward") row.backward = backward<decltype(i)::value>;
                       return row;
                     });
}

const formula::OpFunction* formula::wrapped_op_table(simd::Isa isa) {
#define LAB_NAME(name, arity) std::string_view(#name),
  static constexpr std::array names = {LAB_FORMULA_OPS(LAB_NAME)};
#undef LAB_NAME
  return with_broken(
      isa, real_op_table(isa), names.size(), index_in(names, "op"),
      [](auto i, OpFunction) -> OpFunction { return operation<decltype(i)::value>; });
}

const train::StepTable* train::wrapped_step_table(simd::Isa isa) {
  return with_broken(
      isa, real_step_table(isa), 1, mutant().table == "step" ? 0 : 1,
      [](auto i, const StepTable& table) { return broken_steps<decltype(i)::value>(table); });
}

}  // namespace lab
