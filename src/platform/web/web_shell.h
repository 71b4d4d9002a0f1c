#pragma once

#include <imgui.h>

#include <memory>
#include <string>

#include "app/app.h"
#include "platform/opengl/picture.h"
#include "platform/web/web_input.h"
#include "platform/web/web_platform.h"

struct GLFWwindow;

namespace lab {

// What a frame tells the page. Lengths are CSS px from the canvas's top left corner.
struct FrameReport {
  float content_height = 0;
  float pinned_height = 0;  // of what stands fixed at the bottom, over the content
  bool wants_frames = false;
  unsigned page_colour = 0;
  std::string language;
  std::string cursor;  // CSS name
  bool wants_text = false;
  float caret_x = 0, caret_y = 0, caret_height = 0;
  unsigned focus = 0;  // ImGui id of the control under the visible keyboard cursor, 0: none
  float focus_top = 0, focus_height = 0;
  bool playing = false;
  double epoch = -1;  // −1: the scene does not play
  bool goal_reached = false;
};

// One app on one canvas: the GLFW window with its WebGL2 context, the ImGui context and the App.
// Draws only when the page asks for a frame.
class WebShell {
 public:
  // Nothing when the browser gives the canvas no WebGL2 context.
  static std::unique_ptr<WebShell> create(emscripten::val services, bool mac);
  ~WebShell();
  WebShell(const WebShell&) = delete;
  WebShell& operator=(const WebShell&) = delete;

  WebPlatform& platform() { return platform_; }
  WebInput& input() { return *input_; }
  App& app() { return *app_; }

  void resize(int width, int height, float pixel_ratio);  // of the canvas's pixels
  FrameReport frame(float scroll_y);
  // All of the content at the present width, however little of it is in the window.
  Image screenshot();
  // The next frame lets go of the active and the focused control (the focus went elsewhere).
  void release_focus() { release_focus_ = true; }
  // After the browser gave back a lost WebGL context: everything on the GPU is made anew.
  void restore_graphics();

 private:
  WebShell(emscripten::val services, GLFWwindow* window, bool mac);
  void set_up_imgui();
  View begin_frame(float height);
  void render();
  FrameReport report() const;

  GLFWwindow* window_;
  WebPlatform platform_;
  std::unique_ptr<WebInput> input_;
  std::unique_ptr<App> app_;
  ImGuiPlatformImeData caret_;
  std::string pasted_;  // owns what ImGui's clipboard callback returned last
  int width_ = 1, height_ = 1;
  float pixel_ratio_ = 1;
  float scale_ = 1;  // CSS px per unit of ImGui's
  double last_frame_ = 0;
  bool release_focus_ = false;
};

}  // namespace lab
