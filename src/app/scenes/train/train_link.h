#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/scenes/link_keys.h"
#include "app/scenes/train/train_view.h"

namespace lab {

// What looks closer, below everything else.
enum class TrainTab { lens, micro, collapse, results, take };

// What a link to the scene "Train" holds beside the experiment:
//   v=1&…&app.tab=micro&app.unit=0.2&app.curve=log_loss&app.discrete=1&app.test=0&app.contours=0
//   &app.speed=6&app.stopLoss=0.01&app.stopAccuracy=0.99&app.stopEpochs=300&app.step=1280
// The step is one that the experiment leads to by itself, so that the weights are the same again.
struct TrainLook {
  TrainTab tab = TrainTab::lens;
  std::optional<UnitIndex> selected;  // layer and unit, both counted from 0
  CurveKind curve = CurveKind::loss;
  bool show_test = true, discrete = false, contours = true;
  int speed = 4;
  StopRules rules;
  int step = 0;

  bool operator==(const TrainLook&) const = default;
};

// Reads or writes it; an error names the key. `experiment` is what the link shows.
void pass(LinkKeys& keys, TrainLook& look, const Experiment& experiment);

}  // namespace lab
