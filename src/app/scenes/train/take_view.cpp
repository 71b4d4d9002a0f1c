#include "app/scenes/train/take_view.h"

#include <algorithm>

#include "app/plot/figure_buttons.h"
#include "app/ui/button_row.h"
#include "core/experiment/document.h"
#include "core/experiment/playground_link.h"
#include "core/experiment/share_link.h"
#include "core/export/onnx_model.h"
#include "core/export/parameters_json.h"
#include "core/export/pytorch_script.h"

namespace lab {
namespace {

constexpr size_t kMostLines = 48;  // of the script, shown

constexpr ButtonLook kDownload{ButtonKind::outline, Icon::download};

}  // namespace

float TakeView::draw(Ui& ui, const SceneFrame& frame, ImVec2 at, float width,
                     std::span<const Figure> figures) {
  const float top = at.y;
  at.y += draw_files(ui, frame, at, width) + 16;
  at.y += draw_pictures(ui, frame, at, width, figures);
  at.y += draw_script(ui, frame.platform, at, width);
  dialog_.draw(ui, ui.tr(Str::train_bring), ui.tr(Str::train_bring_hint),
               [&](const std::string& text) { return bring(ui, text); });
  return at.y - top;
}

float TakeView::draw_files(Ui& ui, const SceneFrame& frame, ImVec2 at, float width) {
  Platform& platform = frame.platform;
  const float top = at.y;
  at.y += ui.paragraph(at, width, style::strong, Tone::text, ui.tr(Str::train_files)) + 8;
  ButtonRow row(ui, at, width);
  Trainer& trainer = model_.trainer();
  if (row.add("train.bring", ui.tr(Str::train_bring), {ButtonKind::outline, Icon::edit})) {
    notice_.clear();
    dialog_.open("");
  }
  if (row.add("train.copy_link", ui.tr(Str::train_copy_link), {ButtonKind::outline, Icon::copy})) {
    platform.set_clipboard(frame.address());
  }
  if (row.add("train.save.json", ui.tr(Str::train_save_document), kDownload)) {
    platform.save_file("experiment.json", "application/json", to_json(model_.document()));
  }
  if (row.add("train.save.parameters", ui.tr(Str::train_save_parameters), kDownload)) {
    platform.save_file("parameters.json", "application/json",
                       parameters_to_json(trainer.plan(), trainer.parameters()));
  }
  if (row.add("train.save.onnx", "ONNX", kDownload)) {
    platform.save_file("network.onnx", "application/octet-stream",
                       to_onnx(trainer.plan(), trainer.parameters()));
  }
  if (row.add("train.save.curve", ui.tr(Str::train_save_curve), kDownload)) {
    platform.save_file("training.csv", "text/csv", curve_.csv());
  }
  at.y += row.height();
  if (!notice_.empty()) {
    at.y += 8;
    const float height = ui.paragraph(at, width, style::body, Tone::text, notice_);
    ui.record("train.notice", {at, {at.x + width, at.y + height}}, Role::text, notice_, notice_);
    at.y += height;
  }
  return at.y - top;
}

// Of the parts that are shown. Returns the height with the gap below.
float TakeView::draw_pictures(Ui& ui, const SceneFrame& frame, ImVec2 at, float width,
                              std::span<const Figure> figures) {
  const auto saved = [&](const Figure& figure) { return figure.shown() && frame.shows(figure.of); };
  if (std::ranges::none_of(figures, saved)) return 0;
  const float top = at.y;
  at.y += ui.paragraph(at, width, style::strong, Tone::text, ui.tr(Str::train_pictures)) + 8;
  ButtonRow row(ui, at, width);
  for (const Figure& figure : figures) {
    if (!saved(figure)) continue;
    figure_buttons(row, ui, frame.platform, "train.save." + std::string(figure.id), figure);
  }
  return at.y + row.height() + 16 - top;
}

std::string TakeView::script() {
  if (seen_ == model_.revision()) return script_;
  seen_ = model_.revision();
  const Trainer& trainer = model_.trainer();
  script_ = to_pytorch(model_.document(), trainer.plan(), trainer.data(), trainer.samples(),
                       trainer.parameters());
  return script_;
}

float TakeView::draw_script(Ui& ui, Platform& platform, ImVec2 at, float width) {
  const float top = at.y;
  at.y += ui.paragraph(at, width, style::strong, Tone::text, ui.tr(Str::train_script)) + 4;
  at.y += ui.paragraph(at, std::min(width, 680.0f), style::caption, Tone::muted,
                       ui.tr(Str::train_script_help)) +
          8;
  if (model_.playing()) {  // it changes with every frame
    return at.y +
           ui.paragraph(at, width, style::body, Tone::muted, ui.tr(Str::train_script_paused)) - top;
  }
  const bool copied = platform.now() < copied_until_;
  if (copied) ui.keep_moving();
  ButtonRow row(ui, at, width);
  if (row.add("train.copy.pytorch", ui.tr(copied ? Str::copied : Str::copy_code),
              {ButtonKind::outline, copied ? Icon::check : Icon::copy})) {
    platform.set_clipboard(script());
    copied_until_ = platform.now() + 1.6;
    ui.keep_moving();
  }
  if (row.add("train.save.pytorch", "train.py", kDownload)) {
    platform.save_file("train.py", "text/x-python", script());
  }
  at.y += row.height() + 12;
  const std::string text = script();
  const float height = code_well(ui, at, width, text, kMostLines);
  ui.record("train.pytorch", {at, {at.x + width, at.y + height}}, Role::text,
            ui.tr(Str::train_script), text);
  return at.y + height - top;
}

bool TakeView::is_document(std::string_view text) {
  const size_t start = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  return text.substr(start).starts_with('{') ||
         text.substr(0, 4096).find('=') != std::string_view::npos;
}

Complaint TakeView::bring(const Ui& ui, const std::string& text) {
  const size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string::npos) return Complaint(Str::train_bring_empty);
  const std::string trimmed = text.substr(start, text.find_last_not_of(" \t\r\n") + 1 - start);
  const auto load = [&](const Experiment& experiment) {
    const auto error = model_.load(experiment);
    if (!error) view_.selected.reset();
    return Complaint(error);
  };
  if (trimmed.find("playground.tensorflow.org") != std::string::npos) {
    const Result<PlaygroundImport> read = import_playground(trimmed);
    if (!read) return read.error();
    std::string list;
    for (const std::string& key : read.value().ignored) list += (list.empty() ? "" : ", ") + key;
    if (Complaint refused = load(read.value().experiment)) return refused;
    notice_ = list.empty() ? std::string(ui.tr(Str::train_brought))
                           : ui.tr(Str::train_brought_but, {list});
    return {};
  }
  if (trimmed[0] == '{' && trimmed.find("\"parameters\":[") != std::string::npos &&
      trimmed.find("\"network\"") == std::string::npos) {
    const Result<train::Parameters> read = parameters_from_json(model_.trainer().plan(), trimmed);
    if (!read) return read.error();
    model_.set_parameters(read.value());
    return {};
  }
  const size_t hash = trimmed.find('#');
  const Result<Experiment> read =
      trimmed[0] == '{'
          ? experiment_from_json(trimmed)
          : experiment_from_share_text(hash == std::string::npos ? trimmed : trimmed.substr(hash));
  if (!read) return read.error();
  return load(read.value());
}

}  // namespace lab
