#include "app/scenes/train/network_view.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/plot/screen_canvas.h"
#include "app/ui/number.h"
#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kHead = 112;        // above the units: what belongs to whole layers
constexpr float kReach = 6;         // how near the pointer must be to a line
constexpr float kBiasLeast = 18;    // smaller units show no bias of their own
constexpr size_t kMostLinks = 500;  // between two layers; the strongest are shown

// Where a link's curve is at t in [0, 1].
ImVec2 on_curve(ImVec2 from, ImVec2 to, float t) {
  const float bend = (to.x - from.x) * 0.45f, s = 1 - t;
  const ImVec2 a{from.x + bend, from.y}, b{to.x - bend, to.y};
  const float w0 = s * s * s, w1 = 3 * s * s * t, w2 = 3 * s * t * t, w3 = t * t * t;
  return {w0 * from.x + w1 * a.x + w2 * b.x + w3 * to.x,
          w0 * from.y + w1 * a.y + w2 * b.y + w3 * to.y};
}

std::string unit_id(std::string_view what, UnitIndex unit) {
  return "train." + std::string(what) + "." + std::to_string(unit.layer) + "." +
         std::to_string(unit.unit);
}

}  // namespace

void NetworkView::draw(Ui& ui, ImRect rect, FieldPainter* painter) {
  picture_ = rect;
  layout_ = lay_out_network(rect, kHead, model_.document());
  find_links();
  view_.hovered.reset();
  operate_links(ui, rect);
  ScreenCanvas canvas(ui.list(), ui.type(), painter);
  paint(ui, canvas);
  for (size_t i = 0; i < layout_.features.size(); ++i) draw_feature(ui, i);
  for (size_t layer = 0; layer < layout_.units.size(); ++layer) {
    for (size_t unit = 0; unit < layout_.units[layer].size(); ++unit) {
      draw_unit(ui, {layer, unit});
      draw_bias(ui, {layer, unit});
    }
  }
  draw_heads(ui, rect);
  editor_.draw(ui, view_);
}

// The lines of the frame, weak ones first, so that strong ones lie on top.
void NetworkView::find_links() {
  links_.clear();
  const train::Plan& plan = model_.trainer().plan();
  const train::Parameters& parameters = model_.parameters();
  const auto& names = model_.document().features;
  for (size_t layer = 0; layer < plan.layers.size(); ++layer) {
    const std::vector<double>& weights = parameters[plan.array_of(layer)];
    const auto inputs = static_cast<size_t>(plan.layers[layer].inputs);
    std::vector<Link> links;
    for (size_t i = 0; i < weights.size(); ++i) {
      const size_t unit = i / inputs, input = i % inputs;
      size_t source = input;
      if (layer == 0) source = static_cast<size_t>(find_feature(names[input]) - features().data());
      const ImRect& from = layer == 0 ? layout_.features[source] : layout_.units[layer - 1][input];
      const ImRect& to = layout_.units[layer][unit];
      links.push_back({{static_cast<int>(layer), static_cast<int>(unit), static_cast<int>(input)},
                       static_cast<float>(weights[i]),
                       {from.Max.x, from.GetCenter().y},
                       {to.Min.x, to.GetCenter().y}});
    }
    std::ranges::sort(links, {}, [](const Link& link) { return std::fabs(link.weight); });
    if (links.size() > kMostLinks) links.erase(links.begin(), links.end() - kMostLinks);
    links_.insert(links_.end(), links.begin(), links.end());
  }
}

std::optional<size_t> NetworkView::link_near(ImVec2 at) const {
  std::optional<size_t> nearest;
  float least = kReach;
  for (size_t i = 0; i < links_.size(); ++i) {
    const Link& link = links_[i];
    if (at.x < link.from.x + 2 || at.x > link.to.x - 2) continue;
    if (at.y < std::min(link.from.y, link.to.y) - kReach) continue;
    if (at.y > std::max(link.from.y, link.to.y) + kReach) continue;
    for (float t = 0.04f; t < 1; t += 0.04f) {
      const ImVec2 point = on_curve(link.from, link.to, t);
      const float distance = std::hypot(point.x - at.x, point.y - at.y);
      if (distance >= least) continue;
      least = distance;
      nearest = i;
    }
  }
  return nearest;
}

// The ground of the diagram: a line under the pointer tells its weight and opens it.
void NetworkView::operate_links(Ui& ui, ImRect rect) {
  ImGui::SetNextItemAllowOverlap();
  const auto& hidden = model_.document().network.hidden;
  const Interaction state = ui.interact(
      "train.network", rect, Role::image,
      ui.tr(Str::train_network, {std::to_string(hidden.size()), std::to_string(links_.size())}));
  hovered_link_.reset();
  if (!state.hovered) return;
  hovered_link_ = link_near(ImGui::GetIO().MousePos);
  if (!hovered_link_) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_Arrow);
    return;
  }
  const Link& link = links_[*hovered_link_];
  if (state.clicked) {
    editor_.open(link.index, ImGui::GetIO().MousePos);
    return;
  }
  const std::string frozen =
      model_.frozen(link.index) ? " · " + std::string(ui.tr(Str::train_frozen)) : std::string();
  ui.hint(ImGui::GetIO().MousePos, weight_name(ui, model_.document(), link.index) + ": " +
                                       number_text(static_cast<double>(link.weight)) + frozen);
}

// A function of the point that the network may get as an input.
void NetworkView::draw_feature(Ui& ui, size_t index) {
  const Feature& feature = features()[index];
  const ImRect rect = layout_.features[index];
  const auto& chosen = model_.document().features;
  const auto found = std::ranges::find(chosen, feature.id);
  const bool on = found != chosen.end();
  const bool last = on && chosen.size() == 1;
  const std::string id = "train.feature." + std::string(feature.id);
  const Interaction state =
      ui.interact(id, rect, Role::checkbox, ui.tr(Str::train_feature, {feature.text}), !last);
  ui.last_control().value = on ? "true" : "false";
  ui.focus_ring(rect, 6);
  ui.tooltip(last ? std::string(ui.tr(Str::train_feature_last))
                  : ui.tr(on ? Str::train_feature_off : Str::train_feature_on, {feature.text}));
  if (!state.clicked) return;
  view_.later([this, on, id = feature.id] {
    model_.edit([&](Experiment& e) {
      e.network.parameters.clear();
      e.network.frozen.clear();
      if (on) return (void)std::erase(e.features, id);
      std::vector<std::string> next;  // in the registry's order
      for (const Feature& each : features()) {
        if (each.id == id || std::ranges::count(e.features, each.id) > 0) {
          next.emplace_back(each.id);
        }
      }
      e.features = next;
    });
  });
}

void NetworkView::draw_unit(Ui& ui, UnitIndex unit) {
  const ImRect rect = layout_.unit(unit);
  const bool output = unit.layer + 1 == layout_.units.size();
  const std::string number = std::to_string(unit.unit + 1);
  const std::string label = output
                                ? ui.tr(Str::train_output_unit, {number})
                                : ui.tr(Str::train_unit, {number, std::to_string(unit.layer + 1)});
  const Interaction state = ui.interact(unit_id("unit", unit), rect, Role::checkbox, label);
  const bool selected = view_.selected == unit;
  ui.last_control().value = selected ? "true" : "false";
  if ((state.hovered || state.focused) && !output) view_.hovered = unit;
  ui.focus_ring(rect, 6);
  if (!state.clicked) return;
  view_.selected = selected || output ? std::nullopt : std::optional(unit);
  ui.keep_moving();
}

// The bias as a dot at the lower left corner of its unit.
void NetworkView::draw_bias(Ui& ui, UnitIndex unit) {
  const ImRect rect = layout_.unit(unit);
  if (!model_.document().network.bias || rect.GetWidth() < kBiasLeast) return;
  const WeightIndex index{static_cast<int>(unit.layer), static_cast<int>(unit.unit), -1};
  const ImRect dot({rect.Min.x - 5, rect.Max.y - 5}, {rect.Min.x + 5, rect.Max.y + 5});
  const std::string label = weight_name(ui, model_.document(), index);
  const Interaction state = ui.interact(unit_id("bias", unit), dot, Role::button, label);
  const double bias = model_.weight(index);
  ui.last_control().value = number_text(bias);
  ui.focus_ring(dot, 5);
  if (state.hovered || state.focused) ui.hint(dot.Max, label + ": " + number_text(bias));
  if (state.clicked) editor_.open(index, dot.GetCenter());
}

void NetworkView::paint_figure(const Ui& ui, Canvas& canvas) const {
  paint(ui, canvas);
  paint_heads(ui, canvas);
}

void NetworkView::paint(const Ui& ui, Canvas& canvas) const {
  paint_links(ui, canvas);
  paint_units(ui, canvas);
}

void NetworkView::paint_links(const Ui& ui, Canvas& canvas) const {
  const auto draw = [&](const Link& link, float boost) {
    const float strength = std::min(std::fabs(link.weight), 2.0f) / 2;
    const float shade = 0.3f + 0.7f * strength;
    const ImU32 colour = signed_colour(ui.theme, link.weight < 0 ? -shade : shade);
    std::array<ImVec2, 21> points;
    for (size_t i = 0; i < points.size(); ++i) {
      points[i] = on_curve(link.from, link.to, static_cast<float>(i) / 20);
    }
    canvas.polyline(points, {faded(colour, 0.35f + 0.65f * strength + boost),
                             0.75f + 4 * strength + boost, model_.frozen(link.index)});
  };
  for (const Link& link : links_) {
    if (std::isfinite(link.weight)) draw(link, 0);
  }
  if (hovered_link_) draw(links_[*hovered_link_], 1.5f);
}

void NetworkView::paint_units(const Ui& ui, Canvas& canvas) const {
  std::vector<FieldPainter::Place> places;
  const auto& chosen = model_.document().features;
  const auto add = [&](const ImRect& rect, int slice, float opacity) {
    const float rounding = std::min(6.0f, rect.GetWidth() / 5);
    canvas.fill_rect({rect.Min.x - 1.5f, rect.Min.y - 1.5f}, {rect.Max.x + 1.5f, rect.Max.y + 1.5f},
                     ui.tone(Tone::raised));
    places.push_back({slice, rect.Min, rect.Max, {0, 0}, {1, 1}, rounding, opacity});
  };
  for (size_t i = 0; i < layout_.features.size(); ++i) {
    const bool on = std::ranges::count(chosen, features()[i].id) > 0;
    add(layout_.features[i], fields_.feature_slice(i), on ? 1 : 0.25f);
    const ImRect& rect = layout_.features[i];
    canvas.text({rect.Min.x - 8, rect.GetCenter().y}, style::caption,
                ui.tone(on ? Tone::text : Tone::muted), features()[i].text, 1);
  }
  for (size_t layer = 0; layer < layout_.units.size(); ++layer) {
    for (size_t unit = 0; unit < layout_.units[layer].size(); ++unit) {
      add(layout_.units[layer][unit], fields_.unit_slice({layer, unit}), 1);
    }
  }
  canvas.field(TrainFields::kThumbKey, fields_.thumbnails(), signed_look(ui.theme), places);
  for (size_t layer = 0; layer < layout_.units.size(); ++layer) {
    for (size_t unit = 0; unit < layout_.units[layer].size(); ++unit) {
      const ImRect& rect = layout_.units[layer][unit];
      const UnitIndex index{layer, unit};
      const bool marked = view_.selected == index || view_.hovered == index;
      const ImVec2 frame[] = {
          rect.Min, {rect.Max.x, rect.Min.y}, rect.Max, {rect.Min.x, rect.Max.y}, rect.Min};
      canvas.polyline(frame, {ui.tone(marked ? Tone::accent : Tone::line), marked ? 2.5f : 1.0f});
      if (!model_.document().network.bias || rect.GetWidth() < kBiasLeast) continue;
      const auto bias =
          static_cast<float>(model_.weight({static_cast<int>(layer), static_cast<int>(unit), -1}));
      const float shade = std::clamp(bias, -1.0f, 1.0f);
      canvas.dot({rect.Min.x, rect.Max.y}, 4, ui.tone(Tone::muted), 1,
                 signed_colour(ui.theme, shade < 0 ? shade - 0.2f : shade + 0.2f));
    }
  }
}

}  // namespace lab
