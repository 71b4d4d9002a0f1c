#include "core/train/layer_stats.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace lab {
namespace {

constexpr double kSaturated = 0.05;

double rms(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value * value;
  return values.empty() ? 0 : std::sqrt(sum / static_cast<double>(values.size()));
}

double ratio(double over, double under) {
  return under == 0 ? 0 : over / under;
}

Histogram histogram_of(std::span<const double> values) {
  Histogram histogram;
  histogram.counts.resize(Histogram::kBins);
  bool first = true;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    histogram.min = first ? value : std::min(histogram.min, value);
    histogram.max = first ? value : std::max(histogram.max, value);
    first = false;
  }
  const double width = histogram.max - histogram.min;
  const double bins = static_cast<double>(Histogram::kBins);
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    const double place = width > 0 ? (value - histogram.min) / width * bins : 0;
    ++histogram.counts[std::min(static_cast<size_t>(place), Histogram::kBins - 1)];
  }
  return histogram;
}

Distribution distribution_of(std::span<const double> values) {
  Distribution result;
  const double count = static_cast<double>(values.size());
  for (const double value : values) result.mean += value / count;
  double squares = 0;
  for (const double value : values) squares += (value - result.mean) * (value - result.mean);
  result.deviation = std::sqrt(squares / count);
  result.histogram = histogram_of(values);
  return result;
}

}  // namespace

std::vector<LayerStats> layer_stats(const std::vector<train::LayerTrace>& traces, size_t samples) {
  std::vector<LayerStats> all(traces.size());
  if (samples == 0) return all;
  for (size_t l = traces.size(); l-- > 0;) {
    const train::LayerTrace& trace = traces[l];
    LayerStats& stats = all[l];
    stats.pre_activation = distribution_of(trace.z);
    stats.activation = distribution_of(trace.a);
    stats.gradient_rms = rms(trace.gradient);
    if (l + 1 < traces.size()) {
      const double arriving = rms(trace.arriving);
      stats.weight_factor = ratio(arriving, rms(traces[l + 1].gradient));
      stats.slope_factor = ratio(stats.gradient_rms, arriving);
    }
    const size_t units = trace.slope.size() / samples;
    for (size_t u = 0; u < units; ++u) {
      const auto slopes = std::span(trace.slope).subspan(u * samples, samples);
      if (std::ranges::all_of(slopes, [](double s) { return s == 0; }))
        stats.dead_units.push_back(u);
    }
    const auto flat = std::ranges::count_if(
        trace.slope, [](double slope) { return std::fabs(slope) < kSaturated; });
    stats.dead = static_cast<double>(stats.dead_units.size()) / static_cast<double>(units);
    stats.saturated = static_cast<double>(flat) / static_cast<double>(trace.slope.size());
  }
  return all;
}

}  // namespace lab
