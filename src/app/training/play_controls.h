#pragma once

#include <string_view>

#include "app/ui/widgets.h"

namespace lab {

// The primary button that starts training and pauses it. True when it was activated.
inline constexpr float kPlayButton = 76, kPlayTool = 36;  // its width, and its height
bool play_button(Ui& ui, std::string_view id, ImVec2 at, bool playing, bool enabled = true);

// How fast training plays, kPlayTool high. Returns the index (of kTrainSpeeds) now chosen.
size_t speed_slider(Ui& ui, std::string_view id, ImVec2 at, float width, size_t speed);

}  // namespace lab
