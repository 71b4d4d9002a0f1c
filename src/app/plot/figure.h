#pragma once

#include <imgui_internal.h>

#include <functional>
#include <string_view>
#include <vector>

#include "app/plot/canvas.h"
#include "app/text/text.h"
#include "app/ui/ui.h"
#include "platform/platform.h"

namespace lab {

// A plot, a diagram or a map of a scene, which can be taken along as a picture of its own.
struct Figure {
  std::string_view id;  // among the scene's; its file is called by it
  Str name;
  std::string_view of;  // the part of the scene that it is in (ScenePart)
  // The part of the screen that it has, and what draws it there, on any canvas, without what
  // operates it. Nothing where the scene does not show it now.
  ImRect part;
  std::function<void(Canvas&)> paint;

  bool shown() const { return paint && part.GetWidth() > 0 && part.GetHeight() > 0; }
};

enum class PictureKind { svg, png };

// How large PNG files are written: pixels per CSS px.
inline constexpr float kLeastPictureScale = 0.5f, kMostPictureScale = 16;

// … what the person has chosen, or else at least as much as the screen has.
float picture_scale(const Ui& ui);
// The figure as an SVG document. Its size is the figure's on the screen.
std::string figure_svg(const Ui& ui, const Figure& figure);
// Hands the person the figure as a file; a PNG file has picture_scale().
void save_figure(Ui& ui, Platform& platform, const Figure& figure, PictureKind kind);

}  // namespace lab
