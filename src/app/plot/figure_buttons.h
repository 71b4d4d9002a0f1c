#pragma once

#include <string>

#include "app/plot/figure.h"
#include "app/ui/button_row.h"

namespace lab {

// Two buttons that save a figure: `<id>.svg` and `<id>.png`. None while it is not shown.
inline void figure_buttons(ButtonRow& row, Ui& ui, Platform& platform, const std::string& id,
                           const Figure& figure) {
  if (!figure.shown()) return;
  const std::string name(ui.tr(figure.name));
  const ButtonLook save{ButtonKind::outline, Icon::download};
  if (row.add(id + ".svg", name + " SVG", save)) {
    save_figure(ui, platform, figure, PictureKind::svg);
  }
  if (row.add(id + ".png", name + " PNG", save)) {
    save_figure(ui, platform, figure, PictureKind::png);
  }
}

}  // namespace lab
