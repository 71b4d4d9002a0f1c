#include "app/plot/picture.h"

#include <algorithm>
#include <cmath>

#include "app/plot/screen_canvas.h"
#include "app/plot/svg_canvas.h"

namespace lab {
namespace {

constexpr float kLeastDensity = 2;

}  // namespace

void save_picture(Ui& ui, Platform& platform, std::string_view name, ImRect part,
                  const std::function<void(Canvas&)>& paint) {
  // Whole CSS px of whole pixels: lines are as sharp as on the screen.
  part = {{std::floor(part.Min.x), std::floor(part.Min.y)},
          {std::ceil(part.Max.x), std::ceil(part.Max.y)}};
  const float of_screen = ui.density();
  ui.set_density(std::max(std::ceil(of_screen), kLeastDensity));

  ImDrawList list(ImGui::GetDrawListSharedData());
  list._ResetForNewFrame();
  list.PushTexture(ImGui::GetIO().Fonts->TexRef);
  list.PushClipRect(part.Min, part.Max);
  list.AddRectFilled(part.Min, part.Max, ui.tone(Tone::raised));
  ScreenCanvas canvas(&list, ui.type(), platform.field_painter());
  paint(canvas);

  ImDrawData drawing;
  drawing.Valid = true;
  drawing.DisplayPos = part.Min;
  drawing.DisplaySize = part.GetSize();
  drawing.FramebufferScale = {ui.density(), ui.density()};
  drawing.Textures = &ImGui::GetPlatformIO().Textures;
  drawing.AddDrawList(&list);
  platform.save_picture(name, drawing);
  ui.set_density(of_screen);
}

void save_picture_as(Ui& ui, Platform& platform, std::string_view name, bool svg, ImRect part,
                     const std::function<void(Canvas&)>& paint) {
  if (!svg) return save_picture(ui, platform, name, part, paint);
  SvgCanvas canvas(part.Min, part.GetSize(), ui.tone(Tone::raised));
  paint(canvas);
  platform.save_file(name, "image/svg+xml", canvas.finish());
}

}  // namespace lab
