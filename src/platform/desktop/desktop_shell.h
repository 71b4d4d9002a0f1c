#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/app.h"
#include "platform/desktop/desktop_platform.h"
#include "platform/desktop/options.h"

struct GLFWwindow;

namespace lab {

// The app in a GLFW window, drawn with OpenGL 3.3.
class DesktopShell {
 public:
  // Null with the reason in `error` when there is no display or no OpenGL 3.3.
  static std::unique_ptr<DesktopShell> open(const Options& options, std::string& error);
  ~DesktopShell();
  DesktopShell(const DesktopShell&) = delete;
  DesktopShell& operator=(const DesktopShell&) = delete;

  // Until the window is closed. Sleeps while nothing changes.
  void run();
  App& app() { return *app_; }
  DesktopPlatform& platform() { return platform_; }
  // A frame beside the screen, as large as the options say.
  void frame_aside();

  // Logical pixels per unit of ImGui's.
  float scale() const { return scale_; }
  // Draws `frames` frames beside the screen and writes the last one. False when it can't be
  // written.
  bool write_screenshot(const std::string& path, int frames);

 private:
  DesktopShell(GLFWwindow* window, const Options& options);
  void set_up_imgui();
  void listen();
  void wait_for_change();
  void keep_window();
  void frame();
  void draw(int width, int height, float pixel_ratio);  // in real pixels

  GLFWwindow* window_;
  Options options_;
  DesktopPlatform platform_;
  std::unique_ptr<App> app_;
  float scale_ = 1;
  int frames_left_ = 0;
};

}  // namespace lab
