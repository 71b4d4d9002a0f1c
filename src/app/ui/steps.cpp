#include "app/ui/steps.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/tensor_text.h"

namespace lab {

float step_size(float min, float max, bool fine) {
  const float span = std::isfinite(max - min) ? max - min : 10.0f;
  const float step = std::pow(10.0f, std::floor(std::log10(std::max(span, 1e-6f) / 100)));
  return fine ? step / 10 : step;
}

float stepped(float value, float steps, float step, float min, float max) {
  const float moved = std::round((value + steps * step) / step) * step;
  // Rounded once more in decimal, so that 0.1 + 0.2 is shown and stored as 0.3.
  const float scale = std::pow(10.0f, std::round(-std::log10(step)));
  return std::clamp(std::round(moved * scale) / scale, min, max);
}

float key_steps(ImGuiID item) {
  constexpr float inf = std::numeric_limits<float>::infinity();
  constexpr std::pair<ImGuiKey, float> kKeys[] = {
      {ImGuiKey_RightArrow, 1}, {ImGuiKey_UpArrow, 1},         {ImGuiKey_Equal, 1},
      {ImGuiKey_KeypadAdd, 1},  {ImGuiKey_LeftArrow, -1},      {ImGuiKey_DownArrow, -1},
      {ImGuiKey_Minus, -1},     {ImGuiKey_KeypadSubtract, -1}, {ImGuiKey_PageUp, 10},
      {ImGuiKey_PageDown, -10}, {ImGuiKey_End, inf},           {ImGuiKey_Home, -inf},
  };
  float asked = 0;
  for (const auto& [key, steps] : kKeys) {
    if (asked == 0 && ImGui::IsKeyPressed(key)) asked = steps;
    ImGui::SetKeyOwner(key, item);
  }
  return asked;
}

void record_range(Ui& ui, float min, float max, std::optional<float> now) {
  if (!std::isfinite(min) || !std::isfinite(max)) return;
  ui.last_control().range = {min, max, step_size(min, max, false), now};
}

std::optional<float> number_set(const Ui& ui, std::string_view id, float min, float max) {
  const std::optional<std::string> text = ui.text_set(id);
  if (!text) return {};
  const Result<Tensor> number = parse_tensor(*text);
  if (!number.ok() || number.value().data.size() != 1) return {};
  const float value = number.value().data.front();
  if (std::isnan(value)) return {};
  return std::clamp(value, min, max);
}

}  // namespace lab
