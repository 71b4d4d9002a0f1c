#include <algorithm>

#include "app/scenes/tensor/tensor_scene.h"
#include "app/ui/widgets.h"
#include "core/pytorch_code.h"
#include "core/tensor_text.h"

namespace lab {
namespace {

constexpr float kPad = 20, kTabHeight = 44;

}  // namespace

// What Python would print, and the Python that prints it.
float TensorScene::draw_result(Ui& ui, const SceneFrame& frame, ImVec2 at) {
  const Choice choices[] = {{"printed", ui.tr(Str::printed_tab)}, {"code", ui.tr(Str::code_tab)}};
  ImDrawList* list = ui.list();
  list->ChannelsSplit(2);
  list->ChannelsSetCurrent(1);
  const float pad = frame.width < 640 ? 12 : kPad;
  const float width = frame.width;
  tab_ = static_cast<Tab>(tabs(ui, "tensor.tab", {at.x + pad - 12, at.y + 8}, kTabHeight, choices,
                               static_cast<size_t>(tab_)));
  const std::string text = tab_ == Tab::code ? model_.code(gradient_) : model_.printed_output();

  const bool copied = frame.platform.now() < copied_until_;
  if (copied) ui.keep_moving();
  const std::string_view label = ui.tr(copied              ? Str::copied
                                       : tab_ == Tab::code ? Str::copy_code
                                                           : Str::copy);
  const ButtonLook look{.kind = ButtonKind::outline, .icon = copied ? Icon::check : Icon::copy};
  const float copy_width = button_width(ui, label, look);
  const bool fits = tabs_width(ui, choices) + copy_width + 2 * pad < width;
  ImVec2 pen{at.x + pad, at.y + kTabHeight + 20};
  ImVec2 copy_at{at.x + width - pad - copy_width, at.y + 14};
  if (!fits) {
    copy_at = pen;
    pen.y += kControlHeight + 12;
  }
  if (button(ui, "tensor.copy", copy_at, label, look)) {
    frame.platform.set_clipboard(text);
    copied_until_ = frame.platform.now() + 1.6;
    ui.keep_moving();
  }
  const ImVec2 top = pen;
  pen.y += code_well(ui, pen, width - 2 * pad, text);
  ui.record(tab_ == Tab::code ? "tensor.code" : "tensor.output", {top, {at.x + width - pad, pen.y}},
            Role::text, choices[static_cast<size_t>(tab_)].label, text);
  const ImRect rect(at, {at.x + width, pen.y + pad});
  list->ChannelsSetCurrent(0);
  panel(ui, rect);
  list->ChannelsMerge();
  return rect.GetHeight();
}

void TensorScene::open_text_dialog() {
  text_.open(tensor_literal(model_.document().input));
}

void TensorScene::draw_text_dialog(Ui& ui) {
  text_.draw(ui, ui.tr(Str::tensor_text_title), ui.tr(Str::tensor_text_hint),
             [&](const std::string& text) {
               Complaint wrong = take_input(text);
               if (!wrong) complaint_.clear();
               return wrong;
             });
}

// Takes the text as the input, or says what is wrong and keeps the old input.
Complaint TensorScene::take_input(std::string_view text) {
  const Result<Tensor> parsed = parse_tensor(text);
  if (!parsed.ok()) return parsed.error();
  if (!model_.set_input(parsed.value())) return {};
  return refusal(parsed.value());
}

Complaint TensorScene::refusal(const Tensor& input) {
  const std::optional<Str> refused = TensorModel::check_input(input);
  if (!refused) return {};
  const std::vector<int64_t>& shape = input.shape;
  if (*refused == Str::tensor_too_deep) {
    return Complaint(*refused, {std::to_string(shape.size())});
  }
  std::string extents;
  for (size_t i = 0; i < shape.size(); ++i) {
    extents += (i > 0 ? " × " : "") + std::to_string(shape[i]);
  }
  return Complaint(*refused, {extents});
}

}  // namespace lab
