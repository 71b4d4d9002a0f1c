#include <imgui.h>
#include <misc/cpp/imgui_stdlib.h>

#include <algorithm>

#include "app/scenes/tensor/tensor_scene.h"
#include "app/ui/widgets.h"
#include "core/pytorch_code.h"
#include "core/tensor_text.h"

namespace lab {
namespace {

constexpr float kPad = 20, kTabHeight = 44;
constexpr std::string_view kDialog = "tensor.text";

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

// Preformatted text in a well, scaled down where a line would not fit. Returns the height.
float draw_code(Ui& ui, ImVec2 at, float width, std::string_view text) {
  const auto lines = lines_of(text);
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
  pen.y += draw_code(ui, pen, width - 2 * pad, text);
  ui.record(tab_ == Tab::code ? "tensor.code" : "tensor.output", {top, {at.x + width - pad, pen.y}},
            Role::text, choices[static_cast<size_t>(tab_)].label, text);
  const ImRect rect(at, {at.x + width, pen.y + pad});
  list->ChannelsSetCurrent(0);
  panel(ui, rect);
  list->ChannelsMerge();
  return rect.GetHeight();
}

void TensorScene::open_text_dialog() {
  draft_ = tensor_literal(model_.document().input);
  draft_error_.clear();
  open_menu(kDialog);
}

void TensorScene::draw_text_dialog(Ui& ui) {
  const ImVec2 view = ImGui::GetMainViewport()->Size;
  const ImVec2 size{std::min(560.0f, view.x - 24), std::min(440.0f, view.y - 24)};
  if (!begin_dialog(ui, kDialog, size)) return;
  const ImVec2 corner = ImGui::GetWindowPos();
  const float width = size.x - 2 * kPad;
  ImVec2 at{corner.x + kPad, corner.y + kPad};
  ui.text(at, style::heading, Tone::text, ui.tr(Str::tensor_text_title));
  at.y += ui.line_height(style::heading) + 2;
  at.y += ui.paragraph(at, width, style::caption, Tone::muted, ui.tr(Str::tensor_text_hint)) + 10;

  const float error_height =
      draft_error_.empty() ? 0 : ui.paragraph_height(width, style::body, draft_error_) + 8;
  const float buttons_top = corner.y + size.y - kPad - kControlHeight;
  const float field_height = buttons_top - 12 - error_height - at.y;
  text_area(ui, "tensor.text.field", {at, {at.x + width, at.y + field_height}},
            ui.tr(Str::tensor_text_title), draft_);
  at.y += field_height + 8;
  if (!draft_error_.empty()) {
    ui.paragraph(at, width, style::body, Tone::warning, draft_error_);
    ui.record("tensor.text.error", {at, {at.x + width, at.y + error_height}}, Role::text,
              draft_error_, draft_error_);
  }
  const ButtonLook primary{.kind = ButtonKind::primary};
  const float apply_width = button_width(ui, ui.tr(Str::apply), primary);
  const float right = corner.x + size.x - kPad;
  const float cancel_width = button_width(ui, ui.tr(Str::cancel));
  if (button(ui, "tensor.text.cancel", {right - apply_width - 8 - cancel_width, buttons_top},
             ui.tr(Str::cancel))) {
    ImGui::CloseCurrentPopup();
  }
  if (button(ui, "tensor.text.apply", {right - apply_width, buttons_top}, ui.tr(Str::apply),
             primary)) {
    draft_error_ = take_input(ui, draft_);
    if (draft_error_.empty()) {
      error_.clear();
      ImGui::CloseCurrentPopup();
    }
  }
  end_dialog();
}

// Takes the text as the input and returns nothing, or says what is wrong and keeps the old input.
std::string TensorScene::take_input(const Ui& ui, std::string_view text) {
  const Result<Tensor> parsed = parse_tensor(text);
  if (!parsed.ok()) {
    const Error& error = parsed.error();
    const std::string message = error.message(ui.language);
    if (!error.line || !error.column) return message;
    return ui.tr(Str::error_at,
                 {std::to_string(*error.line), std::to_string(*error.column), message});
  }
  const std::optional<Str> refused = model_.set_input(parsed.value());
  if (!refused) return {};
  const std::vector<int64_t>& shape = parsed.value().shape;
  if (*refused == Str::tensor_too_deep) return ui.tr(*refused, {std::to_string(shape.size())});
  std::string extents;
  for (size_t i = 0; i < shape.size(); ++i) {
    extents += (i > 0 ? " × " : "") + std::to_string(shape[i]);
  }
  return ui.tr(*refused, {extents});
}

}  // namespace lab
