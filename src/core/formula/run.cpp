#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "core/formula/program.h"

namespace lab::formula {
namespace {

// Floats per block: large enough that choosing an operation costs nothing beside running it, small
// enough that the registers of most formulas stay in the first-level cache.
constexpr size_t kBlock = 512;
// From one register to the next: a power of 2 would have them compete for the same cache lines.
constexpr size_t kStride = kBlock + 3 * kWidest;
constexpr size_t kStackFloats = 12 * kStride;

struct Buffers {
  float* registers;  // kBlock floats each, kStride apart
  float* scalars;    // kWidest copies each
};

class Machine {
 public:
  Machine(const Program& program, const OpFunction* ops, Buffers buffers)
      : program_(program), ops_(ops), buffers_(buffers) {}

  void load_scalars(const ActivationParams& params) {
    size_t index = 0;
    const auto add = [&](float value) {
      std::fill_n(buffers_.scalars + kWidest * index++, kWidest, value);
    };
    for (const float constant : program_.constants) add(constant);
    for (const Slot parameter : program_.parameters) add(params[parameter.index]);
    for (const Instruction& instruction : program_.once)
      execute(instruction, nullptr, nullptr, kWidest);
  }

  // Replaces y where x is −∞ or ∞.
  void set_limits(const float (*at)[kWidest], const float* x, float* y, size_t count) const {
    const OpBlock block{y, {y, x, at[0], at[1]}, {1, 1, 0, 0}, count};
    ops_[static_cast<size_t>(Op::limits)](block);
  }

  // `count` is a multiple of kWidest, at most kBlock.
  void run_block(const float* x, float* const* outputs, size_t count) const {
    for (const Instruction& instruction : program_.per_block)
      execute(instruction, x, outputs, count);
  }

 private:
  void execute(const Instruction& instruction, const float* x, float* const* outputs,
               size_t count) const {
    OpBlock block{};
    block.count = count;
    block.out = writable(instruction.out, outputs);
    for (size_t i = 0; i < arity(instruction.op); ++i) {
      const Slot slot = instruction.in[i];
      block.in[i] = slot.kind == Slot::Kind::input ? x : writable(slot, outputs);
      block.step[i] = slot.kind == Slot::Kind::scalar ? 0 : 1;
    }
    ops_[static_cast<size_t>(instruction.op)](block);
  }

  float* writable(Slot slot, float* const* outputs) const {
    switch (slot.kind) {
      case Slot::Kind::output:
        assert(outputs);
        return outputs[slot.index];
      case Slot::Kind::scalar:
        return buffers_.scalars + kWidest * slot.index;
      default:
        return buffers_.registers + kStride * slot.index;
    }
  }

  const Program& program_;
  const OpFunction* ops_;
  Buffers buffers_;
};

// What an output is where x is −∞ and ∞, and whether the program itself gets it right.
struct Limits {
  float at[2][kWidest];
  bool by_arithmetic = true;
};

// Outputs of the program for one block that does not lie in the caller's memory.
struct SpareOutputs {
  float values[2][kBlock];
  float* pointers[2] = {values[0], values[1]};
};

void find_limits(const Machine& machine, size_t outputs, Limits* limits) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  static_assert(2 + 2 * kStandIns.size() <= kWidest);
  float x[kWidest] = {-kInfinity, kInfinity};
  for (size_t i = 0; i < kStandIns.size(); ++i) {
    x[2 + 2 * i] = -kStandIns[i];
    x[3 + 2 * i] = kStandIns[i];
  }
  float values[2][kWidest] = {};
  float* const pointers[2] = {values[0], values[1]};
  machine.run_block(x, pointers, kWidest);
  for (size_t k = 0; k < outputs; ++k) {
    for (size_t side = 0; side < 2; ++side) {
      const float* candidate = values[k] + side;
      limits[k].by_arithmetic = limits[k].by_arithmetic && !std::isnan(*candidate);
      for (size_t i = 0; i < kStandIns.size() && std::isnan(*candidate); ++i) candidate += 2;
      std::fill_n(limits[k].at[side], kWidest, *candidate);
    }
  }
}

void run_blocks(const Program& program, const Machine& machine, std::span<const float> x,
                std::span<float* const> outputs) {
  Limits limits[2];
  find_limits(machine, outputs.size(), limits);
  bool exact = true, overwrites = false;
  for (size_t k = 0; k < program.outputs; ++k) {
    exact = exact && limits[k].by_arithmetic;
    overwrites = overwrites || outputs[k] == x.data();
  }
  // x is read again after a first output was written, or to find its infinities.
  const bool keep_input = overwrites && (!exact || program.outputs > 1);

  float kept[kBlock];
  SpareOutputs spare;
  for (size_t at = 0; at < x.size(); at += kBlock) {
    const size_t count = std::min(kBlock, x.size() - at);
    const size_t padded = (count + kWidest - 1) / kWidest * kWidest;
    const bool whole = count == padded;
    const float* input = x.data() + at;
    if (keep_input || !whole) {
      std::copy_n(input, count, kept);
      std::fill(kept + count, kept + padded, 0.0f);
      input = kept;
    }
    float* targets[2];
    for (size_t k = 0; k < program.outputs; ++k)
      targets[k] = whole ? outputs[k] + at : spare.pointers[k];
    machine.run_block(input, targets, padded);
    for (size_t k = 0; k < program.outputs; ++k) {
      if (!limits[k].by_arithmetic) machine.set_limits(limits[k].at, input, targets[k], padded);
      if (!whole) std::copy_n(targets[k], count, outputs[k] + at);
    }
  }
}

}  // namespace

void run(const Program& program, const OpFunction* ops, const ActivationParams& params,
         std::span<const float> x, std::span<float* const> outputs) {
  alignas(64) float stack[kStackFloats];
  std::vector<float> heap;
  const size_t registers = kStride * program.registers;
  float* memory = stack;
  if (const size_t needed = registers + kWidest * program.scalars; needed > kStackFloats) {
    heap.resize(needed);
    memory = heap.data();
  }
  const Buffers buffers{memory, memory + registers};
  Machine machine(program, ops, buffers);
  machine.load_scalars(params);
  run_blocks(program, machine, x, outputs);
}

}  // namespace lab::formula
