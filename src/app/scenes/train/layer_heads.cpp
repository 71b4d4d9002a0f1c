#include <algorithm>

#include "app/scenes/train/network_view.h"
#include "app/training/activation_choices.h"
#include "app/ui/widgets.h"

namespace lab {
namespace {

constexpr float kTool = 26, kNameHeight = 30;
constexpr float kSmallTool = 18;  // in narrow columns
constexpr float kRow = 40;        // of what belongs to the whole network, above the layers
constexpr int kMostLayers = 8, kMostUnits = 64;  // what the diagram shows well

// Weights given by hand and frozen ones belong to a shape of network, and go with it.
void forget_shape(Experiment& experiment) {
  experiment.network.parameters.clear();
  experiment.network.frozen.clear();
}

}  // namespace

void NetworkView::draw_heads(Ui& ui, ImRect rect) {
  const auto& hidden = model_.document().network.hidden;
  const float first = layout_.features[0].GetCenter().x;
  const std::string_view inputs = ui.tr(Str::train_features);
  ui.text({first - ui.type().width(style::caption_strong, inputs) / 2, rect.Min.y + kRow + 6},
          style::caption_strong, Tone::muted, inputs);
  for (size_t layer = 0; layer < hidden.size(); ++layer) draw_head(ui, layer);
  draw_output_head(ui);
  draw_depth(ui, rect);
}

// Where the name of a layer's activation stands; the layer behind the hidden ones is the output.
ImRect NetworkView::head_name(size_t layer) const {
  const ImRect column = layout_.columns[layer];
  const bool output = layer + 1 == layout_.columns.size();
  const float room = std::min(column.GetWidth() - 4, output ? 116.0f : 132.0f);
  const float top = column.Min.y + kRow + (output ? kNameHeight : 0);
  return {{column.GetCenter().x - room / 2, top},
          {column.GetCenter().x + room / 2, top + kNameHeight - (output ? 2 : 0)}};
}

ImRect NetworkView::picture() const {
  return {{picture_.Min.x, picture_.Min.y + kRow - 8}, {picture_.Max.x, picture_.Max.y + 4}};
}

// What the controls of the layers say, for files, which have no controls.
void NetworkView::paint_heads(const Ui& ui, Canvas& canvas) const {
  const ImU32 ink = ui.tone(Tone::text), quiet = ui.tone(Tone::muted);
  const float line = ui.line_height(style::caption_strong);
  const float top = picture_.Min.y + kRow + 6 + line / 2;
  canvas.text({layout_.features[0].GetCenter().x, top}, style::caption_strong, quiet,
              ui.tr(Str::train_features), 0.5f);
  const Experiment::Network& network = model_.document().network;
  for (size_t layer = 0; layer < layout_.columns.size(); ++layer) {
    const bool output = layer == network.hidden.size();
    const ImRect name = head_name(layer);
    const float middle = name.GetCenter().x;
    const TextStyle type = name.GetWidth() >= 84 ? style::strong : style::caption_strong;
    const std::string& id = output ? network.output : network.hidden[layer].activation;
    canvas.text({middle, name.GetCenter().y}, type, ink,
                ui.type().fit(type, name.GetWidth(), activation_name(ui.language, id)), 0.5f);
    if (output) {
      canvas.text({middle, top}, style::caption_strong, quiet, ui.tr(Str::train_output), 0.5f);
    } else {
      canvas.text({middle, name.Max.y + kTool / 2 + 2}, style::body, quiet,
                  std::to_string(network.hidden[layer].units), 0.5f);
    }
  }
}

// The activation of a layer, and how many units it has.
void NetworkView::draw_head(Ui& ui, size_t layer) {
  const Experiment::Layer& row = model_.document().network.hidden[layer];
  const ImRect column = layout_.columns[layer];
  const std::string id = "train.layer." + std::to_string(layer);
  const std::string number = std::to_string(layer + 1);
  const ImRect name = head_name(layer);
  choose_activation(ui, layer, id + ".activation", name);

  const float tool = column.GetWidth() >= 2 * kTool + 18 ? kTool : kSmallTool;
  const bool tools = column.GetWidth() >= 2 * tool + 18;
  const std::string units = std::to_string(row.units);
  const ImVec2 middle{column.GetCenter().x, name.Max.y + kTool / 2 + 2};
  const float half = ui.type().width(style::body, "64") / 2 + 3;
  ui.type().draw_middle(ui.list(), {middle.x - ui.type().width(style::body, units) / 2, middle.y},
                        style::body, ui.tone(Tone::muted), units);
  ui.record(id + ".units", {{middle.x - half, middle.y - 10}, {middle.x + half, middle.y + 10}},
            Role::text, ui.tr(Str::train_units_of, {number}), units);
  if (!tools) return;
  const auto resize = [&](int by) {
    view_.later([this, layer, by] {
      model_.edit([&](Experiment& e) {
        e.network.hidden[layer].units += by;
        forget_shape(e);
      });
    });
  };
  const ImRect less({middle.x - half - tool, middle.y - kTool / 2},
                    {middle.x - half, middle.y + kTool / 2});
  if (icon_button(ui, id + ".fewer", less, Icon::minus, ui.tr(Str::train_fewer_units, {number}),
                  row.units > 1)) {
    resize(-1);
  }
  const ImRect more({middle.x + half, middle.y - kTool / 2},
                    {middle.x + half + tool, middle.y + kTool / 2});
  if (icon_button(ui, id + ".more", more, Icon::plus, ui.tr(Str::train_more_units, {number}),
                  row.units < kMostUnits)) {
    resize(1);
  }
}

// The name of a layer's activation, which opens a menu of all of them. Weights stay.
void NetworkView::choose_activation(Ui& ui, size_t layer, std::string_view id, ImRect anchor) {
  const Experiment::Network& network = model_.document().network;
  const bool output = layer == network.hidden.size();
  const std::string& present = output ? network.output : network.hidden[layer].activation;
  const std::string number = std::to_string(layer + 1);
  const std::string label = output ? std::string(ui.tr(Str::train_output_activation))
                                   : ui.tr(Str::train_activation_of, {number});
  const Interaction state = ui.interact(id, anchor, Role::button, label);
  ui.last_control().value = present;
  const float hover = ui.ease(item_id(id), state.hovered ? 1.0f : 0.0f);
  ui.list()->AddRectFilled(anchor.Min, anchor.Max, ui.tone(Tone::surface), 8);
  ui.list()->AddRectFilled(anchor.Min, anchor.Max, faded(ui.tone(Tone::hover), hover), 8);
  // In a narrow column the name is small and does without the arrow.
  const bool roomy = anchor.GetWidth() >= 84;
  const TextStyle type = roomy ? style::strong : style::caption_strong;
  const float arrow = roomy ? 14 : 0;
  const std::string name =
      ui.type().fit(type, anchor.GetWidth() - 12 - arrow, activation_name(ui.language, present));
  const float width = ui.type().width(type, name);
  const float left = anchor.GetCenter().x - (width + arrow) / 2;
  ui.type().draw_middle(ui.list(), {left, anchor.GetCenter().y}, type, ui.tone(Tone::text), name);
  if (roomy) {
    draw_icon(ui.list(), Icon::down, {left + width + 11, anchor.GetCenter().y + 1},
              ui.tone(Tone::muted));
  }
  ui.focus_ring(anchor, 8);
  ui.tooltip(label);
  const std::string menu_id = std::string(id) + ".menu";
  if (state.clicked) open_menu(menu_id);
  const ActivationChoices choices = activation_choices(ui.language, formulas_, present);
  const auto picked = menu(ui, menu_id, anchor, choices.list, choices.chosen);
  if (!picked) return;
  view_.later([this, layer, output, chosen = choices.ids[*picked]] {
    model_.edit([&](Experiment& e) {
      if (output) {
        e.network.output = chosen;
      } else {
        e.network.hidden[layer].activation = chosen;
        e.network.hidden[layer].params.clear();
      }
    });
  });
}

void NetworkView::draw_output_head(Ui& ui) {
  const size_t layer = model_.document().network.hidden.size();
  const ImRect column = layout_.columns[layer];
  const std::string_view name = ui.tr(Str::train_output);
  ui.text({column.GetCenter().x - ui.type().width(style::caption_strong, name) / 2,
           column.Min.y + kRow + 6},
          style::caption_strong, Tone::muted, name);
  choose_activation(ui, layer, "train.output.activation", head_name(layer));
}

// Adding a layer before the output, and removing the last one.
void NetworkView::draw_depth(Ui& ui, ImRect rect) {
  const auto& hidden = model_.document().network.hidden;
  const int layers = static_cast<int>(hidden.size());
  const std::string_view name = ui.tr(Str::train_layers);
  ImVec2 at{rect.Min.x, rect.Min.y};
  ui.type().draw_middle(ui.list(), {at.x, at.y + kTool / 2}, style::body, ui.tone(Tone::muted),
                        name);
  at.x += ui.type().width(style::body, name) + 10;
  const auto square = [&](float left) {
    return ImRect({left, at.y}, {left + kTool, at.y + kTool});
  };
  const std::string count = std::to_string(layers);
  if (icon_button(ui, "train.layers.fewer", square(at.x), Icon::minus,
                  ui.tr(Str::train_fewer_layers), layers > 0)) {
    view_.later([this] {
      model_.edit([](Experiment& e) {
        e.network.hidden.pop_back();
        forget_shape(e);
      });
    });
  }
  const float middle = at.x + kTool + 10;
  ui.type().draw_middle(ui.list(),
                        {middle - ui.type().width(style::body, count) / 2, at.y + kTool / 2},
                        style::body, ui.tone(Tone::muted), count);
  ui.record("train.layers", {{middle - 8, at.y}, {middle + 8, at.y + kTool}}, Role::text,
            ui.tr(Str::train_layers), count);
  if (icon_button(ui, "train.layers.more", square(middle + 12), Icon::plus,
                  ui.tr(Str::train_more_layers), layers < kMostLayers)) {
    view_.later([this] {
      model_.edit([](Experiment& e) {
        auto& all = e.network.hidden;
        all.push_back(all.empty() ? Experiment::Layer{4, "relu", {}} : all.back());
        forget_shape(e);
      });
    });
  }
}

}  // namespace lab
