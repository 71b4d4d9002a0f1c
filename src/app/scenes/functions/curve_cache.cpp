#include "app/scenes/functions/curve_cache.h"

#include <algorithm>

namespace lab {
namespace {

constexpr size_t kKept = 24;  // eight functions with two derivatives

bool same_view(const Axes& a, const Axes& b) {
  return a.x == b.x && a.y == b.y && a.rect.Max.x == b.rect.Max.x && a.rect.Max.y == b.rect.Max.y;
}

}  // namespace

const Curve& CurveCache::get(const FunctionChoice& choice, Order order, const Axes& axes) {
  const Axes at_origin{{{0, 0}, axes.rect.GetSize()}, axes.x, axes.y};
  const auto found = std::ranges::find_if(recent_, [&](const Entry& entry) {
    return entry.choice == choice && entry.order == order && same_view(entry.axes, at_origin);
  });
  if (found != recent_.end()) {
    std::rotate(recent_.begin(), found, found + 1);
  } else {
    if (recent_.size() == kKept) recent_.pop_back();
    recent_.insert(recent_.begin(),
                   {choice, order, at_origin, make_curve(choice, order, at_origin)});
  }
  return recent_.front().curve;
}

}  // namespace lab
