#pragma once

#include <set>
#include <string>
#include <vector>

#include "app/embed_code.h"
#include "app/scenes/scene.h"
#include "app/ui/ui.h"

namespace lab {

// The dialog from which authors take what they paste into their pages: which scene in which looks,
// without which parts, how large, for which kind of page.
class EmbedDialog {
 public:
  void open();
  void draw(Ui& ui, Platform& platform, const SceneRow& scene, const Scene& shown);

 private:
  struct Place;  // where the dialog's parts stand

  EmbedChoice choice(const Platform& platform, const SceneRow& scene, const Scene& shown) const;
  float draw_options(Ui& ui, ImVec2 at, float width);
  float draw_size(Ui& ui, ImVec2 at, float width);
  float draw_parts(Ui& ui, ImVec2 at, float width, std::span<const ScenePart> parts);
  float draw_code(Ui& ui, Platform& platform, ImVec2 at, float width, const std::string& code);

  size_t kind_ = 0, language_ = 0, theme_ = 0;
  int width_ = 0, height_ = 560;
  std::set<std::string, std::less<>> hidden_;
  float content_ = 480;  // height of what was drawn last
  double copied_until_ = 0;
};

}  // namespace lab
