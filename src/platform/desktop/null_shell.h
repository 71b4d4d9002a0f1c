#pragma once

#include <memory>

#include "app/app.h"
#include "platform/desktop/desktop_platform.h"
#include "platform/desktop/options.h"

struct ImGuiContext;

namespace lab {

// The app without a window and without a graphics card: for what only needs its layout, such as
// figures as SVG.
class NullShell {
 public:
  explicit NullShell(const Options& options);
  ~NullShell();
  NullShell(const NullShell&) = delete;
  NullShell& operator=(const NullShell&) = delete;

  void frame();
  App& app() { return *app_; }
  DesktopPlatform& platform() { return platform_; }

 private:
  Options options_;
  DesktopPlatform platform_;
  ImGuiContext* context_;
  std::unique_ptr<App> app_;
};

}  // namespace lab
