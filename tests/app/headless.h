#pragma once

#include <imgui.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "app/app.h"
#include "app/ui/item_hooks.h"
#include "platform/document_files.h"

namespace lab {

// A platform of plain values, for tests to set and to look at.
struct FakePlatform final : Platform {
  double time = 0;
  mutable int asked = 0;
  double moment = 1e-3;  // seconds that a question for the time takes
  double tick = 1e-9;    // … between two times that the clock can tell
  std::string language = "en";
  bool dark = false, contrast = false;
  std::string clip;
  std::string saved_name, saved;  // the last file handed out
  // The last drawing handed out: its size in pixels, and the colours in it.
  ImVec2 picture;
  std::set<ImU32> picture_colours;
  std::optional<DroppedFile> dropped;
  std::map<std::string, std::string, std::less<>> settings;

  // Every question takes a moment, as it does on a real machine.
  double now() const override {
    return std::floor((time + moment * static_cast<double>(++asked)) / tick) * tick;
  }
  std::string preferred_language() const override { return language; }
  bool prefers_dark() const override { return dark; }
  bool prefers_reduced_motion() const override { return true; }
  bool prefers_contrast() const override { return contrast; }
  std::string address() const override { return "https://lab.example/"; }
  std::string clipboard() const override { return clip; }
  void set_clipboard(std::string_view text) override { clip = text; }
  std::optional<std::string> load(std::string_view key) const override;
  void store(std::string_view key, std::string_view value) override;
  void save_file(std::string_view name, std::string_view, std::string_view bytes) override {
    saved_name = name;
    saved = bytes;
  }
  void save_picture(std::string_view name, ImDrawData& drawing) override;
  std::optional<DroppedFile> take_dropped() override { return std::exchange(dropped, {}); }
  FieldPainter* painter = nullptr;  // as where there is a graphics card
  FieldPainter* field_painter() override { return painter; }
  DocumentFiles* files = nullptr;  // as on a desktop, where there are some
  DocumentFiles* documents() override { return files; }
};

// The app in an ImGui context of its own whose renderer draws nothing, operated as a person would:
// by pointer and keyboard events at the places the control records name.
class Headless {
 public:
  // `link`: opened before the first frame.
  explicit Headless(FakePlatform& platform, ImVec2 size = {1440, 900}, float ratio = 1,
                    std::string_view link = {});
  ~Headless();

  void frame();
  void settle();  // frames until nothing moves

  nlohmann::json items() const { return nlohmann::json::parse(app_->items_json()); }
  nlohmann::json state() const { return nlohmann::json::parse(app_->state_json()); }
  // The record of a control; fails the test where there is none.
  nlohmann::json item(const std::string& id) const;
  bool has(const std::string& id) const;

  void point(const std::string& id);  // scrolls there first, as a person would
  void click(const std::string& id);
  void tap(const std::string& id);  // without waiting until nothing moves
  void drag(const std::string& id, ImVec2 by);
  void type(std::string_view text);
  void press(ImGuiKey key, ImGuiKey modifier = ImGuiKey_None);

  App& app() { return *app_; }
  ItemLog& log() { return log_; }
  ImVec2 size;
  float ratio;

 private:
  void finish_textures();

  FakePlatform& platform_;
  ImGuiContext* context_;
  ItemLog log_;
  std::optional<App> app_;
};

}  // namespace lab
