#include "app/plot/figure.h"

#include <algorithm>
#include <cmath>

#include "app/plot/screen_canvas.h"
#include "app/plot/svg_canvas.h"

namespace lab {
namespace {

// Whole CSS px: lines are as sharp as on the screen, and both kinds of files have the same size.
ImRect whole(const ImRect& part) {
  return {{std::floor(part.Min.x), std::floor(part.Min.y)},
          {std::ceil(part.Max.x), std::ceil(part.Max.y)}};
}

void save_png(Ui& ui, Platform& platform, const Figure& figure) {
  const ImRect part = whole(figure.part);
  const float of_screen = ui.density();
  ui.set_density(std::clamp(picture_scale(ui), kLeastPictureScale, kMostPictureScale));

  ImDrawList list(ImGui::GetDrawListSharedData());
  list._ResetForNewFrame();
  list.PushTexture(ImGui::GetIO().Fonts->TexRef);
  list.PushClipRect(part.Min, part.Max);
  list.AddRectFilled(part.Min, part.Max, ui.tone(Tone::raised));
  ScreenCanvas canvas(&list, ui.type(), platform.field_painter());
  figure.paint(canvas);

  ImDrawData drawing;
  drawing.Valid = true;
  drawing.DisplayPos = part.Min;
  drawing.DisplaySize = part.GetSize();
  drawing.FramebufferScale = {ui.density(), ui.density()};
  // The atlas's own: one that has just grown is among the platform's only from the next frame on.
  drawing.Textures = &ImGui::GetIO().Fonts->TexList;
  drawing.AddDrawList(&list);
  platform.save_picture(std::string(figure.id) + ".png", drawing);
  ui.set_density(of_screen);
}

}  // namespace

float picture_scale(const Ui& ui) {
  constexpr float least = 2;
  return ui.picture_scale > 0 ? ui.picture_scale : std::max(std::ceil(ui.density()), least);
}

std::string figure_svg(const Ui& ui, const Figure& figure) {
  const ImRect part = whole(figure.part);
  SvgCanvas canvas(ui.type(), part.Min, part.GetSize(), ui.tone(Tone::raised), figure.id,
                   ui.tr(figure.name));
  figure.paint(canvas);
  return canvas.finish();
}

void save_figure(Ui& ui, Platform& platform, const Figure& figure, PictureKind kind) {
  if (!figure.shown()) return;
  if (kind == PictureKind::png) return save_png(ui, platform, figure);
  platform.save_file(std::string(figure.id) + ".svg", "image/svg+xml", figure_svg(ui, figure));
}

}  // namespace lab
