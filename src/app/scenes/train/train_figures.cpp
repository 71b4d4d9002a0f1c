#include <utility>

#include "app/scenes/train/train_scene.h"

namespace lab {

std::vector<Figure> TrainScene::figures(const Ui& ui) {
  std::vector<Figure> list = {
      {"map", Str::train_picture_map, "map", map_.picture(),
       [this, &ui](Canvas& c) { map_.paint(ui, c); }},
      {"network", Str::train_picture_network, "network", network_.picture(),
       [this, &ui](Canvas& c) { network_.paint_figure(ui, c); }},
      {"curve", Str::train_picture_curve, "curve", curve_.picture(),
       [this, &ui](Canvas& c) { curve_.paint(ui, c); }},
      {"lens", Str::train_picture_lens, "details", {}, {}},
      {"bending", Str::train_lens_bending, "details", {}, {}},
      {"confusion", Str::train_confusion, "details", {}, {}}};
  const auto show = [&](size_t index, ImRect part, std::function<void(Canvas&)> paint) {
    list[index].part = part;
    list[index].paint = std::move(paint);
  };
  if (tab_ == TrainTab::lens) {
    show(3, lens_.function_picture(), [this, &ui](Canvas& c) { lens_.paint_function(ui, c); });
    show(4, lens_.bending_picture(), [this, &ui](Canvas& c) { lens_.paint_bending(ui, c); });
  }
  if (tab_ == TrainTab::results) {
    show(5, results_.picture(), [this, &ui](Canvas& c) { results_.paint_figure(ui, c); });
  }
  return list;
}

void TrainScene::show_figure(std::string_view id) {
  if (id == "confusion") tab_ = TrainTab::results;
  if (id != "lens" && id != "bending") return;
  tab_ = TrainTab::lens;
  if (!view_.selected && !model_.document().network.hidden.empty()) view_.selected = UnitIndex{0, 0};
}

}  // namespace lab
