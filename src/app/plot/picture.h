#pragma once

#include <imgui_internal.h>

#include <functional>
#include <string_view>

#include "app/plot/canvas.h"
#include "app/ui/ui.h"
#include "platform/platform.h"

namespace lab {

// Saves what `paint` draws in a part of the screen, and nothing else that is there, as a PNG file:
// the same picture as on the screen, with at least two pixels for each CSS px.
void save_picture(Ui& ui, Platform& platform, std::string_view name, ImRect part,
                  const std::function<void(Canvas&)>& paint);
// The same as an SVG or PNG file.
void save_picture_as(Ui& ui, Platform& platform, std::string_view name, bool svg, ImRect part,
                     const std::function<void(Canvas&)>& paint);

}  // namespace lab
