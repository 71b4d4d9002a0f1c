#include <algorithm>
#include <cmath>
#include <vector>

#include "app/ui/widgets.h"

namespace lab {
namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  if (text.ends_with('\n')) text.remove_suffix(1);
  for (size_t start = 0; start <= text.size();) {
    const size_t end = std::min(text.find('\n', start), text.size());
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

}  // namespace

float code_well(Ui& ui, ImVec2 at, float width, std::string_view text, size_t most) {
  auto lines = lines_of(text);
  if (lines.size() > most) {
    lines.resize(most - 1);
    lines.push_back("…");
  }
  TextStyle style = style::code;
  float widest = 1;
  for (std::string_view line : lines) widest = std::max(widest, ui.type().width(style, line));
  const float room = width - 32;
  if (widest > room) style.size = std::max(8.0f, style.size * room / widest);
  const float leading = std::round(style.size * 1.55f);
  const float height = static_cast<float>(lines.size()) * leading + 28;
  ui.list()->AddRectFilled(at, {at.x + width, at.y + height}, ui.tone(Tone::sunken), 8);
  ImVec2 pen{at.x + 16, at.y + 14 + leading / 2};
  for (std::string_view line : lines) {
    ui.type().draw_middle(ui.list(), pen, style, ui.tone(Tone::text), line);
    pen.y += leading;
  }
  return height;
}

}  // namespace lab
