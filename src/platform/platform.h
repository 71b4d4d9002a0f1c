#pragma once

#include <optional>
#include <string>
#include <string_view>

struct ImDrawData;

namespace lab {

class DocumentFiles;
class FieldPainter;

struct DroppedFile {
  std::string name;
  std::string text;
};

// What the app needs from the machine it runs on. One implementation per platform, chosen by CMake:
// src/platform/web or src/platform/desktop; the app's tests bring their own.
class Platform {
 public:
  virtual ~Platform() = default;

  virtual double now() const = 0;  // seconds from an arbitrary start, monotonic

  // Preferences of the person, asked again every frame so that a change is followed live.
  virtual std::string preferred_language() const = 0;  // BCP 47, e.g. "zh-CN"
  virtual bool prefers_dark() const = 0;
  virtual bool prefers_reduced_motion() const = 0;
  virtual bool prefers_contrast() const = 0;  // more of it than most people need

  // The system clipboard, UTF-8. Reading may be impossible (a browser tells only on paste): empty.
  virtual std::string clipboard() const = 0;
  virtual void set_clipboard(std::string_view text) = 0;

  // Small settings that survive a restart (language, theme). load() of an unknown key: nothing.
  virtual std::optional<std::string> load(std::string_view key) const = 0;
  virtual void store(std::string_view key, std::string_view value) = 0;

  // The address that links to the app begin with, without a #; empty where there is none.
  virtual std::string address() const = 0;

  // Hands the person a file: a download in the browser, a written file on the desktop.
  virtual void save_file(std::string_view name, std::string_view mime, std::string_view bytes) = 0;
  // The same with a PNG file of a drawing, which has as many pixels as its framebuffer scale says.
  virtual void save_picture(std::string_view name, ImDrawData& drawing) = 0;

  // A file that has been dropped onto the app since the last question, if any.
  virtual std::optional<DroppedFile> take_dropped() = 0;

  // Null where documents are not kept in files that a person names.
  virtual DocumentFiles* documents() { return nullptr; }

  // Colours fields of numbers on the graphics card; null where there is none.
  virtual FieldPainter* field_painter() = 0;
};

}  // namespace lab
