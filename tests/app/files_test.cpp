// Documents in files, as the native program has them: the menu, the shortcuts, what is refused.

#include <doctest/doctest.h>

#include <map>

#include "app/document.h"
#include "core/experiment/document.h"
#include "headless.h"

using namespace lab;

namespace {

struct FakeFiles final : DocumentFiles {
  std::map<std::string, std::string, std::less<>> disk;
  bool has_dialog = true, full = false;
  std::optional<Purpose> asked;
  std::string asked_path, name;
  std::optional<std::string> reply;

  bool ask(Purpose purpose, std::string_view, std::string_view path) override {
    asked = purpose;
    asked_path = path;
    return has_dialog;
  }
  std::optional<std::string> answer() override { return std::exchange(reply, {}); }
  std::string absolute(std::string_view path) const override {
    return path.starts_with('/') ? std::string(path) : "/home/" + std::string(path);
  }
  bool exists(std::string_view path) const override { return disk.contains(path); }
  std::optional<std::string> read(std::string_view path) override {
    const auto found = disk.find(path);
    return found == disk.end() ? std::nullopt : std::optional(found->second);
  }
  bool write(std::string_view path, std::string_view bytes) override {
    if (full) return false;
    disk[std::string(path)] = bytes;
    return true;
  }
  void show_name(std::string_view shown) override { name = shown; }
};

struct Desk {
  FakeFiles files;
  FakePlatform platform;
  std::optional<Headless> lab;
  Desk() {
    platform.files = &files;
    lab.emplace(platform);
  }
  void reply(std::string path) {
    files.reply = std::move(path);
    lab->settle();
  }
};

}  // namespace

TEST_CASE("a document reads back as what was shown, without language and colours") {
  const std::string text = to_document("scene=train&v=1&data=xor&net=4relu&lang=zh&theme=dark");
  CHECK(text == "{\"activationLab\":1,\"link\":\"scene=train&v=1&data=xor&net=4relu\"}\n");
  CHECK(is_document(text));
  CHECK(read_document(text).link == "scene=train&v=1&data=xor&net=4relu");
  Experiment experiment;
  experiment.data.kind = "xor";
  CHECK_FALSE(is_document(to_json(experiment)));
  const ReadDocument read = read_document(to_json(experiment));
  CHECK(!read.complaint);
  CHECK(read.link.starts_with("scene=train&v=1&data=xor"));
}

TEST_CASE("what is no document is refused with the reason") {
  for (const auto& [text, reason] :
       {std::pair("", "Line 1"), std::pair("{\"activationLab\":2,\"link\":\"v=1\"}", "newer"),
        std::pair("{\"activationLab\":\"x\"}", "newer"), std::pair("{\"activationLab\":1}", "link"),
        std::pair("{\"version\":1,\"data\":{\"kind\":\"nonsense\"}}", "data.kind"),
        std::pair("[1]", ""), std::pair("{\"activationLab\":1,\"link\":7}", "link")}) {
    CAPTURE(text);
    const ReadDocument read = read_document(text);
    CHECK(read.complaint.in(Language::en).find(reason) != std::string::npos);
    CHECK(read.link.empty());
  }
}

TEST_CASE("every scene is saved to a file and opened from it") {
  for (const char* scene : {"tensor", "functions", "train", "compare", "gradients"}) {
    CAPTURE(scene);
    Desk first;
    REQUIRE(first.lab->app().show_scene(scene));
    first.lab->settle();
    first.lab->press(ImGuiKey_S, ImGuiMod_Ctrl);
    CHECK(first.files.asked == DocumentFiles::Purpose::save);
    CHECK(first.files.asked_path == "/home/" + std::string(scene) + ".actlab");
    first.reply("/home/mine");  // the ending is added
    REQUIRE(first.files.disk.contains("/home/mine.actlab"));
    CHECK(first.files.name == "mine.actlab");

    Desk second;
    second.files.disk = first.files.disk;
    second.lab->press(ImGuiKey_O, ImGuiMod_Ctrl);
    CHECK(second.files.asked == DocumentFiles::Purpose::open);
    second.reply("/home/mine.actlab");
    CHECK(second.lab->app().link() == first.lab->app().link());
    CHECK(second.lab->app().problem().empty());
  }
}

TEST_CASE("saving again goes to the same file, and saving as asks") {
  Desk desk;
  desk.lab->click("scene.train");
  desk.lab->press(ImGuiKey_S, ImGuiMod_Ctrl);
  desk.reply("/home/a.actlab");
  const std::string before = desk.files.disk["/home/a.actlab"];
  REQUIRE(desk.lab->app().open_link("scene=train&v=1&data=spiral"));
  desk.lab->settle();
  desk.files.asked.reset();
  desk.lab->press(ImGuiKey_S, ImGuiMod_Ctrl);
  CHECK_FALSE(desk.files.asked.has_value());
  CHECK(desk.files.disk["/home/a.actlab"] != before);
  desk.lab->click("header.file");
  desk.lab->click("file.menu.save_as");
  CHECK(desk.files.asked == DocumentFiles::Purpose::save);
  CHECK(desk.files.asked_path == "/home/a.actlab");
  desk.reply("");  // cancelled
  CHECK(desk.files.disk.size() == 1);
}

TEST_CASE("files of late are in the menu, the latest first, and are kept") {
  Desk desk;
  for (int i = 0; i < 10; ++i) {
    const std::string path = "/home/" + std::to_string(i) + ".actlab";
    desk.files.disk[path] = to_document("scene=train&v=1");
    REQUIRE(desk.lab->app().open_file(path));
  }
  CHECK(desk.platform.settings["recent"].starts_with("/home/9.actlab\n/home/8.actlab\n"));
  desk.lab->click("header.file");
  CHECK(desk.lab->item("file.menu.recent.0")["label"] == "9.actlab");
  CHECK(desk.lab->has("file.menu.recent.7"));
  CHECK_FALSE(desk.lab->has("file.menu.recent.8"));
  desk.lab->click("file.menu.recent.1");
  CHECK(desk.files.name == "8.actlab");
  CHECK(desk.platform.settings["recent"].starts_with("/home/8.actlab\n/home/9.actlab\n"));
}

TEST_CASE("a file that can't be opened leaves everything as it was, and says why") {
  Desk desk;
  desk.lab->click("scene.compare");
  const std::string before = desk.lab->app().link();
  desk.files.disk["/home/bad.actlab"] = to_document("scene=train&v=1&net=zzz");
  desk.files.disk["/home/other.json"] = "{\"version\":1,\"network\":{\"outputs\":-1}}";
  for (const char* path : {"/home/none.actlab", "/home/bad.actlab", "/home/other.json"}) {
    CAPTURE(path);
    CHECK_FALSE(desk.lab->app().open_file(path));
    desk.lab->settle();
    CHECK(desk.lab->app().link() == before);
    const auto said = desk.lab->item("compare.error")["value"].get<std::string>();
    CHECK(said.find(std::string_view(path).substr(6)) != said.npos);
  }
  CHECK_FALSE(desk.platform.settings.contains("recent"));
  desk.files.full = true;
  desk.lab->press(ImGuiKey_S, ImGuiMod_Ctrl);
  desk.reply("/home/x.actlab");
  CHECK(desk.lab->app().problem().find("/home/x.actlab") != std::string::npos);
}

TEST_CASE("without a dialog of the system the app asks for the path itself") {
  Desk desk;
  desk.files.has_dialog = false;
  desk.files.disk["/home/there.actlab"] = "old";
  desk.lab->click("scene.gradients");
  desk.lab->press(ImGuiKey_S, ImGuiMod_Ctrl);
  REQUIRE(desk.lab->has("file.path"));
  desk.lab->press(ImGuiKey_A, ImGuiMod_Ctrl);
  desk.lab->type("there.actlab");
  desk.lab->click("file.go");
  CHECK(desk.files.disk["/home/there.actlab"] == "old");  // asked first
  CHECK(desk.lab->has("file.problem"));
  desk.lab->click("file.go");
  CHECK(desk.files.disk["/home/there.actlab"].starts_with("{\"activationLab\":1"));
  CHECK_FALSE(desk.lab->has("file.path"));

  desk.lab->click("scene.tensor");
  desk.lab->press(ImGuiKey_O, ImGuiMod_Ctrl);
  desk.lab->press(ImGuiKey_A, ImGuiMod_Ctrl);
  desk.lab->type("/home/there.actlab");
  desk.lab->press(ImGuiKey_Enter);
  CHECK(desk.lab->state()["scene"] == "gradients");
}

TEST_CASE("documents that are dropped are opened, other files are the scene's") {
  Desk desk;
  const std::string text = to_document("scene=gradients&v=1");
  desk.files.disk["/home/a.actlab"] = text;
  CHECK(desk.lab->app().open_dropped("/home/a.actlab", text));
  desk.lab->settle();
  CHECK(desk.lab->state()["scene"] == "gradients");
  CHECK_FALSE(desk.lab->app().open_dropped("/home/points.csv", "x,y,label\n0,0,1\n"));
}

TEST_CASE("where documents are in no files there is no menu for them") {
  FakePlatform platform;
  Headless lab(platform);
  CHECK_FALSE(lab.has("header.file"));
  CHECK_FALSE(lab.app().open_file("/home/a.actlab"));
  CHECK_FALSE(lab.app().open_dropped("/home/a.actlab", to_document("scene=train&v=1")));
}
