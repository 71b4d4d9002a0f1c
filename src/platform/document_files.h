#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lab {

// Documents in files that a person names, where a platform has such. Paths are absolute, UTF-8.
class DocumentFiles {
 public:
  virtual ~DocumentFiles() = default;

  enum class Purpose { open, save };
  // Shows the system's own dialog, in which `path` is chosen to begin with. False where there is
  // none: then the app asks for a path itself.
  virtual bool ask(Purpose purpose, std::string_view title, std::string_view path) = 0;
  // What has been answered since the last question; an empty path: nothing was chosen.
  virtual std::optional<std::string> answer() = 0;

  // A path as a person types it: relative ones begin at home.
  virtual std::string absolute(std::string_view path) const = 0;
  virtual bool exists(std::string_view path) const = 0;
  // Nothing where it can't be read, or is larger than any document is.
  virtual std::optional<std::string> read(std::string_view path) = 0;
  // Leaves what was there where it can't be written as a whole.
  virtual bool write(std::string_view path, std::string_view bytes) = 0;
  // The name of what is shown, for the window's title; empty: no file.
  virtual void show_name(std::string_view name) = 0;
};

}  // namespace lab
