#include "app/scenes/train/network_layout.h"

#include <algorithm>
#include <cmath>

namespace lab {
namespace {

constexpr float kLargest = 52, kSmallestGap = 4, kLargestGap = 24;
constexpr float kNames = 56;        // room for the names of the inputs
constexpr float kComfortable = 20;  // smaller units go into further columns, if there is room

// Squares for `count` units around the middle of a column.
std::vector<ImRect> stack(ImRect column, size_t count) {
  const float height = column.GetHeight(), width = column.GetWidth();
  size_t across = 1;
  const auto side_of = [&](size_t columns) {
    const size_t rows = (count + columns - 1) / columns;
    const float by_height = height / static_cast<float>(rows) - kSmallestGap;
    const float by_width = (width * 0.62f) / static_cast<float>(columns) - kSmallestGap;
    return std::floor(std::clamp(std::min(by_height, by_width), 4.0f, kLargest));
  };
  while (side_of(across) < kComfortable && side_of(across + 1) > side_of(across)) ++across;
  const float side = side_of(across);
  const size_t rows = (count + across - 1) / across;
  const float free_height = height - static_cast<float>(rows) * side;
  const float gap = std::clamp(rows > 1 ? free_height / static_cast<float>(rows) : 0.0f,
                               kSmallestGap, across > 1 ? kSmallestGap : kLargestGap);
  const float total = static_cast<float>(rows) * (side + gap) - gap;
  const float total_width = static_cast<float>(across) * (side + kSmallestGap) - kSmallestGap;
  const ImVec2 corner{column.GetCenter().x - total_width / 2,
                      column.Min.y + std::max(0.0f, (height - total) / 2)};
  std::vector<ImRect> rects;
  for (size_t i = 0; i < count; ++i) {
    const size_t in_row = i / rows, in_column = i % rows;
    const ImVec2 at{std::round(corner.x + static_cast<float>(in_row) * (side + kSmallestGap)),
                    std::round(corner.y + static_cast<float>(in_column) * (side + gap))};
    rects.emplace_back(at, ImVec2{at.x + side, at.y + side});
  }
  return rects;
}

}  // namespace

NetworkLayout lay_out_network(ImRect rect, float head, const Experiment& experiment) {
  NetworkLayout layout;
  layout.area = {{rect.Min.x, rect.Min.y + head}, rect.Max};
  const size_t layers = experiment.network.hidden.size() + 1;
  const float step = rect.GetWidth() / static_cast<float>(layers + 1);
  const auto column = [&](size_t index) {
    const float left = rect.Min.x + static_cast<float>(index) * step;
    return ImRect({left, layout.area.Min.y}, {left + step, rect.Max.y});
  };
  // Their names stand on their left.
  ImRect inputs = column(0);
  inputs.Min.x += std::max(0.0f, kNames - inputs.GetWidth() * 0.19f) / 2;
  layout.features = stack(inputs, features().size());
  for (size_t l = 0; l < layers; ++l) {
    const bool hidden = l + 1 < layers;
    const int units = hidden ? experiment.network.hidden[l].units : experiment.network.outputs;
    layout.columns.emplace_back(ImVec2{column(l + 1).Min.x, rect.Min.y}, column(l + 1).Max);
    layout.units.push_back(stack(column(l + 1), static_cast<size_t>(units)));
  }
  return layout;
}

}  // namespace lab
