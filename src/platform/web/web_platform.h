#pragma once

#include <emscripten/val.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "platform/opengl/gl_field_painter.h"
#include "platform/platform.h"

namespace lab {

// The browser as the app sees it. What needs the page goes to `services`, the object that
// web/services.js makes; what the page tells (preferences, pasted text) is kept here.
class WebPlatform final : public Platform {
 public:
  explicit WebPlatform(emscripten::val services) : services_(std::move(services)) {}

  void set_preferences(std::string language, bool dark, bool reduced_motion, bool contrast);
  void set_pasted(std::string text) { pasted_ = std::move(text); }

  double now() const override;
  std::string preferred_language() const override { return language_; }
  bool prefers_dark() const override { return dark_; }
  bool prefers_reduced_motion() const override { return reduced_motion_; }
  bool prefers_contrast() const override { return contrast_; }
  std::string address() const override;
  std::string clipboard() const override { return pasted_; }
  void set_clipboard(std::string_view text) override;
  std::optional<std::string> load(std::string_view key) const override;
  void store(std::string_view key, std::string_view value) override;
  void save_file(std::string_view name, std::string_view mime, std::string_view bytes) override;
  void save_picture(std::string_view name, ImDrawData& drawing) override;
  void set_dropped(DroppedFile file) { dropped_ = std::move(file); }
  std::optional<DroppedFile> take_dropped() override { return std::exchange(dropped_, {}); }
  GlFieldPainter* field_painter() override { return &painter_; }

 private:
  emscripten::val services_;
  std::string language_ = "en";
  bool dark_ = false;
  bool reduced_motion_ = false;
  bool contrast_ = false;
  std::string pasted_;  // a page learns the clipboard's text only from a paste event
  std::optional<DroppedFile> dropped_;
  GlFieldPainter painter_{"#version 300 es\nprecision highp float;\nprecision highp int;\n"};
};

}  // namespace lab
