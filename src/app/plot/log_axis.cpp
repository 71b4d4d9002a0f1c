#include "app/plot/log_axis.h"

#include <algorithm>
#include <cmath>

#include "app/ui/number.h"

namespace lab {

double exponent_of(double value, double least) {
  const double size = std::fabs(value);
  return size > 0 ? std::clamp(std::log10(size), least, -least) : least;
}

std::vector<Tick> decade_ticks(Span exponents, float length, float spacing) {
  const double rough = exponents.length() * static_cast<double>(spacing / length);
  double step = 1;
  for (const double decades : {1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0}) {
    step = decades;
    if (decades >= rough) break;
  }
  std::vector<Tick> ticks;
  for (double at = std::ceil(exponents.min / step - 1e-9) * step;
       at <= exponents.max + 1e-9 && ticks.size() < 100; at += step) {
    ticks.push_back({at, power_of_ten_text(static_cast<int>(at))});
  }
  return ticks;
}

}  // namespace lab
