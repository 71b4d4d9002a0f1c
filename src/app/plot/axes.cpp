#include "app/plot/axes.h"

#include <algorithm>
#include <cmath>

#include "app/ui/number.h"

namespace lab {
namespace {

constexpr float kLabelGap = 8;    // between a label and the axis
constexpr float kLeastRoom = 44;  // left of the axis, for labels
constexpr float kRightRoom = 12;  // right of it

double narrowest_between(double min, double max) {
  return narrowest(std::max(std::fabs(min), std::fabs(max)));
}

// A stretch of about that length from about there on that may be shown.
Span stretch(double min, double length) {
  const double least = narrowest_between(min, min + length);
  length = std::clamp(length, std::min(least, 2 * kFarthest), 2 * kFarthest);
  min = std::clamp(min, -kFarthest, kFarthest - length);
  return {min, min + length};
}

Span scaled(Span span, double about, double factor) {
  const double share = (about - span.min) / span.length();
  const double least = narrowest_between(span.min, span.max);
  const double length = std::clamp(span.length() * factor, least, 2 * kFarthest);
  return stretch(about - share * length, length);
}

}  // namespace

double narrowest(double place) {
  return std::max(1e-6, 4e-6 * std::fabs(place));
}

std::vector<Tick> linear_ticks(Span span, float length, float spacing) {
  const double rough = span.length() * static_cast<double>(spacing / length);
  const double decade = std::pow(10.0, std::floor(std::log10(rough)));
  double step = 10 * decade;
  for (double times : {1.0, 2.0, 5.0}) {
    if (times * decade >= rough * (1 - 1e-6)) {
      step = times * decade;
      break;
    }
  }
  std::vector<Tick> ticks;
  const int digits = digits_apart(std::max(std::fabs(span.min), std::fabs(span.max)), step, 6);
  const double first = std::ceil(span.min / step - 1e-9);
  const double last = std::floor(span.max / step + 1e-9);
  for (double i = first; i <= last && ticks.size() < 100; ++i) {
    ticks.push_back({i * step, number_text(i * step, digits)});
  }
  return ticks;
}

std::vector<Tick> linear_ticks(const Type& type, Span span, float length, float spacing) {
  constexpr float kGap = 16;
  std::vector<Tick> ticks = linear_ticks(span, length, spacing);
  // Fewer ticks have shorter labels, if anything, so that this comes to an end.
  for (int i = 0; i < 4; ++i) {
    const float needed = widest_label(type, ticks) + kGap;
    if (needed <= spacing) break;
    spacing = needed;
    ticks = linear_ticks(span, length, spacing);
  }
  return ticks;
}

float widest_label(const Type& type, std::span<const Tick> ticks) {
  float width = 0;
  for (const Tick& tick : ticks) width = std::max(width, type.width(style::caption, tick.label));
  return width;
}

float Axes::left_room(const Type& type) const {
  return std::max(kLeastRoom, widest_label(type, y_ticks()) + kLabelGap);
}

std::vector<Tick> Axes::y_ticks() const {
  return linear_ticks(y, rect.GetHeight(), 44);
}

float Axes::screen_x(double value) const {
  return rect.Min.x + static_cast<float>((value - x.min) / x.length()) * rect.GetWidth();
}

float Axes::screen_y(double value) const {
  return rect.Max.y - static_cast<float>((value - y.min) / y.length()) * rect.GetHeight();
}

double Axes::plane_x(float px) const {
  return x.min + static_cast<double>((px - rect.Min.x) / rect.GetWidth()) * x.length();
}

double Axes::plane_y(float py) const {
  return y.min + static_cast<double>((rect.Max.y - py) / rect.GetHeight()) * y.length();
}

void Axes::draw(Canvas& canvas, Theme theme) const {
  const Stroke grid{faded(tone(theme, Tone::line), 0.7f), 1};
  const Stroke axis{tone(theme, Tone::muted), 1};
  const ImU32 ink = tone(theme, Tone::muted);
  const TextStyle style = style::caption;
  const float left = rect.Min.x - left_room(canvas.type());
  for (const Tick& tick : linear_ticks(canvas.type(), x, rect.GetWidth(), 72)) {
    const float at = std::round(screen_x(tick.value)) + 0.5f;
    canvas.line({at, rect.Min.y}, {at, rect.Max.y}, grid);
    const float half = canvas.type().width(style, tick.label) / 2;
    if (at - half < left || at + half > rect.Max.x + kRightRoom) continue;  // out of the picture
    canvas.text({at, rect.Max.y + 14}, style, ink, tick.label, 0.5f);
  }
  for (const Tick& tick : y_ticks()) {
    const float at = std::round(screen_y(tick.value)) + 0.5f;
    canvas.line({rect.Min.x, at}, {rect.Max.x, at}, grid);
    canvas.text({rect.Min.x - kLabelGap, at}, style, ink, tick.label, 1);
  }
  if (x.min < 0 && x.max > 0) {
    const float at = std::round(screen_x(0)) + 0.5f;
    canvas.line({at, rect.Min.y}, {at, rect.Max.y}, axis);
  }
  if (y.min < 0 && y.max > 0) {
    const float at = std::round(screen_y(0)) + 0.5f;
    canvas.line({rect.Min.x, at}, {rect.Max.x, at}, axis);
  }
}

void Axes::pan(ImVec2 by) {
  const double dx = -static_cast<double>(by.x / rect.GetWidth()) * x.length();
  const double dy = static_cast<double>(by.y / rect.GetHeight()) * y.length();
  x = stretch(x.min + dx, x.length());
  y = stretch(y.min + dy, y.length());
}

void Axes::zoom(ImVec2 about, double factor) {
  x = scaled(x, plane_x(about.x), factor);
  y = scaled(y, plane_y(about.y), factor);
}

}  // namespace lab
