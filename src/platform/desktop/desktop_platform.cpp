#include "platform/desktop/desktop_platform.h"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "platform/desktop/png.h"

namespace lab {
namespace {

namespace fs = std::filesystem;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

fs::path home() {
  return environment("HOME");
}

// The XDG base directory specification has relative paths ignored.
fs::path configuration_directory() {
  const fs::path configured = environment("XDG_CONFIG_HOME");
  return configured.is_absolute() ? configured : home() / ".config";
}

std::optional<std::string> read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

bool write_file(const fs::path& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return static_cast<bool>(file.flush());
}

// The line XDG_DOWNLOAD_DIR="$HOME/…" or ="/…" of user-dirs.dirs, which xdg-user-dirs keeps.
fs::path configured_download_directory() {
  std::ifstream file(configuration_directory() / "user-dirs.dirs");
  constexpr std::string_view kStart = "XDG_DOWNLOAD_DIR=\"", kHome = "$HOME/";
  for (std::string line; std::getline(file, line);) {
    if (line.compare(0, kStart.size(), kStart) != 0 || line.back() != '"') continue;
    const std::string value = line.substr(kStart.size(), line.size() - kStart.size() - 1);
    return value.compare(0, kHome.size(), kHome) == 0 ? home() / value.substr(kHome.size())
                                                      : fs::path(value);
  }
  return home() / "Downloads";
}

fs::path download_directory() {
  const fs::path configured = configured_download_directory();
  std::error_code error;
  return fs::is_directory(configured, error) ? configured : fs::current_path(error);
}

// "plot.png", or where that exists "plot (2).png" and so on.
fs::path free_name(const fs::path& directory, const fs::path& name) {
  fs::path path = directory / name;
  std::error_code error;
  for (int number = 2; fs::exists(path, error); ++number) {
    path = directory /
           (name.stem().string() + " (" + std::to_string(number) + ")" + name.extension().string());
  }
  return path;
}

}  // namespace

DesktopPlatform::DesktopPlatform(GLFWwindow* window,
                                 std::map<std::string, std::string, std::less<>> fixed)
    : window_(window),
      fixed_(std::move(fixed)),
      settings_(configuration_directory() / "activation-lab"),
      files_(window) {}

double DesktopPlatform::now() const {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(since).count();
}

std::string DesktopPlatform::preferred_language() const {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    std::string locale = environment(name);  // such as zh_CN.UTF-8
    if (locale.empty()) continue;
    locale.resize(std::min(locale.find_first_of(".@"), locale.size()));
    std::replace(locale.begin(), locale.end(), '_', '-');
    return locale;
  }
  return "en";
}

// More than this only a D-Bus client could ask for; the app's own switch is stored.
bool DesktopPlatform::prefers_dark() const {
  return environment("GTK_THEME").find("dark") != std::string::npos;
}

bool DesktopPlatform::prefers_contrast() const {
  return environment("GTK_THEME").find("HighContrast") != std::string::npos;
}

std::string DesktopPlatform::clipboard() const {
  const char* text = window_ == nullptr ? nullptr : glfwGetClipboardString(window_);
  return text == nullptr ? std::string() : std::string(text);
}

void DesktopPlatform::set_clipboard(std::string_view text) {
  if (window_ != nullptr) glfwSetClipboardString(window_, std::string(text).c_str());
}

std::optional<std::string> DesktopPlatform::load(std::string_view key) const {
  const auto fixed = fixed_.find(key);
  return fixed != fixed_.end() ? fixed->second : read_file(settings_ / key);
}

// A setting that can't be kept is only forgotten at the next start.
void DesktopPlatform::store(std::string_view key, std::string_view value) {
  const auto fixed = fixed_.find(key);
  if (fixed != fixed_.end()) {
    fixed->second = value;
    return;
  }
  std::error_code error;
  fs::create_directories(settings_, error);
  const fs::path unfinished = settings_ / (std::string(key) + ".new");
  if (write_file(unfinished, value)) fs::rename(unfinished, settings_ / key, error);
}

void DesktopPlatform::save_file(std::string_view name, std::string_view, std::string_view bytes) {
  const bool asked = !save_to_.empty();
  const fs::path path = asked ? std::exchange(save_to_, {}) : free_name(download_directory(), name);
  problem_.reset();
  if (bytes.empty()) {
    problem_ = "there is no memory for a picture of that size";
  } else if (!write_file(path, bytes)) {
    problem_ = "could not write " + path.string();
  }
  if (asked) return;  // whoever asked for the file asks for the problem, too
  if (problem_) {
    std::fprintf(stderr, "activation-lab: %s\n", problem_->c_str());
  } else {
    std::printf("Saved %s\n", path.c_str());
  }
}

void DesktopPlatform::save_picture(std::string_view name, ImDrawData& drawing) {
  save_file(name, "image/png", encode_png(draw_image(drawing)));
}

}  // namespace lab
