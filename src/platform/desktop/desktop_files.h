#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "platform/document_files.h"

struct GLFWwindow;

namespace lab {

// Documents in the file system, chosen in the desktop's own dialog where one of its programs for
// that is installed: kdialog on KDE, else zenity. They are run by their names and arguments, never
// by a shell, and waited for by a thread, so that the window stays alive.
class DesktopFiles final : public DocumentFiles {
 public:
  // `window` gets the title; null: there is none.
  explicit DesktopFiles(GLFWwindow* window) : window_(window) {}
  ~DesktopFiles() override;

  bool ask(Purpose purpose, std::string_view title, std::string_view path) override;
  std::optional<std::string> answer() override;
  std::string absolute(std::string_view path) const override;
  bool exists(std::string_view path) const override;
  std::optional<std::string> read(std::string_view path) override;
  bool write(std::string_view path, std::string_view bytes) override;
  void show_name(std::string_view name) override;

 private:
  void wait(int process, int output);

  GLFWwindow* window_;
  std::thread waiter_;
  std::atomic<int> process_ = 0;  // that shows the dialog; 0: none
  std::mutex mutex_;
  std::optional<std::string> answer_;
};

}  // namespace lab
