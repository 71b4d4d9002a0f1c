#pragma once

// The loop that runs one operation over a block, and the table of them for one backend. Include
// inside a backend's target region, after its vec_*.h.

#include "core/formula/op_table.h"
#include "core/formula/vector_power.h"

namespace lab::formula {

inline constexpr float kSoftplus[] = {1, kVectorMax};  // sharpness 1, never cut off to x

template <class V>
V one_where(typename V::Bool condition) {
  return select(condition, V::set(1), V::set(0));
}
template <class V>
typename V::Bool is_true(V x) {  // also for NaN, as x ≠ 0
  return is_nan(x) | (x < V::set(0)) | (x > V::set(0));
}

template <class V, Op op>
V compute_unary(V a) {
  using namespace kernels;
  if constexpr (op == Op::absolute) return magnitude(a);
  if constexpr (op == Op::sign) return sign(a);
  if constexpr (op == Op::step) return Step<V>(nullptr).value(a);
  if constexpr (op == Op::floor) return formula::floor(a);
  if constexpr (op == Op::round) return formula::round(a);
  if constexpr (op == Op::negate) return negate(a);
  if constexpr (op == Op::square_root) return square_root(a);
  if constexpr (op == Op::cube_root) return cube_root(a);
  if constexpr (op == Op::exp) return formula::exp(a);
  if constexpr (op == Op::expm1) return formula::expm1(a);
  if constexpr (op == Op::ln) return ln(a);
  if constexpr (op == Op::log1p) return formula::log1p(a);
  if constexpr (op == Op::log2) return formula::log2(a);
  if constexpr (op == Op::log10) return formula::log10(a);
  if constexpr (op == Op::sin) return Sin<V>(nullptr).value(a);
  if constexpr (op == Op::cos) return Sin<V>(nullptr).derivative(a);
  if constexpr (op == Op::tan) return formula::tan(a);
  if constexpr (op == Op::asin) return formula::asin(a);
  if constexpr (op == Op::acos) return formula::acos(a);
  if constexpr (op == Op::atan) return formula::atan(a);
  if constexpr (op == Op::atan_slope) return Arctan<V>(nullptr).derivative(a);
  if constexpr (op == Op::sinh) return formula::sinh(a);
  if constexpr (op == Op::cosh) return formula::cosh(a);
  if constexpr (op == Op::asinh) return formula::asinh(a);
  if constexpr (op == Op::tanh) return Tanh<V>(nullptr).value(a);
  if constexpr (op == Op::tanh_slope) return formula::tanh_slope(a);
  if constexpr (op == Op::sigmoid) return Sigmoid<V>(nullptr).value(a);
  if constexpr (op == Op::sigmoid_slope) return Sigmoid<V>(nullptr).derivative(a);
  if constexpr (op == Op::softplus) return Softplus<V>(kSoftplus).value(a);
  if constexpr (op == Op::silu) return Silu<V>(nullptr).value(a);
  if constexpr (op == Op::silu_slope) return Silu<V>(nullptr).derivative(a);
  if constexpr (op == Op::mish) return Mish<V>(nullptr).value(a);
  if constexpr (op == Op::mish_slope) return Mish<V>(nullptr).derivative(a);
  if constexpr (op == Op::erf) return formula::erf(a);
  if constexpr (op == Op::normal_cdf) return normal_cdf(a);
  if constexpr (op == Op::gelu) return Gelu<V>(nullptr).value(a);
  if constexpr (op == Op::gelu_slope) return Gelu<V>(nullptr).derivative(a);
  if constexpr (op == Op::gaussian) return Gaussian<V>(nullptr).value(a);
  if constexpr (op == Op::gaussian_slope) return Gaussian<V>(nullptr).derivative(a);
  if constexpr (op == Op::softsign) return Softsign<V>(nullptr).value(a);
  if constexpr (op == Op::softsign_slope) return Softsign<V>(nullptr).derivative(a);
  if constexpr (op == Op::tanhshrink) return Tanhshrink<V>(nullptr).value(a);
  if constexpr (op == Op::logical_not) return select(is_true(a), V::set(0), V::set(1));
  if constexpr (op == Op::copy) return a;
}

template <class V, Op op>
V compute(V a, V b, V c, V d) {
  if constexpr (arity(op) == 1) return compute_unary<V, op>(a);
  if constexpr (op == Op::add) return a + b;
  if constexpr (op == Op::subtract) return a - b;
  if constexpr (op == Op::multiply) return a * b;
  if constexpr (op == Op::divide) return a / b;
  if constexpr (op == Op::power) return power(a, b);
  // at_least and at_most keep a NaN of their first operand only.
  if constexpr (op == Op::maximum) return keep_nan(at_least(a, b), b);
  if constexpr (op == Op::minimum) return keep_nan(at_most(a, b), b);
  if constexpr (op == Op::less) return one_where<V>(a < b);
  if constexpr (op == Op::less_equal) return one_where<V>(a <= b);
  if constexpr (op == Op::equal) return one_where<V>((a <= b) & (a >= b));
  if constexpr (op == Op::logical_and) return one_where<V>(is_true(a) & is_true(b));
  if constexpr (op == Op::logical_or) return one_where<V>(is_true(a) | is_true(b));
  if constexpr (op == Op::chain) {
    return select((a <= V::set(0)) & (a >= V::set(0)), V::set(0), a * b);
  }
  if constexpr (op == Op::select) return select(is_true(a), b, c);
  if constexpr (op == Op::greater_of) {
    const V mean = V::set(0.5f) * c + V::set(0.5f) * d;
    return select(a > b, c, select(a < b, d, mean));
  }
  if constexpr (op == Op::select_less) return select(a < b, c, d);
  if constexpr (op == Op::select_less_equal) return select(a <= b, c, d);
  if constexpr (op == Op::clamp) return at_most(at_least(a, b), c);
  if constexpr (op == Op::inside) return one_where<V>((b < a) & (a < c));
  if constexpr (op == Op::multiply_add) return a * b + c;
  if constexpr (op == Op::multiply_add_multiply) return (a * b + c) * d;
  if constexpr (op == Op::multiply_twice) return (a * b) * c;
  if constexpr (op == Op::keep_nan) return keep_nan(a, b);
  if constexpr (op == Op::limits) {
    return select(b < V::set(-kVectorMax), c, select(b > V::set(kVectorMax), d, a));
  }
}

// Elements one vector after the other. `load` gives operand k of the vector at element i.
template <class V, Op op, class Load>
void run_loop(const OpBlock& block, Load load) {
  constexpr size_t kArity = arity(op);
  float* out = block.out;
  for (size_t i = 0; i < block.count; i += V::lanes) {
    const V a = load(0, i);
    V b = a, c = a, d = a;
    if constexpr (kArity > 1) b = load(1, i);
    if constexpr (kArity > 2) c = load(2, i);
    if constexpr (kArity > 3) d = load(3, i);
    compute<V, op>(a, b, c, d).store(out + i);
  }
}

// Operands that stay the same are loaded once where they commonly occur: as one of two, as what a
// comparison is made with, or as bounds.
template <class V, Op op>
void run_op(const OpBlock& block) {
  if constexpr (arity(op) > 0) {
    constexpr size_t kArity = arity(op);
    constexpr bool kHasBounds = op == Op::clamp || op == Op::inside;
    unsigned scalars = 0;  // bit k for operand k
    for (size_t k = 0; k < kArity; ++k)
      if (block.step[k] == 0) scalars += 1u << k;
    const float* const in[kMaxOperands] = {block.in[0], block.in[1], block.in[2], block.in[3]};
    const size_t step[kMaxOperands] = {block.step[0], block.step[1], block.step[2], block.step[3]};
    if (scalars == 0) {
      run_loop<V, op>(block, [&](size_t k, size_t i) { return V::load(in[k] + i); });
    } else if (kArity == 2 && scalars == 1) {
      const V a = V::load(in[0]);
      run_loop<V, op>(block, [&](size_t k, size_t i) { return k == 0 ? a : V::load(in[k] + i); });
    } else if (kArity >= 2 && scalars == 2) {
      const V b = V::load(in[1]);
      run_loop<V, op>(block, [&](size_t k, size_t i) { return k == 1 ? b : V::load(in[k] + i); });
    } else if (kHasBounds && scalars == 6) {
      const V low = V::load(in[1]), high = V::load(in[2]);
      run_loop<V, op>(block, [&](size_t k, size_t i) {
        return k == 0 ? V::load(in[0] + i) : k == 1 ? low : high;
      });
    } else if (op == Op::multiply_add_multiply && scalars == 8) {
      const V d = V::load(in[3]);
      run_loop<V, op>(block, [&](size_t k, size_t i) { return k == 3 ? d : V::load(in[k] + i); });
    } else {
      run_loop<V, op>(block, [&](size_t k, size_t i) { return V::load(in[k] + i * step[k]); });
    }
  }
}

template <class V>
struct OpTable {
#define LAB_FORMULA_OP(name, arity) run_op<V, Op::name>,
  static constexpr OpFunction rows[kOpCount] = {LAB_FORMULA_OPS(LAB_FORMULA_OP)};
#undef LAB_FORMULA_OP
};

}  // namespace lab::formula
