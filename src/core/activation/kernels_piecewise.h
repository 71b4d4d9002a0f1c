#pragma once

// Value and derivative of the piecewise linear and quadratic activations, one struct per registry
// row, generic over the vector type V. The constructor takes the row's parameters in their order.
// Derivatives at kinks are PyTorch's; NaN in gives NaN out everywhere.
// Include it inside a backend's target region, after its vec_*.h.

#include "core/simd/math.h"

namespace lab::kernels {

using simd::clamp;
using simd::keep_nan;

template <class V>
struct Identity {
  static constexpr bool kCopies =
      true;  // value(x) is x: no loop over vectors is as fast as memmove
  explicit Identity(const float*) {}
  V value(V x) const { return x; }
  V derivative(V x) const { return keep_nan(V::set(1), x); }
};

template <class V>
struct Relu {
  explicit Relu(const float*) {}
  V value(V x) const { return at_least(x, V::set(0)); }
  V derivative(V x) const { return keep_nan(select(x > V::set(0), V::set(1), V::set(0)), x); }
};

template <class V>
struct Hardtanh {
  float low, high;
  explicit Hardtanh(const float* p) : low(p[0]), high(p[1]) {}
  V value(V x) const { return clamp(x, low, high); }
  V derivative(V x) const {
    return keep_nan(select((x > V::set(low)) & (x < V::set(high)), V::set(1), V::set(0)), x);
  }
};

template <class V>
struct Relu6 : Hardtanh<V> {
  static constexpr float kBounds[2] = {0, 6};
  explicit Relu6(const float*) : Hardtanh<V>(kBounds) {}
};

template <class V>
struct LeakyRelu {
  float slope;
  explicit LeakyRelu(const float* p) : slope(p[0]) {}
  V value(V x) const { return select(x > V::set(0), x, x * V::set(slope)); }
  V derivative(V x) const { return keep_nan(select(x > V::set(0), V::set(1), V::set(slope)), x); }
};

template <class V>
struct Prelu : LeakyRelu<V> {
  using LeakyRelu<V>::LeakyRelu;
};

// In evaluation mode: the mean of the slopes that training draws from.
template <class V>
struct Rrelu : LeakyRelu<V> {
  explicit Rrelu(const float* p) : LeakyRelu<V>(p) { this->slope = (p[0] + p[1]) * 0.5f; }
};

template <class V>
struct Threshold {
  float threshold, below;
  explicit Threshold(const float* p) : threshold(p[0]), below(p[1]) {}
  V value(V x) const { return select(x <= V::set(threshold), V::set(below), x); }
  V derivative(V x) const {
    return keep_nan(select(x > V::set(threshold), V::set(1), V::set(0)), x);
  }
};

template <class V>
struct Hardsigmoid {
  explicit Hardsigmoid(const float*) {}
  V value(V x) const { return clamp(x + V::set(3), 0, 6) * V::set(1.0f / 6); }
  V derivative(V x) const {
    return keep_nan(select((x > V::set(-3)) & (x < V::set(3)), V::set(1.0f / 6), V::set(0)), x);
  }
};

template <class V>
struct Hardswish {
  explicit Hardswish(const float*) {}
  V value(V x) const {  // x is bounded below so that −∞ gives −0 rather than −∞·0
    return at_least(x, V::set(-3)) * (clamp(x + V::set(3), 0, 6) * V::set(1.0f / 6));
  }
  V derivative(V x) const {
    const V inside = (x + x + V::set(3)) * V::set(1.0f / 6);
    const V right = select(x >= V::set(3), V::set(1), inside);
    return select(x <= V::set(-3), V::set(0), right);
  }
};

template <class V>
struct Hardshrink {
  float lambda;
  explicit Hardshrink(const float* p) : lambda(p[0]) {}
  V value(V x) const { return select(inside(x), V::set(0), x); }
  V derivative(V x) const { return keep_nan(select(inside(x), V::set(0), V::set(1)), x); }

 private:
  typename V::Bool inside(V x) const { return (x >= V::set(-lambda)) & (x <= V::set(lambda)); }
};

template <class V>
struct Softshrink : Hardshrink<V> {
  using Hardshrink<V>::Hardshrink;
  V value(V x) const { return x - clamp(x, -this->lambda, this->lambda); }
};

template <class V>
struct SquaredRelu {
  explicit SquaredRelu(const float*) {}
  V value(V x) const {
    const V r = at_least(x, V::set(0));
    return r * r;
  }
  V derivative(V x) const {
    const V r = at_least(x, V::set(0));
    return r + r;
  }
};

template <class V>
struct Step {
  explicit Step(const float*) {}
  V value(V x) const { return keep_nan(select(x > V::set(0), V::set(1), V::set(0)), x); }
  V derivative(V x) const { return keep_nan(V::set(0), x); }
};

template <class V>
struct SparseSigmoid {
  explicit SparseSigmoid(const float*) {}
  V value(V x) const { return clamp((x + V::set(1)) * V::set(0.5f), 0, 1); }
  V derivative(V x) const {
    return keep_nan(select((x > V::set(-1)) & (x < V::set(1)), V::set(0.5f), V::set(0)), x);
  }
};

template <class V>
struct SparsePlus {
  explicit SparsePlus(const float*) {}
  V value(V x) const {
    const V t = at_least(x + V::set(1), V::set(0));
    return select(x >= V::set(1), x, t * t * V::set(0.25f));
  }
  V derivative(V x) const { return clamp((x + V::set(1)) * V::set(0.5f), 0, 1); }
};

}  // namespace lab::kernels
