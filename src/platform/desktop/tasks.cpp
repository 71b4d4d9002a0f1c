#include "platform/desktop/tasks.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "app/plot/figure.h"
#include "app/scenes/scene.h"

namespace lab {
namespace {

constexpr int kSettleFrames = 4;
constexpr int kMostFrames = 1'000'000;  // of a figure that is worked out in frames

// Everything behind the # of an address, or the text as it is.
std::string_view hash_of(std::string_view link) {
  const size_t hash = link.find('#');
  return hash == link.npos ? link : link.substr(hash + 1);
}

bool reached(const App& app, const Options& options) {
  const std::optional<SceneProgress> now = app.progress();
  if (!now || now->diverged) return true;
  return options.steps ? now->step >= *options.steps : now->epoch >= *options.epochs;
}

// Step by step, not by the clock: the same on every machine.
std::optional<std::string> train(App& app, const Options& options) {
  if (!options.steps && !options.epochs) return std::nullopt;
  if (!app.progress()) return "this scene does not train";
  while (!reached(app, options)) {
    const long long before = app.progress()->step;
    if (!app.command(SceneCommand::step)) break;  // it can't go on: that is what is shown then
    if (app.progress()->step == before) return "this scene does not train";
  }
  return std::nullopt;
}

std::optional<std::string> write(App& app, DesktopPlatform& platform, const std::string& id,
                                 PictureKind kind, const std::string& file, float scale) {
  platform.save_to(file);
  if (!app.save_figure(id, kind, scale)) return "the scene shows no figure “" + id + "” now";
  return platform.take_problem();
}

std::string listed(const std::vector<App::FigureState>& figures) {
  std::string list;
  for (const App::FigureState& figure : figures) list += (list.empty() ? "" : ", ") + figure.id;
  return list;
}

}  // namespace

std::optional<std::string> begin(App& app, const Options& options) {
  if (options.scene) app.show_scene(*options.scene);
  if (options.file) {
    const std::string path = std::filesystem::absolute(*options.file).string();
    if (!app.open_file(path)) return app.problem();
  }
  if (options.link) {
    std::string link(hash_of(*options.link));
    if (options.scene) link = "scene=" + *options.scene + "&" + link;
    if (!app.open_link(link)) return app.problem();
  }
  return train(app, options);
}

std::optional<std::string> write_figures(App& app, DesktopPlatform& platform,
                                         const Options& options,
                                         const std::function<void()>& frame) {
  for (int i = 0; i < kSettleFrames; ++i) frame();
  const std::vector<App::FigureState> figures = app.figures();
  if (options.figures) {
    for (const App::FigureState& figure : figures) {
      std::printf("%s\t%s\n", figure.id.c_str(), figure.name.c_str());
    }
  }
  if (!options.figure) return std::nullopt;
  if (!app.show_figure(*options.figure)) {
    return "there is no figure “" + *options.figure + "”; there are " + listed(figures);
  }
  for (int i = 0; i < kMostFrames && (i < kSettleFrames || app.wants_frames()); ++i) frame();
  const float scale = options.pixel_ratio.value_or(1.0f);
  std::optional<std::string> problem;
  if (options.svg) {
    problem = write(app, platform, *options.figure, PictureKind::svg, *options.svg, scale);
  }
  if (!problem && options.png) {
    problem = write(app, platform, *options.figure, PictureKind::png, *options.png, scale);
  }
  return problem;
}

}  // namespace lab
