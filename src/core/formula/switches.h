#pragma once

#include <vector>

#include "core/formula/code.h"

namespace lab::formula {

// Where the formula goes over from one branch to another, found from its structure: each
// comparison, |u|, max, floor, root, logarithm, divisor … has a key that is constant on a branch.
class Switches {
 public:
  Switches(const Code& code, const ActivationParams& params);

  // Positions in [from, to], ascending; found where the key differs between neighbours of
  // intervals + 1 equally spaced samples, and refined by bisection.
  std::vector<double> between(double from, double to, size_t intervals) const;

  // Whether any key differs between the two places.
  bool differ(double a, double b) const;

 private:
  struct Key {
    NodeId node;
    double offset;  // the key is the sign of (the operand that decides) − offset
  };
  double key_of(const Key& key, const std::vector<double>& values) const;
  std::vector<double> keys_at(double x) const;
  double bisect(size_t key, double left, double right) const;

  const Code& code_;
  const ActivationParams& params_;
  std::vector<Key> keys_;
};

}  // namespace lab::formula
