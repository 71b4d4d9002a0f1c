#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/control_action.h"
#include "platform/platform.h"

namespace lab {

enum class SceneCommand : int;
struct SceneProgress;
enum class PictureKind;

// What the host tells the app before each frame. Lengths are CSS px (logical pixels).
struct View {
  float width = 0;
  float height = 0;           // of the visible window (not of the content)
  float pixel_ratio = 1;      // framebuffer pixels per CSS px
  float scroll_y = 0;         // how far the host page has scrolled the content, where it scrolls it
  bool host_scrolls = false;  // true: the page scrolls (web); false: the app scrolls (desktop)
};

// The whole application behind one object: it draws itself with the current ImGui context and knows
// nothing of the window it is in. A host creates an ImGui context with a renderer backend that has
// ImGuiBackendFlags_RendererHasTextures, then an App, then per frame: fills ImGuiIO (display size
// in CSS px, framebuffer scale = pixel_ratio, events), renderer NewFrame, ImGui::NewFrame(),
// app.frame(view), ImGui::Render(), renderer draw.
class App {
 public:
  explicit App(Platform& platform);
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  // Shows the scene with that id (scenes/scene.h). False, and no change, if there is none.
  bool show_scene(std::string_view id);
  // Opens what stands behind the # of a link: scene=, lang=, theme= and hide=, a preset= of the
  // scene, and what the scene shows. False where any of it is not valid; problem() says why. Then
  // nothing changes, but before the first frame what is valid is taken.
  bool open_link(std::string_view text);
  // The same the other way round, without the #: everything that is needed to see this again.
  std::string link() const;
  // Opens a document from a file (app/document.h), where the platform has such files. False, and no
  // change, if it can't be; problem() says why.
  bool open_file(std::string_view path);
  // A file that was dropped: false if it is no such document, but perhaps something for the scene.
  bool open_dropped(std::string_view path, std::string_view text);
  // What was wrong with what was asked last; empty if nothing.
  std::string problem() const;
  // Leaves out parts of scenes, names with commas between them (SceneRow::parts, and "sentence").
  // False, and no change, if no scene has such a part.
  bool hide(std::string_view parts);

  // Embedded in a page: the scene alone, without header and sentence.
  void set_embedded(bool embedded);

  // Of the scene that is shown (scenes/scene.h).
  bool command(SceneCommand command);
  std::optional<SceneProgress> progress() const;
  std::string progress_json() const;  // null where it does not play
  // Sets fields of the scene's experiment: a JSON object of paths (core/experiment/fields.h) and
  // values, all of them or none. problem() says why not.
  bool set_fields(std::string_view json);

  // CSS px per unit of ImGui's in the next frame, for a view of that many CSS px: above 1 while a
  // scene presents. The host divides ImGui's display size and the pointer's place by it, and
  // multiplies the framebuffer scale.
  float scale(float width, float height) const;
  void frame(const View& view);

  // The plots, diagrams and maps of the scene as it was drawn last: each by its id, its name in the
  // interface's language, and whether it is in view, which it must be to be saved.
  struct FigureState {
    std::string id, name;
    bool shown;
  };
  std::vector<FigureState> figures();
  // Brings one into view in the next frames, whatever that takes. False if there is none of that
  // id.
  bool show_figure(std::string_view id);
  // Hands it to the platform as a file, between two frames; PNG files have `scale` pixels per CSS
  // px. False if it is not in view.
  bool save_figure(std::string_view id, PictureKind kind, float scale);

  // Does something to a control of the last frame, in one of the next frames. Nothing happens where
  // there is no such control any more.
  void act(ControlAction action);

  // Zooms what is at that place of the view, where it can be: a pinch, or the wheel while Ctrl is
  // held. A unit is a notch of the wheel; above 0 it zooms in.
  void zoom(float x, float y, float units);

  // After a frame: the height the whole content wants at this width, in CSS px. A host that scrolls
  // gives its scroll container this height.
  float content_height() const;
  // Height of what stands fixed at the bottom of the view, over the content, CSS px.
  float pinned_height() const;
  // After a frame: true while something moves (an easing, a running training) and frames must go on
  // without input; false when the picture would stay the same.
  bool wants_frames() const;
  // Background colour of the page in the current theme, 0xRRGGBB, for the host's own surfaces.
  unsigned page_colour() const;
  // BCP 47 tag of the interface language, for the host's lang attribute.
  std::string language_tag() const;

  // The controls of the last frame as a JSON array: [{"id","role","label","value","rect":[x,y,w,h],
  // "enabled","focused"}], rect in CSS px relative to the view's top left corner; where it applies
  // also "passive" (it is only read), "range":[min,max,step,now], "expanded", "multiline", "live"
  // and "zooms". For tests and for the accessibility mirror.
  std::string items_json() const;
  // The document and view state as JSON.
  std::string state_json() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lab
