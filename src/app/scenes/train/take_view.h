#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/plot/figure.h"
#include "app/scenes/scene.h"
#include "app/scenes/train/curve_view.h"
#include "app/ui/text_dialog.h"
#include "platform/platform.h"

namespace lab {

// What can be taken along, and what can be brought: scripts, models, documents, pictures.
class TakeView {
 public:
  TakeView(TrainModel& model, TrainView& view, CurveView& curve)
      : model_(model), view_(view), curve_(curve) {}

  // Returns the height used. The figures are the scene's.
  float draw(Ui& ui, const SceneFrame& frame, ImVec2 at, float width,
             std::span<const Figure> figures);

  // Takes text from elsewhere, by its look: a link of TensorFlow Playground or of this lab, a
  // document, or parameters for this network. Returns what is wrong with it, or nothing.
  Complaint bring(const Ui& ui, const std::string& text);
  // Whether it looks like one of these, and not like points.
  static bool is_document(std::string_view text);

 private:
  float draw_files(Ui& ui, const SceneFrame& frame, ImVec2 at, float width);
  float draw_pictures(Ui& ui, const SceneFrame& frame, ImVec2 at, float width,
                      std::span<const Figure> figures);
  float draw_script(Ui& ui, Platform& platform, ImVec2 at, float width);
  std::string script();

  TrainModel& model_;
  TrainView& view_;
  CurveView& curve_;
  TextDialog dialog_{"train.bring"};
  std::string notice_;  // what an import left out
  unsigned seen_ = 0;   // the revision that the script is of
  std::string script_;
  double copied_until_ = 0;  // while the Copy button says so
};

}  // namespace lab
