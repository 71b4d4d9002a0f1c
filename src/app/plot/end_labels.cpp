#include "app/plot/end_labels.h"

#include <algorithm>
#include <cmath>

#include "app/ui/palette.h"

namespace lab {
namespace {

constexpr float kLine = 16;

}  // namespace

void draw_end_labels(Canvas& canvas, std::vector<EndLabel> labels, float left, float top,
                     float bottom) {
  std::ranges::stable_sort(labels, {}, [](const EndLabel& label) { return label.end.y; });
  std::vector<float> places;
  for (const EndLabel& label : labels) {
    const float least = places.empty() ? top + kLine / 2 : places.back() + kLine;
    places.push_back(std::max(label.end.y, least));
  }
  float most = bottom - kLine / 2;
  for (size_t i = places.size(); i-- > 0;) {
    places[i] = std::min(places[i], most);
    most = places[i] - kLine;
  }
  for (size_t i = 0; i < labels.size(); ++i) {
    const ImVec2 at{left, places[i]};
    const bool moved = std::fabs(at.y - labels[i].end.y) > 3 || at.x - labels[i].end.x > 12;
    if (moved) {
      canvas.line({labels[i].end.x + 4, labels[i].end.y}, {at.x - 3, at.y},
                  {faded(labels[i].colour, 0.5f), 1});
    }
    canvas.text(at, style::caption_strong, labels[i].colour, labels[i].name);
  }
}

}  // namespace lab
