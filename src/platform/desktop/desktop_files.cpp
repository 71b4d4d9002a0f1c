#include "platform/desktop/desktop_files.h"

#include <GLFW/glfw3.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

extern char** environ;  // POSIX; unistd.h declares it only for GNU's own dialect

namespace lab {
namespace {

namespace fs = std::filesystem;

// Longer than any document that the app takes.
constexpr std::uintmax_t kMostBytes = 100'000'000;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

bool is_installed(const std::string& program) {
  const std::string path = environment("PATH");
  for (size_t start = 0; start < path.size();) {
    const size_t end = std::min(path.find(':', start), path.size());
    const fs::path file = fs::path(path.substr(start, end - start)) / program;
    if (access(file.c_str(), X_OK) == 0) return true;
    start = end + 1;
  }
  return false;
}

std::vector<std::string> kdialog(bool saves, std::string_view title, std::string_view path) {
  return {"kdialog", "--title", std::string(title),
          saves ? "--getsavefilename" : "--getopenfilename", std::string(path),
          "Activation Lab (*.actlab *.json)"};
}

std::vector<std::string> zenity(bool saves, std::string_view title, std::string_view path) {
  std::vector<std::string> words = {"zenity", "--file-selection", "--title=" + std::string(title),
                                    "--filename=" + std::string(path),
                                    "--file-filter=Activation Lab | *.actlab *.json"};
  if (saves) words.insert(words.end(), {"--save", "--confirm-overwrite"});
  return words;
}

// The words of the desktop's own dialog; none where it has none.
std::vector<std::string> dialog(bool saves, std::string_view title, std::string_view path) {
  if (environment("DISPLAY").empty() && environment("WAYLAND_DISPLAY").empty()) return {};
  const bool on_kde = environment("XDG_CURRENT_DESKTOP").find("KDE") != std::string::npos;
  const bool has_kdialog = is_installed("kdialog");
  if (has_kdialog && (on_kde || !is_installed("zenity"))) return kdialog(saves, title, path);
  return is_installed("zenity") ? zenity(saves, title, path) : std::vector<std::string>();
}

// Starts a program whose output can be read. Its id, or 0.
int start(std::vector<std::string>& words, int& output) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return 0;
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  // The program hears the signals that this one keeps for its own thread.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  pid_t process = 0;
  const int failed =
      posix_spawnp(&process, arguments[0], &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  output = ends[0];
  if (failed == 0) return process;
  close(ends[0]);
  return 0;
}

}  // namespace

DesktopFiles::~DesktopFiles() {
  // A dialog that is still open goes with the window it belongs to.
  if (const int process = process_; process > 0) kill(process, SIGTERM);
  if (waiter_.joinable()) waiter_.join();
}

bool DesktopFiles::ask(Purpose purpose, std::string_view title, std::string_view path) {
  if (process_ > 0) return true;  // it is open already
  if (waiter_.joinable()) waiter_.join();
  std::vector<std::string> words = dialog(purpose == Purpose::save, title, path);
  if (words.empty()) return false;
  int output = 0;
  const int process = start(words, output);
  if (process == 0) return false;
  process_ = process;
  waiter_ = std::thread([this, process, output] { wait(process, output); });
  return true;
}

void DesktopFiles::wait(int process, int output) {
  std::string text;
  char bytes[4096];
  for (ssize_t count; (count = ::read(output, bytes, sizeof bytes)) > 0;) {
    text.append(bytes, static_cast<size_t>(count));
  }
  close(output);
  int status = 0;
  waitpid(process, &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) text.clear();  // nothing was chosen
  if (!text.empty() && text.back() == '\n') text.pop_back();
  {
    const std::lock_guard lock(mutex_);
    answer_ = std::move(text);
  }
  process_ = 0;
  if (window_ != nullptr) glfwPostEmptyEvent();
}

std::optional<std::string> DesktopFiles::answer() {
  const std::lock_guard lock(mutex_);
  return std::exchange(answer_, std::nullopt);
}

std::string DesktopFiles::absolute(std::string_view path) const {
  if (path.starts_with("~/")) path.remove_prefix(2);
  const fs::path given(path);
  if (given.is_absolute()) return given.string();
  const fs::path home = environment("HOME");
  return (home / given).lexically_normal().string();
}

bool DesktopFiles::exists(std::string_view path) const {
  std::error_code error;
  return fs::exists(fs::path(path), error);
}

std::optional<std::string> DesktopFiles::read(std::string_view path) {
  std::error_code error;
  const fs::path file(path);
  if (!fs::is_regular_file(file, error) || fs::file_size(file, error) > kMostBytes) return {};
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

bool DesktopFiles::write(std::string_view path, std::string_view bytes) {
  const fs::path file(path), unfinished(std::string(path) + ".new");
  std::error_code error;
  std::ofstream stream(unfinished, std::ios::binary | std::ios::trunc);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  stream.close();
  if (stream) fs::rename(unfinished, file, error);
  const bool written = stream && !error;
  if (!written) fs::remove(unfinished, error);
  return written;
}

void DesktopFiles::show_name(std::string_view name) {
  if (window_ == nullptr) return;
  const std::string title =
      name.empty() ? "Activation Lab" : std::string(name) + " – Activation Lab";
  glfwSetWindowTitle(window_, title.c_str());
}

}  // namespace lab
