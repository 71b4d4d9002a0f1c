#include "app/plot/curve.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace lab {
namespace {

constexpr float kFarAway = 1e5f;     // CSS px; what lies further off is not visible anyway
constexpr float kSamePlace = 1e-3f;  // CSS px; a line needs a direction

void evaluate_second(const FunctionChoice& choice, std::span<const float> x, std::span<float> y) {
  const Activation& f = *choice.activation;
  const std::vector<double> kinks = f.kink_positions(choice.params);
  for (size_t i = 0; i < x.size(); ++i) {
    const double at = static_cast<double>(x[i]);
    const double h = 1e-4 * std::max(1.0, std::fabs(at));
    if (std::ranges::any_of(kinks, [&](double kink) { return std::fabs(kink - at) <= h; })) {
      y[i] = std::numeric_limits<float>::quiet_NaN();
      continue;
    }
    y[i] = static_cast<float>(
        (f.exact_derivative(choice.params, at + h) - f.exact_derivative(choice.params, at - h)) /
        (2 * h));
  }
}

void evaluate_all(const FunctionChoice& choice, Order order, std::span<const float> x,
                  std::span<float> y) {
  const Activation& f = *choice.activation;
  if (order == Order::value) return f.evaluate(choice.params, x, y);
  if (order == Order::first) f.differentiate(choice.params, x, y);
  if (order == Order::second) evaluate_second(choice, x, y);
  // Where there is no value there is no slope, though the formula of one may go on, as 1/x does
  // beyond ln x.
  std::vector<float> value(x.size());
  f.evaluate(choice.params, x, value);
  for (size_t i = 0; i < x.size(); ++i) {
    if (std::isnan(value[i])) y[i] = value[i];
  }
}

// x of the samples, with a pair of neighbours around each break; `breaks` are indices of samples
// before which the curve is interrupted.
struct Samples {
  std::vector<float> x;
  std::vector<size_t> breaks;
};

Samples sample_positions(const FunctionChoice& choice, Order order, const Axes& axes) {
  std::vector<float> x, breaks;
  const auto count = static_cast<size_t>(std::max(16.0f, axes.rect.GetWidth())) + 1;
  for (size_t i = 0; i < count; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(count - 1);
    x.push_back(static_cast<float>(axes.x.min + share * axes.x.length()));
  }
  const std::vector<double> kinks = choice.activation->kink_positions(choice.params);
  // f″ is differenced over 1e-4 on either side, which must not reach across the kink.
  const float side = order == Order::second ? 3e-4f : 0;
  for (double kink : kinks) {
    const auto at = static_cast<float>(kink);
    if (kink < axes.x.min || kink > axes.x.max) continue;
    const float reach = side * std::max(1.0f, std::fabs(at));
    std::erase_if(x, [&](float other) { return std::fabs(other - at) <= reach; });
    x.push_back(reach > 0 ? at - reach : std::nextafter(at, -INFINITY));
    if (reach == 0) x.push_back(at);
    x.push_back(reach > 0 ? at + reach : std::nextafter(at, INFINITY));
    breaks.push_back(at);
  }
  std::ranges::sort(x);
  Samples samples{std::move(x), {}};
  for (float at : breaks) {
    const auto after = std::ranges::lower_bound(samples.x, at);
    samples.breaks.push_back(static_cast<size_t>(after - samples.x.begin()));
  }
  std::ranges::sort(samples.breaks);
  return samples;
}

}  // namespace

float evaluate(const FunctionChoice& choice, Order order, float x) {
  float y = 0;
  evaluate_all(choice, order, {&x, 1}, {&y, 1});
  return y;
}

Curve make_curve(const FunctionChoice& choice, Order order, const Axes& axes) {
  const Samples samples = sample_positions(choice, order, axes);
  std::vector<float> y(samples.x.size());
  evaluate_all(choice, order, samples.x, y);
  const auto place = [&](size_t i) {
    ImVec2 at = axes.place(static_cast<double>(samples.x[i]), static_cast<double>(y[i]));
    at.y = std::clamp(at.y, -kFarAway, kFarAway);
    return at;
  };
  Curve curve;
  std::vector<ImVec2> piece;
  const auto add = [&](ImVec2 at) {  // samples beside a kink mostly fall onto it
    const bool moved = piece.empty() || std::fabs(at.x - piece.back().x) > kSamePlace ||
                       std::fabs(at.y - piece.back().y) > kSamePlace;
    if (moved) piece.push_back(at);
  };
  const auto finish = [&] {
    if (piece.size() > 1) curve.pieces.push_back(std::move(piece));
    piece.clear();
  };
  // A break is a jump where the values on its two sides differ by more than a pixel.
  const float pixel = static_cast<float>(axes.y.length()) / axes.rect.GetHeight();
  for (size_t i = 0; i < y.size(); ++i) {
    if (std::ranges::binary_search(samples.breaks, i) && i > 0 && i + 1 < y.size()) {
      const bool at_kink = order != Order::second;
      const float before = y[i - 1], after = at_kink ? y[i + 1] : y[i];
      if (std::fabs(after - before) > pixel) {
        finish();
        if (at_kink) {
          const bool left = std::fabs(y[i] - before) <= pixel;
          const bool right = std::fabs(y[i] - after) <= pixel;
          curve.dots.push_back({place(i), false});
          if (!left) curve.dots.push_back({place(i - 1), true});
          if (!right) curve.dots.push_back({place(i + 1), true});
          if (left && !curve.pieces.empty()) curve.pieces.back().push_back(place(i));
          if (!right) continue;  // the value belongs to the left side or to neither
        }
      }
    }
    if (std::isfinite(y[i])) {
      add(place(i));
    } else {
      finish();
    }
  }
  finish();
  return curve;
}

void draw_curve(Canvas& canvas, const Curve& curve, ImVec2 offset, const Stroke& stroke,
                ImU32 ground) {
  const auto moved = [offset](ImVec2 at) { return ImVec2{at.x + offset.x, at.y + offset.y}; };
  std::vector<ImVec2> points;
  for (const std::vector<ImVec2>& piece : curve.pieces) {
    points.resize(piece.size());
    std::ranges::transform(piece, points.begin(), moved);
    canvas.polyline(points, stroke);
  }
  for (const Curve::Dot& dot : curve.dots) {
    if (dot.open) {
      canvas.dot(moved(dot.at), 4, stroke.colour, 1.5f, ground);
    } else {
      canvas.dot(moved(dot.at), 4, stroke.colour);
    }
  }
}

std::vector<Region> slope_regions(const FunctionChoice& choice, Span x, size_t samples) {
  std::vector<float> at(samples), slope(samples);
  for (size_t i = 0; i < samples; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(samples - 1);
    at[i] = static_cast<float>(x.min + share * x.length());
  }
  evaluate_all(choice, Order::first, at, slope);
  std::vector<Region> regions;
  const auto kind = [&](size_t i) {
    return slope[i] == 0 ? 2 : std::fabs(slope[i]) < kSaturatedSlope ? 1 : 0;
  };
  for (size_t i = 0; i < samples;) {
    size_t end = i;
    while (end < samples && kind(end) == kind(i)) ++end;
    // A single sample is a kink or the bottom of a dip, no region.
    if (kind(i) != 0 && end - i > 2) {
      regions.push_back(
          {static_cast<double>(at[i]), static_cast<double>(at[end - 1]), kind(i) == 2});
    }
    i = end;
  }
  return regions;
}

double error_in_ulp(const FunctionChoice& choice, float x) {
  const double exact = choice.activation->exact_value(choice.params, static_cast<double>(x));
  const double computed = static_cast<double>(evaluate(choice, Order::value, x));
  if (computed == exact) return 0;
  int exponent = 0;
  std::frexp(exact, &exponent);
  return std::fabs(computed - exact) / std::ldexp(1.0, std::max(exponent - 24, -149));
}

namespace {

// ∫ f over intervals, by Gauss and Legendre's three points. An interval is halved until Simpson's
// rule agrees, which a jump anywhere in it prevents; both stay within the ends, where f may jump as
// well. NaN where that takes too long: then there may be no integral.
template <class Function>
struct Integral {
  Function f;
  int intervals = 10'000;  // that are left

  double over(double from, double width, int halvings = 40) {
    static constexpr double kApart = 0.38729833462074168852;  // √(3/5)/2
    const double middle = from + width / 2, apart = width * kApart, end = width * (0.5 - 1e-9);
    const double at_middle = f(middle);
    const double gauss = width * (5 * (f(middle - apart) + f(middle + apart)) + 8 * at_middle) / 18;
    const double simpson = width * (f(middle - end) + f(middle + end) + 4 * at_middle) / 6;
    constexpr double enough = 1e-9;
    if (std::fabs(gauss - simpson) <= enough) return gauss;
    if (halvings == 0 || --intervals < 0 || !std::isfinite(gauss - simpson)) {
      return std::numeric_limits<double>::quiet_NaN();
    }
    return over(from, width / 2, halvings - 1) + over(middle, width / 2, halvings - 1);
  }
};

}  // namespace

double mean_of_normal(const FunctionChoice& choice) {
  constexpr int cells = 200;
  constexpr double reach = 10, width = 2 * reach / cells;
  Integral integral{[&](double x) {
    const double density = std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi);
    return density * choice.activation->exact_value(choice.params, x);
  }};
  double sum = 0;
  for (int i = 0; i < cells; ++i) sum += integral.over((i - cells / 2) * width, width);
  return sum;
}

}  // namespace lab
