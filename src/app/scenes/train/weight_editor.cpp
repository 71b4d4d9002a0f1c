#include "app/scenes/train/weight_editor.h"

#include <algorithm>
#include <cmath>

#include "app/ui/number.h"
#include "app/ui/widgets.h"
#include "core/tensor_text.h"

namespace lab {
namespace {

constexpr ImVec2 kSize{280, 176};
constexpr float kPad = 16, kReach = 4;  // the slider goes from −kReach to kReach
constexpr float kMost = 1e6f;           // in size, for what is typed
constexpr std::string_view kPopover = "train.weight", kEntry = "train.weight.value";

}  // namespace

std::string weight_name(const Ui& ui, const Experiment& experiment, const WeightIndex& index) {
  const bool output = static_cast<size_t>(index.layer) == experiment.network.hidden.size();
  const std::string unit = std::to_string(index.unit + 1);
  const std::string to = output ? ui.tr(Str::train_output_unit, {unit})
                                : ui.tr(Str::train_unit, {unit, std::to_string(index.layer + 1)});
  if (index.input < 0) return ui.tr(Str::train_bias_of, {to});
  const auto input = static_cast<size_t>(index.input);
  const std::string from =
      index.layer == 0
          ? std::string(find_feature(experiment.features[input])->text)
          : ui.tr(Str::train_unit, {std::to_string(index.input + 1), std::to_string(index.layer)});
  return ui.tr(Str::train_weight_of, {from, to});
}

void set_weight(TrainModel& model, TrainView& view, std::string_view control,
                const WeightIndex& index, const std::string& text) {
  const Result<Tensor> read = parse_tensor(text);
  const bool single = read && read.value().data.size() == 1;
  if (single && std::fabs(read.value().data[0]) <= kMost) {
    view.later([&model, index, value = static_cast<double>(read.value().data[0])] {
      model.set_weight(index, value);
    });
  } else {
    view.complaint = Complaint::beside(control, Str::train_not_a_weight, {text});
  }
}

void WeightEditor::open(const WeightIndex& index, ImVec2 at) {
  index_ = index;
  at_ = at;
  open_menu(kPopover);
}

void WeightEditor::draw(Ui& ui, TrainView& view) {
  const ImRect anchor(at_, at_);
  const float width = kSize.x - 2 * kPad;
  const std::string name = weight_name(ui, model_.document(), index_);
  float more = ui.paragraph_height(width, style::strong, name) - ui.line_height(style::strong);
  if (view.complaint.place() == kEntry) {
    more += ui.paragraph_height(width, style::body, view.complaint.in(ui.language)) + 12;
  }
  if (!begin_popover(ui, kPopover, anchor, {kSize.x, kSize.y + more})) return;
  const ImVec2 corner = ImGui::GetWindowPos();
  ImVec2 at{corner.x + kPad, corner.y + kPad};
  at.y += ui.paragraph(at, width, style::strong, Tone::text, name) + 8;
  const auto set = [&](double value) {
    view.later([this, index = index_, value] { model_.set_weight(index, value); });
  };
  const auto now = static_cast<float>(model_.weight(index_));
  if (const auto text = entry_field(ui, kEntry, at, width, name, number_plain(now))) {
    set_weight(model_, view, kEntry, index_, *text);
  }
  at.y += kControlHeight + 6;
  at.y += error_beside(ui, kEntry, at, width, view.complaint);
  const DragResult drag = slider(ui, "train.weight.slider", {at, {at.x + width, at.y + 24}}, name,
                                 std::clamp(now, -kReach, kReach), -kReach, kReach);
  if (drag.value != std::clamp(now, -kReach, kReach)) set(static_cast<double>(drag.value));
  at.y += 30;
  const bool frozen = model_.frozen(index_);
  if (checkbox(ui, "train.weight.frozen", at, ui.tr(Str::train_freeze), frozen)) {
    view.later([this, index = index_, frozen] { model_.freeze(index, !frozen); });
  }
  end_popover(ui);
}

}  // namespace lab
