#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/scenes/train/train_fields.h"
#include "app/training/changes.h"

namespace lab {

// What the pointer does on the map.
enum class MapTool { look, draw, erase };

// What the curves show over the epochs.
enum class CurveKind { loss, log_loss, accuracy };

// The state of the scene "Train" that is not part of the experiment, shared by its panels.
struct TrainView : Changes {
  std::optional<UnitIndex> selected;  // the unit under the lens, which also takes the map
  std::optional<UnitIndex> hovered;   // … and while the pointer is on it; set by the diagram
  bool show_test = true;
  bool discrete = false;
  bool contours = true;
  MapTool tool = MapTool::look;
  int brush_class = 1;
  CurveKind curve = CurveKind::loss;

  MapSubject subject(const Experiment& experiment) const;
  // Whether a unit exists and is a hidden one.
  static bool exists(const Experiment& experiment, UnitIndex unit) {
    const auto& hidden = experiment.network.hidden;
    return unit.layer < hidden.size() && unit.unit < static_cast<size_t>(hidden[unit.layer].units);
  }
};

inline MapSubject TrainView::subject(const Experiment& experiment) const {
  for (const auto& unit : {hovered, selected}) {
    if (unit && exists(experiment, *unit)) return {unit};
  }
  return {};
}

}  // namespace lab
