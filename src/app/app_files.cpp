#include <algorithm>
#include <utility>

#include "app/app_impl.h"
#include "app/document.h"

// What the app reads and writes: documents, and figures of its scenes.

namespace lab {

bool App::open_file(std::string_view path) {
  return impl_->files && impl_->files->open(path);
}
bool App::open_dropped(std::string_view path, std::string_view text) {
  if (!impl_->files || !is_document(text)) return false;
  impl_->files->open(path);  // or says why it can't be
  return true;
}

// Those of the scene; what is in a part that is left out can't be drawn.
std::vector<Figure> App::Impl::figures() {
  std::vector<Figure> list = shown().figures(ui);
  for (Figure& figure : list) {
    if (std::ranges::find(hidden, figure.of) != hidden.end()) figure.paint = nullptr;
  }
  return list;
}

std::vector<App::FigureState> App::figures() {
  std::vector<FigureState> list;
  const Ui& ui = impl_->ui;
  for (const Figure& figure : impl_->figures()) {
    list.push_back({std::string(figure.id), std::string(ui.tr(figure.name)), figure.shown()});
  }
  return list;
}

bool App::show_figure(std::string_view id) {
  const auto all = impl_->figures();
  if (std::ranges::find(all, id, &Figure::id) == all.end()) return false;
  impl_->shown().show_figure(id);
  impl_->ui.keep_moving();
  return true;
}

bool App::save_figure(std::string_view id, PictureKind kind, float scale) {
  Ui& ui = impl_->ui;
  const auto all = impl_->figures();
  const auto found = std::ranges::find(all, id, &Figure::id);
  if (found == all.end() || !found->shown()) return false;
  const float chosen = std::exchange(ui.picture_scale, scale);
  lab::save_figure(ui, impl_->platform, *found, kind);
  ui.picture_scale = chosen;
  return true;
}

}  // namespace lab
