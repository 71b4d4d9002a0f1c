// Controls operated by their ids, as screen readers do, and settings that others have spoilt.
#include <doctest/doctest.h>

#include <cfloat>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <utility>
#include <vector>

#include "app/scenes/scene.h"
#include "headless.h"

using namespace lab;
using enum ControlAction::Kind;

namespace {

void act(Headless& lab, ControlAction::Kind kind, const std::string& id, std::string text = {}) {
  lab.app().act({kind, id, std::move(text)});
  lab.settle();
}

}  // namespace

TEST_CASE("a press by id does what a click does, also to what is out of sight") {
  FakePlatform platform;
  Headless lab(platform, {390, 300});
  act(lab, press, "tensor.tab.code");
  CHECK(lab.state()["tab"] == "code");
  act(lab, press, "header.language.zh");
  CHECK(lab.state()["language"] == "zh");
  act(lab, press, "tensor.undo");  // not enabled
  act(lab, press, "no.such.control");
  CHECK(lab.state()["language"] == "zh");
  CHECK_FALSE(lab.app().wants_frames());
}

TEST_CASE("a press behind an open menu closes it") {
  FakePlatform platform;
  Headless lab(platform);
  act(lab, press, "tensor.layer.0");
  CHECK(lab.item("tensor.layer.0")["expanded"] == true);
  CHECK(lab.has("tensor.layer.0.menu.elu"));
  act(lab, press, "tensor.view.gradient");
  CHECK(lab.state()["show"] == "gradient");
  CHECK_FALSE(lab.has("tensor.layer.0.menu.elu"));
  act(lab, press, "tensor.layer.0");
  act(lab, press, "tensor.layer.0.menu.elu");
  CHECK(lab.state()["layers"][0]["activation"] == "elu");
}

TEST_CASE("the focus by id shows the keyboard cursor there, and opens a field") {
  FakePlatform platform;
  Headless lab(platform);
  act(lab, focus, "tensor.copy_input");
  CHECK(lab.item("tensor.copy_input")["focused"] == true);
  lab.click("scene.functions");
  act(lab, focus, "functions.search");
  lab.type("sin");
  CHECK(lab.item("functions.search")["value"] == "sin");
}

TEST_CASE("a slider and a text are set by id") {
  FakePlatform platform;
  Headless lab(platform);
  act(lab, set, "tensor.cell.0.1", "2.5");
  CHECK(lab.state()["input"]["data"][1] == 2.5);
  act(lab, set, "tensor.cell.0.1", "two");
  CHECK(lab.state()["input"]["data"][1] == 2.5);
  CHECK(lab.has("tensor.error"));

  lab.click("scene.functions");
  lab.click("functions.choose.elu");
  const nlohmann::json slider = lab.item("functions.param.alpha");
  REQUIRE(slider["range"].size() == 4);
  const double most = slider["range"][1];
  act(lab, set, "functions.param.alpha", "0.5");
  CHECK(lab.item("functions.param.alpha")["value"] == "0.5");
  act(lab, set, "functions.param.alpha", "nonsense");
  CHECK(lab.item("functions.param.alpha")["value"] == "0.5");
  act(lab, set, "functions.param.alpha", "1e30");
  CHECK(std::stod(lab.item("functions.param.alpha")["value"].get<std::string>()) == most);

  act(lab, focus, "functions.formula_field");
  lab.type("x");
  act(lab, set, "functions.formula_field", "sin(x)");  // while it is being edited
  CHECK(lab.item("functions.formula_field")["value"] == "sin(x)");
  lab.type("+1");
  CHECK(lab.item("functions.formula_field")["value"] == "sin(x)+1");
}

TEST_CASE(
    "a slider with the keyboard focus takes the keys that sliders have, and keeps the focus") {
  FakePlatform platform;
  Headless lab(platform);
  lab.click("scene.functions");
  lab.click("functions.choose.elu");
  const std::string id = "functions.param.alpha";
  act(lab, focus, id);
  const auto number = [](float value) {
    std::ostringstream text;
    text << value;
    return text.str();
  };
  const float least = lab.item(id)["range"][0], most = lab.item(id)["range"][1];
  const std::pair<ImGuiKey, std::string> presses[] = {
      {ImGuiKey_RightArrow, "1.01"},  {ImGuiKey_UpArrow, "1.02"},
      {ImGuiKey_Equal, "1.03"},       {ImGuiKey_LeftArrow, "1.02"},
      {ImGuiKey_DownArrow, "1.01"},   {ImGuiKey_Minus, "1"},
      {ImGuiKey_PageUp, "1.1"},       {ImGuiKey_PageDown, "1"},
      {ImGuiKey_Home, number(least)}, {ImGuiKey_LeftArrow, number(least)},
      {ImGuiKey_End, number(most)},   {ImGuiKey_UpArrow, number(most)},
  };
  for (const auto& [key, value] : presses) {
    CAPTURE(ImGui::GetKeyName(key));
    lab.press(key);
    CHECK(lab.item(id)["value"] == value);
    CHECK(lab.item(id)["focused"] == true);
  }
}

TEST_CASE("the timeline's keys go along the steps that are kept") {
  FakePlatform platform;
  Headless lab(platform);
  lab.click("scene.train");
  for (int i = 0; i < 30; ++i) lab.click("train.step");
  const std::string id = "train.timeline";
  act(lab, focus, id);
  const auto value = [&] { return lab.item(id)["value"].get<std::string>(); };
  const std::string last = value();
  lab.press(ImGuiKey_Home);
  CHECK(value() == "0");
  lab.press(ImGuiKey_LeftArrow);
  CHECK(value() == "0");
  lab.press(ImGuiKey_UpArrow);
  const std::string first = value();
  CHECK(first != "0");
  lab.press(ImGuiKey_PageUp);
  CHECK(std::stoi(value()) > 5 * std::stoi(first));
  lab.press(ImGuiKey_End);
  CHECK(value() == last);
  CHECK(lab.item(id)["focused"] == true);
}

namespace {

// Keeps what it is given, and what was drawn of it last.
struct FakePainter final : FieldPainter {
  std::map<unsigned, std::pair<const void*, std::vector<float>>> fields;
  std::map<unsigned, std::vector<float>> drawn;

  void set(unsigned key, const void* owner, const FieldGrid& grid) override {
    fields[key] = {owner, {grid.values.begin(), grid.values.end()}};
  }
  bool holds(unsigned key, const void* owner) const override {
    const auto found = fields.find(key);
    return found != fields.end() && found->second.first == owner;
  }
  void draw(ImDrawList&, unsigned key, const FieldLook&, std::span<const Place>) override {
    drawn[key] = fields.at(key).second;
  }
};

}  // namespace

TEST_CASE("scenes that share a painter show their own fields when one comes back to them") {
  for (const char* scene : {"train", "compare"}) {
    CAPTURE(scene);
    FakePlatform platform;
    FakePainter painter;
    platform.painter = &painter;
    Headless lab(platform);
    lab.click("scene." + std::string(scene));
    lab.click(std::string(scene) + ".epoch");
    painter.drawn.clear();
    lab.frame();
    const auto before = painter.drawn;
    REQUIRE_FALSE(before.empty());
    for (const char* lesson : {"xor", "choosing"}) {  // whose live scenes are of both kinds
      REQUIRE(lab.app().open_link("scene=learn&lesson=" + std::string(lesson)));
      lab.settle();
    }
    lab.click("scene." + std::string(scene));
    painter.drawn.clear();
    lab.frame();
    CHECK(painter.drawn == before);
  }
}

TEST_CASE("a table keeps its tabs when it is pasted into a text, and the key Tab goes on") {
  FakePlatform platform;
  Headless lab(platform);
  lab.click("tensor.edit_text");
  lab.press(ImGuiKey_A, ImGuiMod_Ctrl);
  ImGui::SetClipboardText("1\t2\n3\t4");
  lab.press(ImGuiKey_V, ImGuiMod_Ctrl);
  CHECK(lab.item("tensor.text.field")["value"] == "1\t2\n3\t4");
  lab.press(ImGuiKey_Tab);
  CHECK(lab.item("tensor.text.field")["value"] == "1\t2\n3\t4");
  lab.click("tensor.text.apply");
  CHECK(lab.item("tensor.cell.0.1")["value"] == "2");
  CHECK(lab.item("tensor.cell.1.0")["value"] == "3");
}

TEST_CASE("a link that is refused takes no hidden part back") {
  FakePlatform platform;
  Headless lab(platform);
  REQUIRE(lab.app().open_link("scene=train&preset=xor-relu&hide=title,data"));
  const std::string before = lab.app().link();
  CHECK_FALSE(lab.app().open_link("scene=train&v=1&rate=-1"));
  CHECK(lab.app().link() == before);
}

TEST_CASE("the sentence on a tensor all of whose outputs are the same names that number") {
  FakePlatform platform;
  Headless lab(platform);
  const auto sentence = [&](const std::string& link) -> std::string {
    REQUIRE(lab.app().open_link("scene=tensor&" + link));
    lab.settle();
    return lab.state()["sentence"];
  };
  CHECK(sentence("app.input=5&app.layers=identity") == "The output is 5.");
  CHECK(sentence("app.input=5;5&app.layers=identity") == "Every output is 5.");
  CHECK(sentence("app.input=5;6&app.layers=identity") == "The output lies between 5 and 6.");
}

TEST_CASE("the control that Tab comes to is in sight, above the sentence") {
  for (const ImVec2 size : {ImVec2(1000, 700), ImVec2(390, 600)}) {
    for (const SceneRow& scene : scenes()) {
      FakePlatform platform;
      platform.language = "zh";
      Headless lab(platform, size);
      lab.click("scene." + std::string(scene.id));
      std::set<std::string> visited;
      for (bool round = false; !round;) {
        ImGui::GetIO().AddKeyEvent(ImGuiKey_Tab, true);
        ImGui::GetIO().AddKeyEvent(ImGuiKey_Tab, false);
        for (int i = 0; i < 4; ++i) lab.frame();
        float bottom = size.y;
        nlohmann::json focused;
        for (const nlohmann::json& item : lab.items()) {
          if (item["id"] == "status" && size.x > 640) bottom = item["rect"][1];
          if (item.value("focused", false)) focused = item;
        }
        if (focused.is_null()) continue;
        round = !visited.insert(focused["id"]).second;
        const float top = focused["rect"][1], height = focused["rect"][3];
        if (focused["id"] == "about" || height > bottom) continue;  // stands beside the sentence
        CAPTURE(size.x);
        CAPTURE(focused["id"]);
        REQUIRE(top >= 0);
        REQUIRE(top + height <= bottom);
      }
      CHECK(visited.size() > 10);
    }
  }
}

TEST_CASE("a key on a slider or a plot does not take the pointer for a finger on it") {
  FakePlatform platform;
  Headless lab(platform);
  lab.click("scene.functions");
  lab.click("functions.choose.elu");
  const nlohmann::json before = lab.state();
  for (const ImVec2 pointer : {ImVec2(900, 500), ImVec2(-FLT_MAX, -FLT_MAX)}) {
    CAPTURE(pointer.x);
    ImGui::GetIO().AddMousePosEvent(pointer.x, pointer.y);
    lab.settle();
    for (const char* id : {"functions.param.alpha", "functions.plot"}) {
      CAPTURE(id);
      const std::string value = lab.item(id)["value"];
      act(lab, focus, id);
      for (const ImGuiKey key : {ImGuiKey_Space, ImGuiKey_Enter}) {
        ImGui::GetIO().AddKeyEvent(key, true);
        for (int i = 0; i < 4; ++i) lab.frame();
        ImGui::GetIO().AddKeyEvent(key, false);
        lab.settle();
        CHECK(lab.item(id)["value"] == value);
      }
      act(lab, press, id);
      CHECK(lab.item(id)["value"] == value);
    }
  }
  CHECK(lab.state()["x"] == before["x"]);
}

TEST_CASE("a pinch is where it is, wherever the pointer may be") {
  FakePlatform platform;
  Headless lab(platform);
  for (const char* scene : {"functions", "train"}) {
    CAPTURE(scene);
    lab.click(std::string("scene.") + scene);
    const std::string id = std::string(scene) + (std::string(scene) == "train" ? ".map" : ".plot");
    lab.point(id);
    const auto rect = lab.item(id)["rect"].get<std::vector<float>>();
    // What else has happened takes frames to be taken in; meanwhile the pointer has left.
    ImGui::GetIO().AddMousePosEvent(-FLT_MAX, -FLT_MAX);
    lab.frame();
    for (int i = 0; i < 4; ++i) {
      ImGui::GetIO().AddKeyEvent(ImGuiKey_F5, i % 2 == 0);
      ImGui::GetIO().AddMouseWheelEvent(0, 0);
    }
    lab.app().zoom(rect[0] + rect[2] / 4, rect[1] + rect[3] / 4, 2);
    lab.settle();
    if (std::string(scene) == "functions") {
      const auto x = lab.state()["x"].get<std::vector<nlohmann::json>>();
      REQUIRE(x[0].is_number());
      const double about = -6 + 12 * 0.25, length = 12 / 1.15 / 1.15;
      CHECK(x[0].get<double>() == doctest::Approx(about - 0.25 * length).epsilon(0.01));
    }
  }
}

TEST_CASE("a pinch zooms the plot under it, and nothing beside it") {
  FakePlatform platform;
  Headless lab(platform);
  lab.click("scene.functions");
  const auto length = [&] {
    const nlohmann::json x = lab.state()["x"];
    return x[1].get<double>() - x[0].get<double>();
  };
  const double whole = length();
  const nlohmann::json plot = lab.item("functions.plot");
  CHECK(plot["zooms"] == true);
  const auto left = plot["rect"][0].get<float>(), top = plot["rect"][1].get<float>();
  lab.app().zoom(left + 50, top + 50, 1);
  lab.app().zoom(left + 50, top + 50, 1);  // two before the next frame
  CHECK(lab.app().wants_frames());
  lab.settle();
  CHECK(length() == doctest::Approx(whole / (1.15 * 1.15)));
  const double near = length();
  lab.app().zoom(left - 20, top - 20, 3);
  lab.settle();
  CHECK(length() == near);
}

TEST_CASE("more contrast is followed live, in the chosen theme") {
  FakePlatform platform;
  Headless lab(platform);
  const unsigned plain = lab.app().page_colour();
  platform.contrast = true;
  lab.settle();
  CHECK(lab.app().page_colour() != plain);
  CHECK(lab.state()["contrast"] == true);
  CHECK(lab.state()["theme"] == "light");
  lab.click("header.theme");
  CHECK(lab.app().page_colour() == 0x000000);
  platform.contrast = false;
  lab.settle();
  CHECK(lab.state()["theme"] == "dark");
  CHECK(lab.app().page_colour() != 0x000000);
}

TEST_CASE("spoilt settings are as good as none") {
  for (const char* spoilt : {"", "DARK", "\xff\xfe", "{\"theme\":1}", "zh-CN"}) {
    FakePlatform platform;
    platform.dark = true;
    platform.language = "zh-CN";
    platform.settings["theme"] = platform.settings["language"] = spoilt;
    Headless lab(platform);
    CHECK(lab.state()["theme"] == "dark");
    CHECK(lab.state()["language"] == "zh");
  }
}

namespace {

// One random thing that a person could do.
void do_anything(Headless& lab, std::mt19937& random) {
  const auto below = [&](size_t count) { return static_cast<size_t>(random()) % count; };
  ImGuiIO& io = ImGui::GetIO();
  const ImVec2 place{static_cast<float>(below(1440)), static_cast<float>(below(900))};
  const auto any_control = [&]() -> nlohmann::json {
    const nlohmann::json items = lab.items();
    return items[below(items.size())];
  };
  constexpr ImGuiKey keys[] = {ImGuiKey_Tab,        ImGuiKey_Enter,     ImGuiKey_Escape,
                               ImGuiKey_LeftArrow,  ImGuiKey_DownArrow, ImGuiKey_Space,
                               ImGuiKey_RightArrow, ImGuiKey_UpArrow,   ImGuiKey_Backspace,
                               ImGuiKey_Equal,      ImGuiKey_Minus,     ImGuiKey_Home};
  constexpr const char* texts[] = {"0",         "-1.5", "nan",   "x^2", "你好",
                                   "[[1,2],[3", "sin(", "1e999", ""};
  switch (below(9)) {
    case 0:
      io.AddMousePosEvent(place.x, place.y);
      if (below(8) == 0) io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);  // away
      break;
    case 1: {
      const auto rect = any_control()["rect"].get<std::vector<float>>();
      io.AddMousePosEvent(rect[0] + 4, rect[1] + 4);
      io.AddMouseButtonEvent(0, true);
      break;
    }
    case 2:
      io.AddMouseButtonEvent(static_cast<int>(below(3)), below(2) == 0);
      break;
    case 3:
      io.AddMouseWheelEvent(0, static_cast<float>(below(7)) - 3);
      break;
    case 4:
      io.AddKeyEvent(keys[below(std::size(keys))], below(2) == 0);
      break;
    case 5:
      io.AddKeyEvent(below(2) == 0 ? ImGuiMod_Ctrl : ImGuiMod_Shift, below(2) == 0);
      break;
    case 6:
      io.AddInputCharactersUTF8(texts[below(std::size(texts))]);
      break;
    case 7:
      lab.app().act({static_cast<ControlAction::Kind>(below(3)),
                     any_control()["id"].get<std::string>(), texts[below(std::size(texts))]});
      break;
    case 8:
      lab.app().zoom(place.x, place.y, static_cast<float>(below(9)) - 4);
      break;
  }
}

}  // namespace

// Sanitizers make this take eight minutes, where it takes one: there they see the first fifth.
extern "C" [[gnu::weak]] void __asan_init();
int random_events() {
  return &__asan_init ? 2'000 : 10'000;
}

TEST_CASE("any scene survives 10,000 random events") {
  for (const SceneRow& row : scenes()) {
    CAPTURE(row.id);
    FakePlatform platform;
    Headless lab(platform);
    act(lab, press, "scene." + std::string(row.id));
    std::mt19937 random(20240501);
    for (int event = 0; event < random_events(); ++event) {
      do_anything(lab, random);
      if (event % 3 == 0) lab.frame();
    }
    // Whatever is held is let go, whatever is open is closed: then it can be used as ever.
    ImGui::GetIO().ClearInputKeys();
    ImGui::GetIO().ClearInputMouse();
    for (int i = 0; i < 4; ++i) lab.press(ImGuiKey_Escape);
    act(lab, press, "scene." + std::string(row.id));
    act(lab, press, "header.language.zh");
    CHECK(lab.state()["language"] == "zh");
    CHECK(lab.state()["scene"] == std::string(row.id));
    if (row.id == std::string_view("functions")) {
      for (const char* axis : {"x", "y"}) CHECK(lab.state()[axis][0].is_number());
      CHECK(lab.state()["cursor"].is_number());
    }
    // Only what plays goes on by itself.
    const auto progress = lab.app().progress();
    CHECK(lab.app().wants_frames() == (progress && progress->playing));
  }
}
