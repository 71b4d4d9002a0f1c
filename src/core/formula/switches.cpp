#include "core/formula/switches.h"

#include <algorithm>
#include <cmath>

namespace lab::formula {

Switches::Switches(const Code& code, const ActivationParams& params)
    : code_(code), params_(params) {
  for (const NodeId id : code.value_order) {
    const Node& node = code.graph[id];
    if (!node.varies) continue;
    switch (node.op) {
      case Op::absolute:
      case Op::sign:
      case Op::step:
      case Op::floor:
      case Op::round:
      case Op::square_root:
      case Op::cube_root:
      case Op::ln:
      case Op::log2:
      case Op::log10:
      case Op::tan:
      case Op::divide:
      case Op::power:
      case Op::maximum:
      case Op::minimum:
      case Op::less:
      case Op::less_equal:
      case Op::equal:
      case Op::logical_not:
      case Op::select:
        keys_.push_back({id, 0});
        break;
      case Op::logical_and:
      case Op::logical_or:
        keys_.push_back({id, 0});
        keys_.push_back({id, 1});
        break;
      case Op::log1p:
        keys_.push_back({id, -1});
        break;
      case Op::asin:
      case Op::acos:
        keys_.push_back({id, -1});
        keys_.push_back({id, 1});
        break;
      default:
        break;
    }
  }
}

double Switches::key_of(const Key& key, const std::vector<double>& values) const {
  const Node& node = code_.graph[key.node];
  const double a = values[node.in[0]], b = values[node.in[1]];
  double decides = a - key.offset;
  switch (node.op) {
    case Op::floor:
    case Op::round:
      return values[key.node];
    case Op::tan:
      return std::floor(a / 3.14159265358979323846 + 0.5);
    case Op::divide:
      decides = b;
      break;
    case Op::maximum:
    case Op::minimum:
    case Op::less:
    case Op::less_equal:
    case Op::equal:
      decides = a - b;
      break;
    case Op::logical_and:
    case Op::logical_or:  // offset 0 and 1 stand for the two operands
      decides = key.offset == 0 ? a : b;
      break;
    default:
      break;
  }
  return decides > 0 ? 1 : decides < 0 ? -1 : 0;
}

std::vector<double> Switches::keys_at(double x) const {
  std::vector<double> values, keys;
  code_.graph.evaluate(code_.value_order, params_, x, values);
  for (const Key& key : keys_) keys.push_back(key_of(key, values));
  return keys;
}

bool Switches::differ(double a, double b) const {
  return keys_at(a) != keys_at(b);
}

double Switches::bisect(size_t key, double left, double right) const {
  const auto at = [&](double x) { return keys_at(x)[key]; };
  const double start = at(left);
  for (int step = 0; step < 60; ++step) {
    const double middle = left + (right - left) / 2;
    (at(middle) == start ? left : right) = middle;
  }
  // The exact place where the key is 0, if one of the ends is it; decimal where that is as near.
  const double place = start == 0 ? left : right;
  const double decimal = std::round(place * 1e9) / 1e9;
  return std::fabs(place - decimal) <= 1e-14 * (1 + std::fabs(place)) ? decimal : place;
}

std::vector<double> Switches::between(double from, double to, size_t intervals) const {
  std::vector<double> found;
  if (keys_.empty()) return found;
  double before = from;
  std::vector<double> keys = keys_at(from);
  for (size_t i = 1; i <= intervals; ++i) {
    const double x = from + (to - from) * static_cast<double>(i) / static_cast<double>(intervals);
    std::vector<double> next = keys_at(x);
    for (size_t k = 0; k < keys.size(); ++k)
      if (next[k] != keys[k]) found.push_back(bisect(k, before, x));
    before = x;
    keys = std::move(next);
  }
  std::ranges::sort(found);
  const auto same = [](double a, double b) { return b - a <= 1e-9 * (1 + std::fabs(a)); };
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
  return found;
}

}  // namespace lab::formula
