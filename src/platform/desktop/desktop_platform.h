#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "platform/desktop/desktop_files.h"
#include "platform/opengl/gl_field_painter.h"
#include "platform/platform.h"

struct GLFWwindow;

namespace lab {

// A desktop by the freedesktop.org conventions: settings are files in the XDG configuration
// directory, saved files go where downloads go.
class DesktopPlatform final : public Platform {
 public:
  // `fixed` settings stand instead of stored ones and are never stored. Without a window there is
  // no clipboard and nothing is drawn.
  DesktopPlatform(GLFWwindow* window, std::map<std::string, std::string, std::less<>> fixed);

  double now() const override;
  std::string preferred_language() const override;
  bool prefers_dark() const override;
  bool prefers_reduced_motion() const override { return false; }
  bool prefers_contrast() const override;
  std::string address() const override { return {}; }
  std::string clipboard() const override;
  void set_clipboard(std::string_view text) override;
  std::optional<std::string> load(std::string_view key) const override;
  void store(std::string_view key, std::string_view value) override;
  void save_file(std::string_view name, std::string_view mime, std::string_view bytes) override;
  void save_picture(std::string_view name, ImDrawData& drawing) override;
  void set_dropped(DroppedFile file) { dropped_ = std::move(file); }
  std::optional<DroppedFile> take_dropped() override { return std::exchange(dropped_, {}); }
  GlFieldPainter* field_painter() override { return window_ == nullptr ? nullptr : &painter_; }
  DesktopFiles* documents() override { return &files_; }

  // Makes that file of the next one that is saved, instead of one where downloads go.
  void save_to(std::filesystem::path path) { save_to_ = std::move(path); }
  // What went wrong with the file that was saved last, if anything.
  std::optional<std::string> take_problem() { return std::exchange(problem_, {}); }

 private:
  GLFWwindow* window_;
  std::map<std::string, std::string, std::less<>> fixed_;
  std::filesystem::path settings_;
  std::filesystem::path save_to_;
  std::optional<std::string> problem_;
  std::optional<DroppedFile> dropped_;
  DesktopFiles files_;
  GlFieldPainter painter_{"#version 330 core\n"};
};

}  // namespace lab
