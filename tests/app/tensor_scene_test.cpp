#include <doctest/doctest.h>

#include "headless.h"

using namespace lab;

namespace {

struct Scene {
  FakePlatform platform;
  Headless lab{platform};

  std::string output() const { return lab.state()["output"].get<std::string>(); }
  std::vector<float> input() const {
    return lab.state()["input"]["data"].get<std::vector<float>>();
  }
  void enter(const std::string& cell, const std::string& text) {
    lab.click(cell);
    lab.type(text);
    lab.press(ImGuiKey_Enter);
    lab.press(ImGuiKey_Escape);  // out of the next cell's editor
  }
};

}  // namespace

TEST_CASE("the tutorial's tensor prints as PyTorch prints it") {
  Scene s;
  CHECK(s.output() ==
        "tensor([[0.6225, 0.5000],\n        [0.5000, 0.9526],\n        [0.8176, 0.5000]])");
  CHECK(s.lab.item("tensor.output")["value"] == s.output());
}

TEST_CASE("typing into a cell changes the output") {
  Scene s;
  s.enter("tensor.cell.0.1", "2");
  CHECK(s.input()[1] == 2.0f);
  CHECK(s.output() ==
        "tensor([[0.6225, 0.8808],\n        [0.5000, 0.9526],\n        [0.8176, 0.5000]])");
  s.enter("tensor.cell.2.1", "−3.5e-1");
  CHECK(s.input()[5] == -0.35f);
}

TEST_CASE("Enter goes down, Tab goes right, Escape keeps the old value") {
  Scene s;
  s.lab.click("tensor.cell.0.0");
  s.lab.type("7");
  s.lab.press(ImGuiKey_Enter);
  s.lab.type("8");
  s.lab.press(ImGuiKey_Tab);
  s.lab.type("9");
  s.lab.press(ImGuiKey_Escape);
  CHECK(s.input() == std::vector<float>{7, -0.6f, 8, 3, 1.5f, -2});
}

TEST_CASE("a cell that is not a number keeps the old value and says so in both languages") {
  Scene s;
  s.enter("tensor.cell.0.0", "abc");
  CHECK(s.input()[0] == 0.5f);
  CHECK(s.lab.item("tensor.error")["value"].get<std::string>().find("abc") != std::string::npos);
  s.enter("tensor.cell.0.0", "1 2");
  CHECK(s.input()[0] == 0.5f);
  s.enter("tensor.cell.0.0", "1");
  CHECK(s.input()[0] == 1.0f);
  CHECK_FALSE(s.lab.has("tensor.error"));
}

TEST_CASE("a sideways drag scrubs a value and undoes as one step") {
  Scene s;
  s.lab.drag("tensor.cell.0.0", {100, 0});
  const float scrubbed = s.input()[0];
  CHECK(scrubbed > 1.5f);
  CHECK_FALSE(s.lab.has("tensor.error"));
  s.lab.click("tensor.undo");
  CHECK(s.input()[0] == 0.5f);
  CHECK_FALSE(s.lab.item("tensor.undo")["enabled"].get<bool>());
  s.lab.click("tensor.redo");
  CHECK(s.input()[0] == scrubbed);
  s.lab.press(ImGuiKey_Z, ImGuiMod_Ctrl);
  CHECK(s.input()[0] == 0.5f);
}

TEST_CASE("rows and columns come and go up to 64 by 16") {
  Scene s;
  s.lab.click("tensor.rows.more");
  s.lab.click("tensor.columns.more");
  CHECK(s.lab.state()["input"]["shape"] == nlohmann::json({4, 3}));
  CHECK(s.input() == std::vector<float>{0.5f, -0.6f, 0, -1, 3, 0, 1.5f, -2, 0, 0, 0, 0});
  s.lab.click("tensor.columns.fewer");
  s.lab.click("tensor.rows.fewer");
  CHECK(s.input() == std::vector<float>{0.5f, -0.6f, -1, 3, 1.5f, -2});
  for (int i = 0; i < 20; ++i) s.lab.click("tensor.columns.more");
  CHECK(s.lab.state()["input"]["shape"] == nlohmann::json({3, 16}));
  CHECK_FALSE(s.lab.item("tensor.columns.more")["enabled"].get<bool>());
  for (int i = 0; i < 20; ++i) s.lab.click("tensor.columns.fewer");
  CHECK(s.lab.state()["input"]["shape"] == nlohmann::json({3, 1}));
}

TEST_CASE("layers are added, changed, moved and removed") {
  Scene s;
  const auto ids = [&] {
    std::vector<std::string> result;
    const nlohmann::json state = s.lab.state();
    for (const auto& layer : state["layers"]) result.push_back(layer["activation"]);
    return result;
  };
  s.lab.click("tensor.layer.0.later");
  CHECK(ids() == std::vector<std::string>{"sigmoid", "relu"});
  CHECK(s.output().starts_with("tensor([[0.6225, 0.3543]"));
  s.lab.click("tensor.layer.add");
  s.lab.click("tensor.layer.add.menu.sigmoid");
  CHECK(ids() == std::vector<std::string>{"sigmoid", "relu", "sigmoid"});
  s.lab.click("tensor.layer.0");
  s.lab.click("tensor.layer.0.menu.relu");
  s.lab.click("tensor.layer.2.remove");
  CHECK(ids() == std::vector<std::string>{"relu", "relu"});
  s.lab.click("tensor.layer.0.remove");
  s.lab.click("tensor.layer.0.remove");
  CHECK(ids().empty());
  CHECK(s.output().starts_with("tensor([[ 0.5000, -0.6000]"));
  s.lab.click("tensor.reset");
  CHECK(ids() == std::vector<std::string>{"relu", "sigmoid"});
}

TEST_CASE("the pointed-at cell is traced through all stages") {
  Scene s;
  s.lab.point("tensor.cell.0.1");
  CHECK(s.lab.item("tensor.trace")["value"] == "x = −0.6 → 0 → 0.5");
  s.lab.point("tensor.stage.2.1.1");
  CHECK(s.lab.item("tensor.trace")["value"] == "x = 3 → 3 → 0.9526");
}

TEST_CASE("the gradient of the sum is shown with blocked cells") {
  Scene s;
  s.lab.click("tensor.view.gradient");
  CHECK(s.lab.item("tensor.cell.0.1")["value"] == "0");
  CHECK(s.lab.item("tensor.cell.0.0")["value"].get<std::string>().starts_with("0.2350"));
  CHECK(s.lab.item("tensor.stage.2.0.0")["value"] == "1");
  CHECK(s.lab.state()["sentence"].get<std::string>().starts_with("3 of 6 inputs"));
}

TEST_CASE("the code tab shows the script and Copy copies it") {
  Scene s;
  s.lab.click("tensor.tab.code");
  const std::string code = s.lab.item("tensor.code")["value"];
  CHECK(code.find("nn.ReLU()") != std::string::npos);
  CHECK(code.find("nn.Sigmoid()") != std::string::npos);
  s.lab.click("tensor.copy");
  CHECK(s.platform.clip == code);
}

TEST_CASE("the input is edited as text, with errors that say where") {
  Scene s;
  const auto replace_draft = [&](std::string_view text) {
    s.lab.click("tensor.text.field");
    s.lab.press(ImGuiKey_A, ImGuiMod_Ctrl);
    s.lab.type(text);
    s.lab.click("tensor.text.apply");
  };
  s.lab.click("tensor.edit_text");
  replace_draft("tensor([[1., 2.], [3.]])");
  CHECK(s.lab.has("tensor.text.error"));
  CHECK(s.input().size() == 6);
  replace_draft("[[[1, 2]]]");
  CHECK(s.lab.item("tensor.text.error")["value"].get<std::string>().find("3 dimensions") !=
        std::string::npos);
  replace_draft("array([[1., 2., 3.]])");
  CHECK_FALSE(s.lab.has("tensor.text.field"));
  CHECK(s.input() == std::vector<float>{1, 2, 3});
}

TEST_CASE("the largest tensor fits a phone") {
  FakePlatform platform;
  Headless lab(platform, {390, 844}, 3);
  for (int i = 0; i < 20; ++i) lab.click("tensor.columns.more");
  for (const auto& item : lab.items()) {
    CHECK(item["rect"][0].get<float>() + item["rect"][2].get<float>() <= 390.5f);
  }
}

TEST_CASE("the input is copied and pasted with the keyboard") {
  Scene s;
  s.lab.press(ImGuiKey_C, ImGuiMod_Ctrl);
  CHECK(s.platform.clip == "[[0.5, -0.6],\n [-1.0, 3.0],\n [1.5, -2.0]]");
  s.platform.clip = "1,2\n3,4";
  s.lab.press(ImGuiKey_V, ImGuiMod_Ctrl);
  CHECK(s.input() == std::vector<float>{1, 2, 3, 4});
  s.platform.clip = "[1, 2";
  s.lab.press(ImGuiKey_V, ImGuiMod_Ctrl);
  const std::string error = s.lab.item("tensor.error")["value"];
  CHECK_MESSAGE(error.starts_with("Line 1, column"), error);
  CHECK(s.input() == std::vector<float>{1, 2, 3, 4});
}

TEST_CASE("a table that is pasted into a cell fills the cells from there on") {
  Scene s;
  s.lab.click("tensor.cell.1.0");
  ImGui::SetClipboardText("1\t2\t3\n4\t5\t6");
  s.lab.press(ImGuiKey_V, ImGuiMod_Ctrl);
  CHECK(s.input() == std::vector<float>{0.5f, -0.6f, 0, 1, 2, 3, 4, 5, 6});
  CHECK_FALSE(s.lab.has("tensor.error"));
  s.lab.click("tensor.undo");
  CHECK(s.input() == std::vector<float>{0.5f, -0.6f, -1, 3, 1.5f, -2});
  // One number is text as any other.
  s.lab.click("tensor.cell.0.0");
  ImGui::SetClipboardText("7.5");
  s.lab.press(ImGuiKey_V, ImGuiMod_Ctrl);
  s.lab.press(ImGuiKey_Enter);
  s.lab.press(ImGuiKey_Escape);
  CHECK(s.input()[0] == 7.5f);
  // A table for which there is no room says so, and changes nothing.
  s.lab.click("tensor.cell.0.1");
  ImGui::SetClipboardText("1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16");
  s.lab.press(ImGuiKey_V, ImGuiMod_Ctrl);
  CHECK(s.lab.item("tensor.error")["label"].get<std::string>().find("no room") !=
        std::string::npos);
  CHECK(s.input().size() == 6);
}

TEST_CASE("a layer's parameter is dragged within its bounds and undone as one step") {
  Scene s;
  s.lab.click("tensor.layer.0");
  s.lab.click("tensor.layer.0.menu.leaky_relu");
  const std::string id = "tensor.layer.0.param.negative_slope";
  CHECK(s.lab.item(id)["value"] == "0.01");
  s.lab.drag(id, {60, 0});
  const auto slope = [&] { return s.lab.state()["layers"][0]["params"]["negative_slope"]; };
  CHECK(slope() > 0.05);
  s.lab.drag(id, {5000, 0});
  CHECK(s.lab.item(id)["value"].get<std::string>() == "1");
  s.lab.press(ImGuiKey_Z, ImGuiMod_Ctrl);
  s.lab.press(ImGuiKey_Z, ImGuiMod_Ctrl);
  CHECK(slope() == 0.01);
}

TEST_CASE("a number typed on a focused cell replaces its value") {
  Scene s;
  s.lab.click("tensor.cell.0.0");
  s.lab.press(ImGuiKey_Escape);
  s.lab.press(ImGuiKey_RightArrow);
  REQUIRE(s.lab.item("tensor.cell.0.1")["focused"].get<bool>());
  s.lab.type("7");
  s.lab.type(".5");
  s.lab.press(ImGuiKey_Enter);
  CHECK(s.input()[1] == 7.5f);
}

TEST_CASE("an open editor draws no frames of its own") {
  Scene s;
  s.lab.click("tensor.cell.0.0");
  CHECK_FALSE(s.lab.app().wants_frames());
}
