#pragma once

#include <span>
#include <string>

#include "app/ui/flow.h"
#include "app/ui/widgets.h"

namespace lab {

// A chip for each preset of a scene, in as many rows as they need; its id is `<scene>.preset.<id>`.
// `chosen` tells which is shown at present, `pick` takes the one that was activated. Returns the
// height.
template <class Preset, class Chosen, class Pick>
float preset_chips(Ui& ui, const std::string& scene, ImVec2 at, float width,
                   std::span<const Preset> presets, Chosen chosen, Pick pick) {
  Flow flow(at, width, kControlHeight, {8, 8});
  for (const Preset& preset : presets) {
    const std::string_view name = preset.name.in(ui.language);
    const ImVec2 corner = flow.place(chip_width(ui, name, false));
    if (chip(ui, scene + ".preset." + std::string(preset.id), corner, name, chosen(preset))) {
      pick(preset);
    }
    ui.tooltip(preset.lesson.in(ui.language));
  }
  return flow.bottom() - at.y;
}

}  // namespace lab
