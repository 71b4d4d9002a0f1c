#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

#include "core/formula/code.h"
#include "core/formula/switches.h"

namespace lab {
namespace {

using formula::Switches;

constexpr size_t kSamples = 2000;  // intervals; an even number, so that 0 is a sample
// Distances of the points of a central difference, the widest first. A wrong derivative disagrees
// with all of them, a right one only where rounding or the next derivatives are too large for one.
constexpr double kStencils[] = {0x1p-10, 0x1p-13, 0x1p-16, 0x1p-19};
// Distances from a kink at which its two sides are compared.
constexpr double kSide = 1e-6, kNear = 1e-9, kNearest = 1e-12;

double sample_at(size_t i) {
  constexpr double kWidth = FormulaReport::kTo - FormulaReport::kFrom;
  return FormulaReport::kFrom + kWidth * static_cast<double>(i) / kSamples;
}

class Check {
 public:
  Check(const Formula& formula, const ActivationParams& params)
      : f_(formula), params_(params), switches_(formula.code(), params) {}

  FormulaReport run() {
    sample();
    find_kinks();
    find_not_finite();
    find_poles();
    compare_differences();
    look_far();
    return std::move(report_);
  }

 private:
  double value(double x) const { return f_.reference_value(params_, x); }
  double slope(double x) const { return f_.reference_derivative(params_, x); }

  void sample() {
    report_.min = std::numeric_limits<double>::infinity();
    report_.max = -report_.min;
    report_.increasing = report_.decreasing = report_.odd = true;
    for (size_t i = 0; i <= kSamples; ++i) values_.push_back(value(sample_at(i)));
    double before = std::numeric_limits<double>::quiet_NaN();
    for (size_t i = 0; i <= kSamples; ++i) {
      const double y = values_[i], mirrored = values_[kSamples - i];
      const double tolerance = 1e-9 * (1 + std::fabs(y));
      if (!(std::fabs(y + mirrored) <= tolerance)) report_.odd = false;
      if (!std::isfinite(y)) continue;
      note_extreme(sample_at(i), y);
      if (y < before - 1e-3 * tolerance) report_.increasing = false;
      if (y > before + 1e-3 * tolerance) report_.decreasing = false;
      before = y;
    }
  }

  void note_extreme(double x, double y) {
    if (y < report_.min) std::tie(report_.min, report_.min_at) = std::pair(y, x);
    if (y > report_.max) std::tie(report_.max, report_.max_at) = std::pair(y, x);
  }

  void find_kinks() {
    for (const double at : switches_.between(FormulaReport::kFrom, FormulaReport::kTo, kSamples)) {
      const double reach = kSide * (1 + std::fabs(at));
      const double left = at - reach, right = at + reach;
      const double y0 = value(left), y1 = value(right), d0 = slope(left), d1 = slope(right);
      sides_.push_back(y0);
      sides_.push_back(y1);
      if (!std::isfinite(y0) || !std::isfinite(y1)) continue;  // an end of where f is defined
      const bool bend = !(std::fabs(d1 - d0) <= 1e-4 * (1 + std::fabs(d0))) ||
                        !std::isfinite(slope(at));  // also a vertical tangent
      const bool jump = jumps(at);
      if (!jump && !bend) continue;
      if (report_.kinks.size() == FormulaReport::kMaxKinks) {
        report_.more_kinks = true;
        return;
      }
      report_.kinks.push_back({at, jump});
    }
  }

  // Whether the difference between the two sides stays as they come closer.
  bool jumps(double at) const {
    const auto gap = [&](double distance) {
      const double reach = distance * (1 + std::fabs(at));
      return std::fabs(value(at + reach) - value(at - reach));
    };
    const double nearest = gap(kNearest);
    return nearest > 1e-8 * (1 + std::fabs(value(at + kNear))) && nearest > 0.5 * gap(kNear);
  }

  // The border between a finite value and another one, to the last bit, on the side of `inside`.
  double border(double inside, double outside) const {
    const bool finite = std::isfinite(value(inside));
    for (int step = 0; step < 60; ++step) {
      const double middle = inside + (outside - inside) / 2;
      (std::isfinite(value(middle)) == finite ? inside : outside) = middle;
    }
    return inside;
  }

  void find_not_finite() {
    for (size_t i = 0; i <= kSamples; ++i) {
      if (std::isfinite(values_[i])) continue;
      size_t last = i;
      while (last < kSamples && !std::isfinite(values_[last + 1])) ++last;
      const double from = i == 0 ? sample_at(i) : border(sample_at(i), sample_at(i - 1));
      const double to =
          last == kSamples ? sample_at(last) : border(sample_at(last), sample_at(last + 1));
      report_.not_finite.push_back({from, to});
      i = last;
    }
  }

  // Poles between samples, where the values stand out from those around and grow without end.
  void find_poles() {
    const auto size = [&](size_t i) { return std::fabs(values_[i]); };
    for (size_t i = 2; i + 2 <= kSamples; ++i) {
      if (!(size(i) >= size(i - 1) && size(i) >= size(i + 1))) continue;
      if (!(size(i) > 1.5 * size(i - 2) && size(i) > 1.5 * size(i + 2))) continue;
      const double at = highest(sample_at(i - 1), sample_at(i + 1));
      if (std::fabs(value(at)) < 1e9 * (1 + size(i))) continue;
      report_.not_finite.push_back({at, at});
    }
    std::ranges::sort(report_.not_finite, {}, &FormulaInterval::from);
  }

  // Where |f| is largest between two points, by golden sections.
  double highest(double from, double to) const {
    constexpr double kShare = 0.6180339887498949;
    const auto size = [&](double x) { return std::fabs(value(x)); };
    double left = to - kShare * (to - from), right = from + kShare * (to - from);
    double at_left = size(left), at_right = size(right);
    for (int step = 0; step < 80 && from < to; ++step) {
      if (!(at_left < at_right)) {
        to = std::exchange(right, left);
        at_right = std::exchange(at_left, size(left = to - kShare * (to - from)));
      } else {
        from = std::exchange(left, right);
        at_left = std::exchange(at_right, size(right = from + kShare * (to - from)));
      }
    }
    return from;
  }

  // The central difference of fourth order.
  double difference(double x, double h) const {
    const double near = value(x + h) - value(x - h);
    const double far = value(x + 2 * h) - value(x - 2 * h);
    return (8 * near - far) / (12 * h);
  }

  void compare_differences() {
    for (size_t i = 0; i < kSamples; ++i) {
      const double x = (sample_at(i) + sample_at(i + 1)) / 2, exact = slope(x);
      const double width = kStencils[0] * (1 + std::fabs(x));
      if (!std::isfinite(exact) || switches_.differ(x - 2 * width, x + 2 * width)) continue;
      double least = std::numeric_limits<double>::infinity();
      for (const double stencil : kStencils) {
        const double off = std::fabs(difference(x, stencil * (1 + std::fabs(x))) - exact);
        if (off < least) least = off;
        if (off <= 1e-11 * (1 + std::fabs(exact))) break;  // as close as it can get
      }
      if (std::isinf(least)) continue;
      ++report_.compared;
      least /= 1 + std::fabs(exact);
      if (least <= report_.worst_disagreement) continue;
      report_.worst_disagreement = least;
      report_.worst_at = x;
    }
  }

  // Limits at ±∞ and whether the values stay in bounds on the way there and beside kinks.
  void look_far() {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    report_.left_limit = value(-kInfinity);
    report_.right_limit = value(kInfinity);
    const auto flat = [&](double x) { return !std::isnan(value(x)) && std::fabs(slope(x)) < 1e-6; };
    report_.saturates_left = flat(-kInfinity);
    report_.saturates_right = flat(kInfinity);
    std::vector<double> looked = sides_;
    looked.push_back(report_.left_limit);
    looked.push_back(report_.right_limit);
    for (double x = 16; x < 1e15; x *= 16) {
      looked.push_back(value(x));
      looked.push_back(value(-x));
    }
    for (const FormulaInterval& gap : report_.not_finite) {  // a pole's values reach any size
      looked.push_back(value(std::nextafter(gap.from, -kInfinity)));
      looked.push_back(value(std::nextafter(gap.to, kInfinity)));
    }
    const double bound = 1e2 * (1 + std::max(std::fabs(report_.min), std::fabs(report_.max)));
    const auto all = [&](auto holds) { return std::ranges::all_of(looked, holds); };
    report_.bounded_below = all([&](double y) { return !(y < -bound); });
    report_.bounded_above = all([&](double y) { return !(y > bound); });
    double least = kInfinity, most = -kInfinity;
    for (const double y : looked) {
      if (!std::isfinite(y)) continue;
      least = std::min(least, y);
      most = std::max(most, y);
    }
    // A flat piece attains its value, a slope that only ends at ∞ does not, although it rounds to it.
    report_.min_attained =
        report_.min < least || (report_.min == least && slope(report_.min_at) == 0);
    report_.max_attained = report_.max > most || (report_.max == most && slope(report_.max_at) == 0);
    report_.infimum = std::min(report_.min, least);
    report_.supremum = std::max(report_.max, most);
  }

  const Formula& f_;
  const ActivationParams& params_;
  Switches switches_;
  std::vector<double> values_, sides_;
  FormulaReport report_;
};

}  // namespace

FormulaReport check_formula(const Formula& formula, const ActivationParams& params) {
  return Check(formula, params).run();
}

}  // namespace lab
