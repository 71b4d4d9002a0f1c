#include "app/scenes/tensor/tensor_scene.h"

#include <algorithm>
#include <utility>

#include "app/ui/widgets.h"
#include "core/pytorch_code.h"

namespace lab {
namespace {

constexpr float kGroupGap = 24;

}  // namespace

float TensorScene::draw(Ui& ui, const SceneFrame& frame) {
  drawn_ = true;
  keep_focus_inside();
  handle_keys(frame.platform);
  ImVec2 at = frame.top_left;
  const auto add = [&](bool shown, const auto& draw) {
    if (!shown) return;
    const float height = draw();
    if (height > 0) at.y += height + kGroupGap;
  };
  add(true, [&] { return draw_heading(ui, frame, at); });
  add(true, [&] { return draw_flow(ui, frame, at); });
  add(frame.shows("trace"), [&] { return draw_trace(ui, at, frame.width); });
  add(frame.shows("result"), [&] { return draw_result(ui, frame, at); });
  at.y -= kGroupGap;
  draw_text_dialog(ui);
  if (pending_) {
    std::exchange(pending_, nullptr)();
    ui.keep_moving();
  }
  return at.y - frame.top_left.y;
}

void TensorScene::keep_focus_inside() {
  focus_.row = std::min(focus_.row, model_.rows() - 1);
  focus_.column = std::min(focus_.column, model_.columns() - 1);
  if (editing_ && (editing_->row >= model_.rows() || editing_->column >= model_.columns())) {
    editing_.reset();
  }
}

// Shortcuts of the whole scene, where no text is being typed.
void TensorScene::handle_keys(Platform& platform) {
  if (ImGui::GetIO().WantTextInput || ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) return;
  const auto pressed = [](ImGuiKeyChord chord) {
    return ImGui::IsKeyChordPressed(chord, ImGuiInputFlags_Repeat);
  };
  if (pressed(ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_Z) || pressed(ImGuiMod_Ctrl | ImGuiKey_Y)) {
    later([this] { model_.redo(); });
  } else if (pressed(ImGuiMod_Ctrl | ImGuiKey_Z)) {
    later([this] { model_.undo(); });
  } else if (pressed(ImGuiMod_Ctrl | ImGuiKey_C)) {
    platform.set_clipboard(tensor_literal(model_.document().input));
  } else if (pressed(ImGuiMod_Ctrl | ImGuiKey_V)) {
    later([this, text = platform.clipboard()] { complaint_ = take_input(text); });
  }
}

float TensorScene::draw_heading(Ui& ui, const SceneFrame& frame, ImVec2 at) {
  const Choice choices[] = {{"values", ui.tr(Str::tensor_view_values)},
                            {"gradient", ui.tr(Str::tensor_view_gradient)}};
  const bool title = frame.shows("title"), view = frame.shows("view");
  const float control = view ? segmented_width(ui, choices) : 0;
  const bool beside = frame.width - control > 520;
  const float text_width =
      beside ? std::min(frame.width - control - kGroupGap, 720.0f) : frame.width;
  const float top = at.y;
  if (title) {
    at.y += ui.paragraph(at, text_width, style::title, Tone::text, ui.tr(Str::tensor_title)) + 4;
    at.y += ui.paragraph(at, text_width, style::body, Tone::muted,
                         ui.tr(gradient_ ? Str::tensor_lead_gradient : Str::tensor_lead));
  }
  if (!view) return at.y - top;
  ImVec2 corner{at.x + frame.width - control, at.y - kControlHeight};
  if (!beside) corner = {at.x, at.y + 16};
  if (!title) corner = at;
  gradient_ = segmented(ui, "tensor.view", corner, choices, gradient_ ? 1 : 0) == 1;
  return std::max(at.y, corner.y + kControlHeight) - top;
}

std::string TensorScene::sentence(Language language) const {
  return model_.sentence(language, gradient_);
}

std::vector<Figure> TensorScene::figures(const Ui& ui) {
  const ImRect& steps = trace_part_;
  return {{"flow", Str::tensor_picture_flow, "", flow_picture(ui),
           [this, &ui](Canvas& canvas) { paint_flow(ui, canvas); }},
          {"trace",
           Str::tensor_picture_trace,
           "trace",
           {{steps.Min.x - 12, steps.Min.y - 8}, {steps.Max.x + 12, steps.Max.y + 8}},
           [this, &ui](Canvas& canvas) { paint_trace(ui, canvas); }}};
}

void TensorScene::write_state(JsonWriter& json) const {
  const TensorDocument& document = model_.document();
  json.key("input").begin_object();
  json.key("shape").begin_array();
  for (int64_t extent : document.input.shape) json.value(extent);
  json.end_array();
  json.key("data").begin_array();
  for (float value : document.input.data) json.value(value);
  json.end_array();
  json.end_object();
  json.key("layers").begin_array();
  for (const ChainLayer& layer : document.chain) {
    json.begin_object();
    json.member("activation", layer.activation->id);
    json.key("params").begin_object();
    for (size_t i = 0; i < layer.activation->params.size(); ++i) {
      json.member(layer.activation->params[i].id, layer.params[i]);
    }
    json.end_object();
    json.end_object();
  }
  json.end_array();
  json.key("cell").begin_array().value(focus_.row).value(focus_.column).end_array();
  json.member("show", gradient_ ? "gradient" : "values");
  json.member("tab", tab_ == Tab::code ? "code" : "printed");
  json.member("output", model_.printed_output());
}

}  // namespace lab
