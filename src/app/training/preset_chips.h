#pragma once

#include <span>
#include <string>

#include "app/ui/widgets.h"

namespace lab {

// A chip for each preset of a scene, in as many rows as they need; its id is `<scene>.preset.<id>`.
// `chosen` tells which is shown at present, `pick` takes the one that was activated. Returns the
// height.
template <class Preset, class Chosen, class Pick>
float preset_chips(Ui& ui, const std::string& scene, ImVec2 at, float width,
                   std::span<const Preset> presets, Chosen chosen, Pick pick) {
  const float left = at.x, top = at.y;
  for (const Preset& preset : presets) {
    const std::string_view name = preset.name.in(ui.language);
    const float needed = chip_width(ui, name, false);
    if (at.x + needed > left + width && at.x > left) at = {left, at.y + kControlHeight + 8};
    if (chip(ui, scene + ".preset." + std::string(preset.id), at, name, chosen(preset))) {
      pick(preset);
    }
    ui.tooltip(preset.lesson.in(ui.language));
    at.x += needed + 8;
  }
  return at.y + kControlHeight - top;
}

}  // namespace lab
