#include "app/ui/steps.h"

#include <algorithm>
#include <cmath>

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
  ImGui::SetKeyOwner(ImGuiKey_LeftArrow, item);
  ImGui::SetKeyOwner(ImGuiKey_RightArrow, item);
  const auto any = [](std::initializer_list<ImGuiKey> keys) {
    return std::ranges::any_of(keys, [](ImGuiKey key) { return ImGui::IsKeyPressed(key); });
  };
  const bool up = any({ImGuiKey_RightArrow, ImGuiKey_Equal, ImGuiKey_KeypadAdd});
  const bool down = any({ImGuiKey_LeftArrow, ImGuiKey_Minus, ImGuiKey_KeypadSubtract});
  return (up ? 1.0f : 0.0f) - (down ? 1.0f : 0.0f);
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
