#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/activation/activation.h"
#include "core/formula/graph.h"
#include "core/formula/op_table.h"

namespace lab::formula {

// Where an operand lies: the input, an output, a register (a block that is written again and again)
// or a scalar (constants, parameters and whatever is made of them alone).
struct Slot {
  enum class Kind : uint8_t { input, output, scratch, scalar } kind = Kind::input;
  uint16_t index = 0;
};

struct Instruction {
  Op op;
  Slot out;
  std::array<Slot, kMaxOperands> in{};
};

// An expression, or two that share their parts, as a list of vector operations.
struct Program {
  std::vector<float> constants;   // the first scalars
  std::vector<Slot> parameters;   // scalar k is parameter parameters[k − constants.size()]
  std::vector<Instruction> once;  // on scalars, at the beginning of a run
  std::vector<Instruction> per_block;
  size_t scalars = 0, registers = 0, outputs = 0;
};

// Each root's values go to the output of its position. NaN for x gives NaN in every output.
Program compile(const Graph& graph, std::span<const NodeId> roots);

// Finite numbers that stand for ∞: their own square or fourth power may not overflow.
inline constexpr std::array<float, 3> kStandIns = {3.4028234663852886e38f, 0x1p62f, 0x1p30f};

// Runs the program over x with the kernels of one instruction set, `outputs` as many as it has, of
// x's length; one of them may be x itself. Where x is ±∞ and the arithmetic gives NaN, as for
// ∞·0, the value at the first of kStandIns that has one takes its place.
void run(const Program& program, const OpFunction* ops, const ActivationParams& params,
         std::span<const float> x, std::span<float* const> outputs);

}  // namespace lab::formula
