#include <algorithm>
#include <cmath>

#include "app/plot/screen_canvas.h"
#include "app/scenes/functions/functions_scene.h"
#include "app/ui/number.h"
#include "app/ui/table.h"
#include "app/ui/widgets.h"
#include "core/text_number.h"

namespace lab {
namespace {

constexpr float kPad = 20, kBottom = 32;

}  // namespace

float FunctionsScene::draw_plot_panel(Ui& ui, const SceneFrame& frame, ImVec2 at, float width) {
  const bool narrow = frame.width < 640;
  const float pad = narrow ? 12 : kPad;
  // On a wide screen the plot and its options end above the fold.
  const float above_fold = frame.view_height - (at.y - frame.top_left.y) - 290;
  const float plot_height = narrow ? 320 : std::clamp(above_fold, 300.0f, width * 0.6f);
  ImDrawList* list = ui.list();
  list->ChannelsSplit(2);
  list->ChannelsSetCurrent(1);
  axes_.rect = {{at.x + pad, at.y + pad}, {at.x + width - pad, at.y + pad + plot_height - kBottom}};
  axes_.rect.Min.x += axes_.left_room(ui.type());
  operate_plot(ui, axes_.rect);
  ScreenCanvas canvas(list, ui.type());
  paint(ui, canvas);
  paint_cross_hair(ui, canvas);
  ImVec2 pen{at.x + pad, at.y + pad + plot_height + 4};
  if (narrow ? !chosen_.empty() : shows_cursor()) {
    const ReadOut values = read_out(ui, axes_.rect.GetWidth() > 500);
    // On a narrow plot it would lie over the curves.
    paint_read_out(ui, canvas, values, narrow ? pen : card_corner(values.size));
    if (narrow) pen.y += values.size.y + 8;
  }
  const std::string_view hint = ui.tr(Str::functions_zoom_hint);
  const float hint_height = ui.paragraph(pen, width - 2 * pad, style::caption, Tone::muted, hint);
  ui.record("functions.plot.hint", {pen, {at.x + width - pad, pen.y + hint_height}}, Role::text,
            hint, hint);
  pen.y += hint_height;
  if (frame.shows("options")) {
    pen.y += 12;
    pen.y += draw_options(ui, frame, pen, width - 2 * pad);
  }
  const ImRect rect(at, {at.x + width, pen.y + pad});
  list->ChannelsSetCurrent(0);
  panel(ui, rect);
  list->ChannelsMerge();
  return rect.GetHeight();
}

// Dragging moves the view, Ctrl and the wheel scale it, pointing or the arrow keys move the
// cross-hair.
void FunctionsScene::operate_plot(Ui& ui, ImRect area) {
  std::string names;
  for (const FunctionChoice& choice : chosen_) {
    names += (names.empty() ? "" : ", ") + std::string(choice.activation->name.in(ui.language));
  }
  const Interaction state =
      ui.interact("functions.plot", area, Role::image, ui.tr(Str::functions_plot, {names}));
  ui.last_control().value = sentence(ui.language);
  ui.focus_ring(area, 2);
  const ImGuiIO& io = ImGui::GetIO();
  if (state.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Arrow);
  const bool moved = io.MouseDelta.x != 0 || io.MouseDelta.y != 0;
  if (state.held && moved) axes_.pan(io.MouseDelta);
  if (state.hovered && moved && !state.held) {
    cursor_ = static_cast<float>(axes_.plane_x(io.MousePos.x));
  }
  if (state.clicked && state.hovered) cursor_ = static_cast<float>(axes_.plane_x(io.MousePos.x));
  if (const Zoom zoom = ui.zoom(state); zoom.factor != 1) axes_.zoom(zoom.about, zoom.factor);
  if (!state.focused) return;
  // The arrows belong to the cross-hair while the plot has the focus; Tab goes on.
  ImGui::SetKeyOwner(ImGuiKey_LeftArrow, item_id("functions.plot"));
  ImGui::SetKeyOwner(ImGuiKey_RightArrow, item_id("functions.plot"));
  const double step = axes_.x.length() / 120;
  const auto nudge = [&](ImGuiKey key, double by) {
    if (ImGui::IsKeyPressed(key)) {
      const double next = static_cast<double>(cursor_) + by;
      cursor_ = static_cast<float>(std::clamp(next, axes_.x.min, axes_.x.max));
    }
  };
  nudge(ImGuiKey_LeftArrow, -step);
  nudge(ImGuiKey_RightArrow, step);
  if (ImGui::IsKeyPressed(ImGuiKey_Equal)) axes_.zoom(axes_.rect.GetCenter(), 1 / 1.25);
  if (ImGui::IsKeyPressed(ImGuiKey_Minus)) axes_.zoom(axes_.rect.GetCenter(), 1.25);
}

// Everything but the cross-hair: the same on the screen and in a file.
void FunctionsScene::paint(const Ui& ui, Canvas& canvas) {
  const ImU32 ground = ui.tone(Tone::raised);
  if (show_regions_) paint_regions(ui, canvas);
  axes_.draw(canvas, ui.theme);
  if (chosen_.empty()) {
    canvas.text(axes_.rect.GetCenter(), style::body, ui.tone(Tone::muted),
                ui.tr(Str::functions_empty), 0.5f);
    return;
  }
  canvas.begin_clip(axes_.rect.Min, axes_.rect.Max);
  for (size_t i = 0; i < chosen_.size(); ++i) {
    const ImU32 colour = series_colour(ui.theme, i);
    const auto draw = [&](Order order, const Stroke& stroke) {
      draw_curve(canvas, curves_.get(chosen_[i], order, axes_), axes_.rect.Min, stroke, ground);
    };
    if (show_second_) draw(Order::second, {faded(colour, 0.6f), 1.25f});
    if (show_first_) draw(Order::first, {colour, 1.5f, true});
    draw(Order::value, {colour, 2.5f});
  }
  paint_names(ui, canvas);
  canvas.end_clip();
}

// Each name stands where its curve leaves the view on the right, or at the top: above the curve's
// end or to its left, and below the names that are there already.
void FunctionsScene::paint_names(const Ui& ui, Canvas& canvas) {
  constexpr float gap = 8, leading = 17, clearance = 11;
  names_.clear();
  for (size_t i = 0; i < chosen_.size(); ++i) {
    const auto on_curve = [&](double x) {
      const float y = evaluate(chosen_[i], Order::value, static_cast<float>(x));
      return axes_.place(x, static_cast<double>(y));
    };
    const auto inside = [&](double x) {
      const float y = on_curve(x).y;
      return y > axes_.rect.Min.y && y < axes_.rect.Max.y;
    };
    double x = axes_.x.max;
    const double step = axes_.x.length() / 300;
    while (x > axes_.x.min && !inside(x)) x -= step;
    if (x <= axes_.x.min) continue;
    const bool at_edge = x == axes_.x.max;
    const std::string_view name = chosen_[i].activation->name.in(ui.language);
    const float width = ui.type().width(style::caption_strong, name);
    ImVec2 at = on_curve(x);
    const float end = at.y;
    at = {at.x - gap, std::max(at.y - 14, axes_.rect.Min.y + 12)};
    const auto box = [&] { return ImRect(at.x - width, at.y - gap, at.x, at.y + gap); };
    const auto taken = [&] {
      const bool on_other =
          std::ranges::any_of(names_, [&](const ImRect& other) { return other.Overlaps(box()); });
      return on_other || (at_edge && std::fabs(at.y - end) < clearance);
    };
    const auto step_aside = [&] {  // a curve that rises out of the view is further left down here
      while (!at_edge && x > axes_.x.min && on_curve(x).y < at.y + gap) x -= step;
      if (!at_edge) at.x = on_curve(x).x - gap;
    };
    step_aside();
    while (taken() && at.y < axes_.rect.Max.y) {
      at.y += leading;
      step_aside();
    }
    names_.push_back(box());
    canvas.text(at, style::caption_strong, series_colour(ui.theme, i), name, 1);
  }
}

void FunctionsScene::paint_regions(const Ui& ui, Canvas& canvas) const {
  const FunctionChoice* choice = subject();
  if (choice == nullptr) return;
  for (const Region& region : slope_regions(*choice, axes_.x, 601)) {
    const float left = axes_.screen_x(region.from), right = axes_.screen_x(region.to);
    const ImU32 ink = ui.tone(region.dead ? Tone::warning : Tone::negative);
    canvas.fill_rect({left, axes_.rect.Min.y}, {right, axes_.rect.Max.y},
                     faded(ink, region.dead ? 0.09f : 0.06f));
    const std::string_view label =
        ui.tr(region.dead ? Str::functions_dead : Str::functions_saturated);
    if (ui.type().width(style::caption, label) + 12 < right - left) {
      canvas.text({(left + right) / 2, axes_.rect.Max.y - 12}, style::caption, ink, label, 0.5f);
    }
  }
}

float FunctionsScene::draw_options(Ui& ui, const SceneFrame& frame, ImVec2 at, float width) {
  const float left = at.x, top = at.y;
  const auto make_room = [&](float needed) {
    if (at.x + needed > left + width && at.x > left) at = {left, at.y + kControlHeight + 8};
  };
  const auto option = [&](std::string_view id, Str label, bool& on) {
    const float needed = chip_width(ui, ui.tr(label), false);
    make_room(needed);
    if (chip(ui, id, at, ui.tr(label), on)) {
      on = !on;
      ui.keep_moving();
    }
    at.x += needed + 8;
  };
  option("functions.first", Str::functions_derivative, show_first_);
  option("functions.second", Str::functions_second, show_second_);
  option("functions.regions", Str::functions_regions, show_regions_);
  const auto action = [&](std::string_view id, Str label) {
    const float needed = button_width(ui, ui.tr(label));
    make_room(needed);
    const bool clicked = button(ui, id, at, ui.tr(label));
    at.x += needed + 8;
    return clicked;
  };
  if (action("functions.reset_view", Str::functions_reset_view)) {
    reset_view();
    ui.keep_moving();
  }
  const auto save = [&](PictureKind kind) {
    save_figure(ui, frame.platform, figures(ui).front(), kind);
  };
  if (action("functions.png", Str::functions_png)) save(PictureKind::png);
  ui.tooltip(ui.tr(Str::functions_save_png));
  if (action("functions.svg", Str::functions_svg)) save(PictureKind::svg);
  ui.tooltip(ui.tr(Str::functions_save_svg));
  if (action("functions.csv", Str::functions_csv)) export_csv(frame.platform);
  ui.tooltip(ui.tr(Str::functions_save_csv));
  return at.y + kControlHeight - top;
}

// What of the screen a file shows: the plot with its labels.
ImRect FunctionsScene::picture(const Type& type) const {
  return {{axes_.rect.Min.x - axes_.left_room(type) - 8, axes_.rect.Min.y - 16},
          {axes_.rect.Max.x + 16, axes_.rect.Max.y + kBottom}};
}

std::vector<Figure> FunctionsScene::figures(const Ui& ui) {
  return {{"functions", Str::functions_picture, "plot", picture(ui.type()),
           [this, &ui](Canvas& canvas) { paint(ui, canvas); }},
          {"row", Str::part_rows, "rows", rows_.part(),
           [this, &ui](Canvas& canvas) { rows_.paint(ui, canvas); }}};
}

void FunctionsScene::show_figure(std::string_view id) {
  if (id == "row" && !rows_.function()) rows_.show(&row_activations().front());
}

// Its id, or the formula, and the parameters that are not the defaults.
std::string FunctionsScene::name_in_csv(const FunctionChoice& choice) const {
  const Activation& activation = *choice.activation;
  const FormulaActivation* own = formulas_.find(activation);
  std::string changed;
  for (size_t i = 0; i < activation.params.size(); ++i) {
    const ActivationParamSpec& spec = activation.params[i];
    if (choice.params[i] == spec.fallback) continue;
    changed += (changed.empty() ? "" : ", ") + std::string(spec.id) + "=" +
               shortest_text(choice.params[i]);
  }
  return (own ? own->formula().text() : std::string(activation.id)) +
         (changed.empty() ? "" : " (" + changed + ")");
}

// x, and f, f′ and, where it is shown, f″ of every function, at 601 points of the view.
void FunctionsScene::export_csv(Platform& platform) const {
  std::string csv = "x";
  for (const FunctionChoice& choice : chosen_) {
    const std::string name = name_in_csv(choice);
    csv += "," + csv_quoted(name) + "," + csv_quoted(name + "_derivative");
    if (show_second_) csv += "," + csv_quoted(name + "_second_derivative");
  }
  csv += "\n";
  for (int i = 0; i <= 600; ++i) {
    const auto x = static_cast<float>(axes_.x.min + axes_.x.length() * i / 600);
    csv += shortest_text(x);
    for (const FunctionChoice& choice : chosen_) {
      csv += "," + shortest_text(evaluate(choice, Order::value, x));
      csv += "," + shortest_text(evaluate(choice, Order::first, x));
      if (show_second_) csv += "," + shortest_text(evaluate(choice, Order::second, x));
    }
    csv += "\n";
  }
  platform.save_file("activation-functions.csv", "text/csv", csv);
}

}  // namespace lab
