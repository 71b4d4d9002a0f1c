#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

// Every operation a formula can consist of once it is read: its name and how many operands it has.
// Those before `absolute` are leaves; those behind `greater_of` are made by the compiler alone.
// Truth values are numbers: comparisons give 0 or 1, and whatever is not 0 counts as true.
// clang-format off
#define LAB_FORMULA_OPS(X)                                                                       \
  X(constant, 0)                                                                                 \
  X(variable, 0)                                                                                 \
  X(parameter, 0)                                                                                \
  X(absolute, 1) X(sign, 1) X(step, 1) X(floor, 1) X(round, 1) X(negate, 1) X(square_root, 1)    \
  X(cube_root, 1) X(exp, 1) X(expm1, 1) X(ln, 1) X(log1p, 1) X(log2, 1) X(log10, 1) X(sin, 1)    \
  X(cos, 1) X(tan, 1) X(asin, 1) X(acos, 1) X(atan, 1) X(atan_slope, 1) X(sinh, 1) X(cosh, 1)    \
  X(asinh, 1) X(tanh, 1) X(tanh_slope, 1) X(sigmoid, 1) X(sigmoid_slope, 1) X(softplus, 1)       \
  X(silu, 1) X(silu_slope, 1) X(mish, 1) X(mish_slope, 1) X(erf, 1) X(normal_cdf, 1) X(gelu, 1)  \
  X(gelu_slope, 1) X(gaussian, 1) X(gaussian_slope, 1) X(softsign, 1) X(softsign_slope, 1)       \
  X(tanhshrink, 1) X(logical_not, 1)                                                             \
  X(add, 2) X(subtract, 2) X(multiply, 2) X(divide, 2) X(power, 2) X(maximum, 2) X(minimum, 2)   \
  X(less, 2) X(less_equal, 2) X(equal, 2) X(logical_and, 2) X(logical_or, 2)                     \
  /* slope·du, and 0 where du is 0 whatever the slope: the chain rule for slopes that may be ∞ */ \
  X(chain, 2)                                                                                    \
  X(select, 3)             /* condition, then, else */                                           \
  X(greater_of, 4)         /* u, v, a, b: a where u > v, b where u < v, else their mean */       \
  X(select_less, 4)        /* a, b, p, q: p where a < b, else q */                               \
  X(select_less_equal, 4)                                                                        \
  X(clamp, 3)              /* u, low, high: min(max(u, low), high) */                            \
  X(inside, 3)             /* u, low, high: 1 where low < u < high, else 0 */                    \
  X(multiply_add, 3)       /* a·b + c, rounded twice */                                          \
  X(multiply_add_multiply, 4)  /* (a·b + c)·d */                                                 \
  X(multiply_twice, 3)     /* (a·b)·c */                                                         \
  X(copy, 1)                                                                                     \
  X(keep_nan, 2)           /* the first operand, NaN where the second is */                      \
  X(limits, 4)             /* y, x, p, q: p where x is −∞, q where it is ∞, else y */
// clang-format on

namespace lab::formula {

enum class Op : uint8_t {
#define LAB_FORMULA_OP(name, arity) name,
  LAB_FORMULA_OPS(LAB_FORMULA_OP)
#undef LAB_FORMULA_OP
};

#define LAB_FORMULA_OP(name, arity) +1
inline constexpr size_t kOpCount = 0 LAB_FORMULA_OPS(LAB_FORMULA_OP);
#undef LAB_FORMULA_OP

inline constexpr size_t kMaxOperands = 4;

#define LAB_FORMULA_OP(name, arity) arity,
inline constexpr std::array<uint8_t, kOpCount> kOpArity = {LAB_FORMULA_OPS(LAB_FORMULA_OP)};
#undef LAB_FORMULA_OP

inline constexpr size_t arity(Op op) {
  return kOpArity[static_cast<size_t>(op)];
}

// One operation on numbers in double precision, with the C library. Unused operands are ignored.
double evaluate_op(Op op, const std::array<double, kMaxOperands>& in);

}  // namespace lab::formula
