// Files and the desktop's own dialogs, with programs in their place that answer at once.

#include <doctest/doctest.h>
#include <stdlib.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <thread>

#include "platform/desktop/desktop_files.h"

using namespace lab;

namespace {

namespace fs = std::filesystem;
using Purpose = DocumentFiles::Purpose;

// A folder of its own, first on the PATH, on a pretended display; all of it is put back.
class Scratch {
 public:
  Scratch() {
    char name[] = "/tmp/activation-lab-test-XXXXXX";
    folder = mkdtemp(name);
    set("PATH", folder.string() + ":/usr/bin:/bin");
    set("DISPLAY", ":nowhere");
    set("XDG_CURRENT_DESKTOP", "GNOME");
    set("HOME", folder.string());
  }
  ~Scratch() {
    for (const auto& [name, value] : before_) {
      value ? setenv(name.c_str(), value->c_str(), 1) : unsetenv(name.c_str());
    }
    fs::remove_all(folder);
  }
  void set(const std::string& name, const std::string& value) {
    const char* now = getenv(name.c_str());
    before_.emplace(name, now == nullptr ? std::nullopt : std::optional<std::string>(now));
    setenv(name.c_str(), value.c_str(), 1);
  }
  void program(const std::string& name, const std::string& body) const {
    const fs::path file = folder / name;
    std::ofstream(file) << "#!/bin/sh\n" << body << "\n";
    fs::permissions(file, fs::perms::owner_all);
  }
  std::string text(const std::string& name) const {
    std::ifstream file(folder / name);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  fs::path folder;

 private:
  std::map<std::string, std::optional<std::string>> before_;
};

std::string wait_for(DesktopFiles& files) {
  for (int i = 0; i < 1000; ++i) {
    if (auto answer = files.answer()) return *answer;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  FAIL("no answer");
  return {};
}

}  // namespace

TEST_CASE("a dialog of the desktop is asked by its arguments and answers with a path") {
  Scratch scratch;
  scratch.program("zenity", "printf '%s\\n' \"$@\" > \"$HOME/said\"; echo '/a b/$(x);\"c.actlab'");
  DesktopFiles files(nullptr);
  REQUIRE(files.ask(Purpose::save, "Save as; rm -rf", "/tmp/$HOME `x`.actlab"));
  CHECK(wait_for(files) == "/a b/$(x);\"c.actlab");
  const std::string said = scratch.text("said");
  CHECK(said.find("--title=Save as; rm -rf\n") != said.npos);
  CHECK(said.find("--filename=/tmp/$HOME `x`.actlab\n") != said.npos);
  CHECK(said.find("--save\n") != said.npos);
  CHECK_FALSE(files.answer().has_value());
  REQUIRE(files.ask(Purpose::open, "Open", "/tmp/"));
  wait_for(files);
  CHECK(scratch.text("said").find("--save\n") == std::string::npos);
}

TEST_CASE("a dialog that was cancelled answers with nothing") {
  Scratch scratch;
  scratch.program("zenity", "echo /half; exit 1");
  DesktopFiles files(nullptr);
  REQUIRE(files.ask(Purpose::open, "Open", "/"));
  CHECK(wait_for(files).empty());
}

TEST_CASE("on KDE its dialog is taken, without a display none") {
  Scratch scratch;
  scratch.program("zenity", "echo zenity");
  scratch.program("kdialog", "echo kdialog");
  DesktopFiles files(nullptr);
  REQUIRE(files.ask(Purpose::open, "Open", "/"));
  CHECK(wait_for(files) == "zenity");
  scratch.set("XDG_CURRENT_DESKTOP", "KDE");
  REQUIRE(files.ask(Purpose::open, "Open", "/"));
  CHECK(wait_for(files) == "kdialog");
  scratch.set("DISPLAY", "");
  scratch.set("WAYLAND_DISPLAY", "");
  CHECK_FALSE(files.ask(Purpose::open, "Open", "/"));
}

TEST_CASE("a dialog that is open goes with the program") {
  Scratch scratch;
  scratch.program("zenity", "exec sleep 600");
  const auto start = std::chrono::steady_clock::now();
  {
    DesktopFiles files(nullptr);
    REQUIRE(files.ask(Purpose::open, "Open", "/"));
    CHECK(files.ask(Purpose::open, "Open", "/"));  // still the same one
  }
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(30));
}

TEST_CASE("files are read and replaced as a whole") {
  Scratch scratch;
  DesktopFiles files(nullptr);
  CHECK(files.absolute("a.actlab") == (scratch.folder / "a.actlab").string());
  CHECK(files.absolute("~/a.actlab") == (scratch.folder / "a.actlab").string());
  CHECK(files.absolute("/x/y") == "/x/y");
  const std::string path = files.absolute("a.actlab");
  CHECK_FALSE(files.exists(path));
  CHECK_FALSE(files.read(path).has_value());
  REQUIRE(files.write(path, "one"));
  REQUIRE(files.write(path, "two"));
  CHECK(files.read(path) == "two");
  CHECK(files.exists(path));
  CHECK_FALSE(files.exists(path + ".new"));
  CHECK_FALSE(files.read(scratch.folder.string()).has_value());
  CHECK_FALSE(files.write((scratch.folder / "none" / "a").string(), "x"));
}
