#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "app/scenes/train/presets.h"
#include "app/scenes/train/train_fields.h"
#include "core/experiment/document.h"
#include "core/experiment/share_link.h"
#include "headless.h"

using namespace lab;

namespace {

// The scene "Train", open.
struct Scene {
  FakePlatform platform;
  Headless lab;

  explicit Scene(ImVec2 size = {1440, 900}) : lab(platform, size) { lab.click("scene.train"); }

  nlohmann::json state() const { return lab.state(); }
  int64_t step() const { return state()["step"].get<int64_t>(); }
  std::string hash() const { return state()["hash"]; }
  Experiment document() const {
    return experiment_from_share_text(state()["experiment"].get<std::string>()).value();
  }
  void preset(std::string_view id) { lab.click("train.preset." + std::string(id)); }
  void tab(const std::string& id) {
    if (lab.has("train.tab." + id)) return lab.click("train.tab." + id);
    lab.click("train.tab");
    lab.click("train.tab.menu." + id);
  }
  void enter(const std::string& field, std::string_view text) {
    lab.click(field);
    lab.press(ImGuiKey_A, ImGuiMod_Ctrl);
    lab.type(text);
    lab.press(ImGuiKey_Enter);
  }
  // Presses Play and draws frames until `done`, at most so many; then pauses.
  template <class Done>
  void play(int frames, Done done) {
    lab.tap("train.play");
    for (int i = 0; i < frames && !done(); ++i) lab.frame();
    if (state()["playing"].get<bool>()) lab.tap("train.play");
    lab.settle();
  }
  double accuracy() const { return state()["testAccuracy"].get<double>(); }
};

}  // namespace

TEST_CASE("where training has left the finite numbers, no picture takes a class's side") {
  FakePlatform platform;
  Headless lab(platform);
  REQUIRE(lab.app().open_link("scene=train&v=1&data=xor&net=8relu&loss=mse&rate=100"));
  lab.settle();
  const std::string loss = lab.item("train.at.test_loss")["label"];
  lab.click("train.epoch");
  REQUIRE(lab.has("train.diverged"));
  CHECK(lab.item("train.at.test_loss")["label"] == loss);
  CHECK(lab.item("train.at.accuracy")["value"] == "–");

  TrainModel model;
  REQUIRE_FALSE(
      model.load(experiment_from_share_text("v=1&data=xor&net=8relu&loss=mse&rate=100").value()));
  model.step(100);
  REQUIRE(model.trainer().divergence());
  TrainFields fields;
  fields.update(model, {}, {-6, 6}, {-6, 6}, nullptr);
  for (const float value : fields.map()) CHECK(value == 0);
  for (const float value : fields.thumbnails().values) CHECK_FALSE(std::isnan(value));
  CHECK(std::ranges::count(fields.misclassified(), false) == 0);
}

TEST_CASE("XOR is learned by pressing Play, and reset leads back to the same start") {
  for (const char* id : {"xor-tanh", "xor-relu"}) {
    CAPTURE(id);
    Scene s;
    s.preset(id);
    const std::string start = s.hash();
    CHECK(s.step() == 0);
    s.play(600, [&] { return s.accuracy() == 1; });
    CHECK(s.accuracy() == 1);
    CHECK(s.hash() != start);
    s.lab.click("train.reset");
    CHECK(s.step() == 0);
    CHECK(s.hash() == start);
  }
}

TEST_CASE("nothing that bends: XOR is not learned") {
  for (const char* id : {"xor-none", "xor-identity"}) {
    CAPTURE(id);
    Scene s;
    s.preset(id);
    s.play(200, [] { return false; });
    CHECK(s.state()["epoch"].get<int>() > 30);
    CHECK(s.accuracy() < 0.7);
    CHECK(s.state()["sentence"].get<std::string>().find("straight line") != std::string::npos);
  }
}

TEST_CASE("every preset loads, plays and is named as chosen") {
  for (const TrainPreset& preset : train_presets()) {
    CAPTURE(preset.id);
    Scene s;
    s.preset(preset.id);
    CHECK(s.document() == experiment_of(preset));
    CHECK(s.lab.item("train.preset." + std::string(preset.id))["value"] == "true");
    s.lab.click("train.epoch");
    CHECK(s.state()["epoch"] == 1);
    CHECK(s.state()["diverged"] == false);
  }
}

TEST_CASE("one step, one epoch, and back along the timeline") {
  Scene s;
  const std::string start = s.hash();
  s.lab.click("train.step");
  CHECK(s.step() == 1);
  const std::string first = s.hash();
  s.lab.click("train.epoch");
  CHECK(s.step() == 25);
  s.lab.drag("train.timeline", {-400, 0});
  CHECK(s.step() == 0);
  CHECK(s.hash() == start);
  s.lab.click("train.step");
  CHECK(s.hash() == first);
}

TEST_CASE("the activation of a layer changes and its weights stay") {
  Scene s;
  s.lab.click("train.epoch");
  const std::string before = s.hash();
  s.lab.click("train.layer.0.activation");
  s.lab.click("train.layer.0.activation.menu.gelu");
  CHECK(s.document().network.hidden[0].activation == "gelu");
  CHECK(s.hash() == before);
  CHECK(s.step() == 25);
  s.lab.press(ImGuiKey_Z, ImGuiMod_Ctrl);
  CHECK(s.document().network.hidden[0].activation == "tanh");
}

TEST_CASE("layers, neurons and inputs are added and removed in place") {
  Scene s;
  s.lab.click("train.layers.more");
  CHECK(s.document().network.hidden.size() == 3);
  s.lab.click("train.layer.2.more");
  CHECK(s.document().network.hidden[2].units == 4);
  s.lab.click("train.layer.0.fewer");
  CHECK(s.document().network.hidden[0].units == 5);
  for (int i = 0; i < 3; ++i) s.lab.click("train.layers.fewer");
  CHECK(s.document().network.hidden.empty());
  s.lab.click("train.feature.xy");
  CHECK(s.document().features == std::vector<std::string>{"x", "y", "xy"});
  s.lab.click("train.feature.x");
  s.lab.click("train.feature.y");
  s.lab.click("train.feature.xy");  // the last one stays
  CHECK(s.document().features == std::vector<std::string>{"xy"});
  CHECK(s.lab.item("train.feature.xy")["enabled"] == false);
  s.lab.click("train.feature.x");
  CHECK(s.lab.item("train.feature.xy")["enabled"] == true);
}

TEST_CASE("settings take effect without a new start, and refuse what cannot be") {
  Scene s;
  s.lab.click("train.epoch");
  s.enter("train.set.training.optimizer.learningRate", "0.1");
  CHECK(s.document().training.optimizer.learning_rate == 0.1);
  CHECK(s.step() == 25);
  s.lab.click("train.set.training.optimizer.learningRate.more");
  CHECK(s.document().training.optimizer.learning_rate == 0.3);
  s.enter("train.set.training.batchSize", "many");
  // What is wrong stands below the field, which it calls by its name.
  const auto told = [&] {
    return s.lab.item("train.set.training.batchSize.error")["label"].get<std::string>();
  };
  CHECK(told().find("Batch size") != std::string::npos);
  CHECK(told().find("training.") == std::string::npos);
  s.lab.click("header.language.zh");
  CHECK(told().find("批大小") != std::string::npos);
  s.lab.click("header.language.en");
  const auto top = [&](const char* id) { return s.lab.item(id)["rect"][1].get<float>(); };
  const char* field = "train.set.training.batchSize";
  const float below = top("train.set.training.batchSize.error") - top(field);
  CHECK(below > 30);
  CHECK(below < 60);
  CHECK_FALSE(s.lab.has("train.error"));
  CHECK(s.document().training.batch_size == 10);
  s.lab.click("train.set.training.optimizer.kind");
  s.lab.click("train.set.training.optimizer.kind.menu.adam");
  CHECK(s.document().training.optimizer.kind == "adam");
  CHECK_FALSE(s.lab.has("train.set.training.batchSize.error"));
}

TEST_CASE("a divergence is explained, and there are two ways out") {
  Scene s;
  s.lab.click("train.data.reg_plane");
  s.lab.click("train.set.training.optimizer.kind");
  s.lab.click("train.set.training.optimizer.kind.menu.sgd");
  s.enter("train.set.training.optimizer.learningRate", "900");
  s.lab.click("train.layer.0.activation");
  s.lab.click("train.layer.0.activation.menu.identity");
  s.lab.click("train.layer.1.activation");
  s.lab.click("train.layer.1.activation.menu.identity");
  for (int i = 0; i < 20 && !s.state()["diverged"].get<bool>(); ++i) s.lab.click("train.epoch");
  REQUIRE(s.state()["diverged"] == true);
  CHECK(s.lab.item("train.diverged")["value"].get<std::string>().find("900") != std::string::npos);
  CHECK(s.lab.item("train.play")["enabled"] == false);
  s.lab.click("train.diverged.back");
  CHECK(s.state()["diverged"] == false);
  for (int i = 0; i < 20 && !s.state()["diverged"].get<bool>(); ++i) s.lab.click("train.epoch");
  s.lab.click("train.diverged.again");
  CHECK(s.document().training.optimizer.learning_rate == doctest::Approx(300));
}

TEST_CASE("a neuron under the lens: its weights are typed and frozen") {
  Scene s;
  CHECK(s.lab.has("train.lens.empty"));
  CHECK_FALSE(s.lab.has("train.map.back"));
  s.lab.click("train.unit.0.1");
  CHECK(s.lab.item("train.map")["label"].get<std::string>().find("neuron 2 of layer 1") !=
        std::string::npos);
  s.lab.click("train.map.back");
  CHECK(s.lab.item("train.map")["label"] == "What the network makes of the plane");
  CHECK_FALSE(s.lab.has("train.map.back"));
  s.lab.click("train.unit.0.1");
  CHECK(s.lab.item("train.map")["label"].get<std::string>().find("neuron 2 of layer 1") !=
        std::string::npos);
  s.enter("train.lens.weight.0", "1.5");
  CHECK(s.lab.item("train.lens.weight.0")["value"] == "1.5");
  s.lab.click("train.lens.weight.0.frozen");
  CHECK(s.document().network.frozen == std::vector<WeightIndex>{{0, 1, 0}});
  s.lab.click("train.epoch");
  CHECK(s.lab.item("train.lens.weight.0")["value"] == "1.5");
  CHECK(s.document().network.parameters[0][2] == 1.5);  // what training started from
  s.enter("train.lens.weight.1", "two");
  CHECK(s.lab.item("train.lens.weight.1.error")["label"].get<std::string>().find("two") !=
        std::string::npos);
  s.lab.drag("train.lens.bend", {-200, 0});
  CHECK(s.lab.item("train.lens.bend")["value"] == "0");
}

TEST_CASE("points are drawn and erased on the map") {
  Scene s;
  s.lab.click("train.data.custom");
  CHECK(s.document().data.points.size() == 500);
  s.lab.click("train.brush.2");
  s.lab.drag("train.map", {60, 0});
  Experiment drawn = s.document();
  CHECK(drawn.data.points.size() > 503);
  CHECK(drawn.network.outputs == 3);
  CHECK(drawn.training.loss == "cross_entropy");
  s.lab.click("train.tool.erase");
  s.lab.drag("train.map", {60, 0});
  CHECK(s.document().data.points.size() < drawn.data.points.size());
}

TEST_CASE("points come as CSV, or an error names line and column and all stays") {
  Scene s;
  const Experiment before = s.document();
  s.lab.click("train.data.csv");
  s.lab.click("train.csv.field");
  s.lab.press(ImGuiKey_A, ImGuiMod_Ctrl);
  s.lab.type("1,2,0\n3,oops,1\n");
  s.lab.click("train.csv.apply");
  CHECK(s.lab.item("train.csv.error")["value"].get<std::string>().find("Line 2") == 0);
  CHECK(s.document() == before);
  s.lab.click("train.csv.field");
  s.lab.press(ImGuiKey_A, ImGuiMod_Ctrl);
  s.lab.type("x,y,label\n1,2,0\n-3,1,1\n2,2,2\n0,1,1\n");
  s.lab.click("train.csv.apply");
  CHECK(s.document().data.points.size() == 4);
  CHECK(s.document().network.outputs == 3);
}

TEST_CASE("a dialog for text closes by Escape at once, and a press beside it loses nothing") {
  Scene s;
  s.lab.click("train.data.csv");
  s.lab.click("train.csv.field");
  s.lab.press(ImGuiKey_A, ImGuiMod_Ctrl);
  s.lab.type("1,2,0");
  ImGui::GetIO().AddMousePosEvent(5, 450);
  for (const bool down : {true, false}) {
    ImGui::GetIO().AddMouseButtonEvent(0, down);
    s.lab.frame();
  }
  s.lab.settle();
  CHECK(s.lab.item("train.csv.field")["value"] == "1,2,0");
  s.lab.click("train.csv.field");
  s.lab.type("!");
  s.lab.press(ImGuiKey_Escape);
  CHECK_FALSE(s.lab.has("train.csv.field"));
  s.lab.settle();
  CHECK_FALSE(s.lab.has("train.csv.field"));
  s.lab.click("train.data.csv");
  CHECK(s.lab.has("train.csv.field"));
  s.lab.click("train.csv.cancel");
  CHECK_FALSE(s.lab.has("train.csv.field"));
}

TEST_CASE("what nobody has seen can't be come back to") {
  FakePlatform platform;
  Headless fresh(platform, {1440, 900}, 1, "scene=train&v=1&data=spiral&net=3relu");
  const std::string shown = fresh.state()["experiment"];
  fresh.press(ImGuiKey_Z, ImGuiMod_Ctrl);
  CHECK(fresh.state()["experiment"] == shown);
  CHECK(fresh.app().open_link("scene=train&v=1&data=xor"));
  fresh.settle();
  fresh.press(ImGuiKey_Z, ImGuiMod_Ctrl);
  CHECK(fresh.state()["experiment"] == shown);
  Headless cells(platform, {1440, 900}, 1, "scene=tensor&v=1&app.input=1,2");
  CHECK(cells.item("tensor.undo")["enabled"] == false);
}

TEST_CASE("the figures beside the buttons are named in full, or go below them") {
  FakePlatform platform;
  for (const char* language : {"en", "zh"}) {
    for (float width = 320; width < 1100; width += 20) {
      CAPTURE(width);
      const std::string link =
          std::string("scene=train&hide=title,presets,data,network,settings,details,curve&lang=") +
          language;
      Headless lab(platform, {width, 900}, 1, link);
      Type type;
      type.load();
      for (const char* id : {"epoch", "train_loss", "test_loss", "accuracy"}) {
        const nlohmann::json figure = lab.item("train.at." + std::string(id));
        const auto rect = figure["rect"].get<std::vector<float>>();
        CHECK(type.width(style::caption, figure["label"].get<std::string>()) <= rect[2] + 2);
        CHECK(rect[0] + rect[2] <= width);
      }
    }
  }
}

TEST_CASE("files that are dropped and texts that are pasted are points or experiments") {
  Scene s;
  s.platform.dropped = DroppedFile{"points.csv", "x,y,label\n1,1,0\n-1,1,1\n-1,-1,0\n1,-1,1\n"};
  s.lab.settle();
  CHECK(s.document().data.points.size() == 4);
  s.platform.clip = "v=1&data=moons&net=3relu";
  s.lab.press(ImGuiKey_V, ImGuiMod_Ctrl);
  CHECK(s.document().data.kind == "moons");
  const Experiment before = s.document();
  s.platform.dropped = DroppedFile{"picture.png", "\x89PNG\r\n\x1a\n"};
  s.lab.settle();
  CHECK(s.lab.has("train.error"));
  CHECK(s.document() == before);
}

TEST_CASE("a TensorFlow Playground link is set up, and what it ignores is named") {
  Scene s;
  s.tab("take");
  s.lab.click("train.bring");
  s.lab.type(
      "https://playground.tensorflow.org/#activation=relu&dataset=xor&seed=0.5&networkShape=4,2&"
      "cosX=true");
  s.lab.click("train.bring.apply");
  const Experiment e = s.document();
  REQUIRE(e.playground.has_value());
  CHECK(e.playground->seed == "0.5");
  CHECK(e.network.hidden[0].activation == "relu");
  CHECK(s.lab.item("train.notice")["value"].get<std::string>().find("cosX") != std::string::npos);
  CHECK(s.state()["trainLoss"].get<double>() == doctest::Approx(0.480004692301).epsilon(1e-9));
  s.lab.click("train.bring");
  s.lab.type("v=1&data=nonsense");
  s.lab.click("train.bring.apply");
  CHECK(s.lab.has("train.bring.error"));
  CHECK(s.document() == e);
}

TEST_CASE("one sample goes through a step click by click") {
  Scene s;
  s.tab("micro");
  const std::string before = s.hash();
  for (int phase = 1; phase < 9; ++phase) {
    CHECK(s.hash() == before);
    s.lab.click("train.micro.next");
  }
  s.lab.click("train.micro.next");
  CHECK(s.hash() != before);
  CHECK(s.lab.item("train.micro.phase")["value"].get<std::string>().find("Sample 2") == 0);
}

TEST_CASE("a stack of linear layers is one layer, until it bends") {
  Scene s;
  s.lab.app().open_link("scene=train&v=1&net=4tanh-2tanh&app.tab=collapse");
  s.lab.settle();
  CHECK(s.lab.item("train.collapse.leak")["value"] == "no straight line there");
  s.lab.app().open_link("scene=train&v=1&net=4relu-2identity&app.tab=collapse");
  s.lab.settle();
  CHECK(s.lab.item("train.collapse.leak")["value"] == "the layers differ");
  s.preset("xor-identity");
  s.tab("collapse");
  CHECK(std::stod(
            s.lab.item("train.collapse.difference")["value"].get<std::string>().substr(0, 1)) < 10);
  const std::string weights = s.hash();
  s.lab.drag("train.collapse.leak", {60, 0});
  CHECK(s.document().network.hidden[0].activation == "leaky_relu");
  CHECK(s.hash() == weights);
  CHECK(s.lab.item("train.collapse.difference")["value"] != "0");
}

TEST_CASE("on a phone what is said of the slope has a line of its own where it needs one") {
  Scene s({390, 844});
  const auto slider_below_difference = [&](const std::string& net) {
    s.lab.app().open_link("scene=train&v=1&app.tab=collapse&lang=en&net=" + net);
    s.lab.settle();
    return s.lab.item("train.collapse.leak")["rect"][1].get<float>() -
           s.lab.item("train.collapse.difference")["rect"][1].get<float>();
  };
  CHECK(slider_below_difference("4tanh") > slider_below_difference("4relu") + 10);
}

TEST_CASE("the layer that a stack amounts to is read out as people say it") {
  Scene s;
  s.lab.app().open_link("scene=train&v=1&data=xor&features=x-x2&net=3identity&app.tab=collapse");
  s.lab.settle();
  const std::string told = s.lab.item("train.collapse.map.0")["value"];
  CAPTURE(told);
  CHECK(told.starts_with("z = "));
  CHECK(told.find("x²") != std::string::npos);
  CHECK(told.find_first_of("\\{}^_") == std::string::npos);
}

TEST_CASE("training stops by a rule") {
  Scene s;
  s.preset("xor-tanh");
  s.lab.click("train.more");
  s.enter("train.stop.epochs", "7");
  s.play(300, [&] { return !s.state()["playing"].get<bool>(); });
  CHECK(s.state()["epoch"] == 7);
  s.enter("train.stop.accuracy", "400");
  CHECK(s.lab.has("train.stop.accuracy.error"));
}

TEST_CASE("scripts, models, documents and pictures are taken along") {
  Scene s;
  s.tab("take");
  s.lab.click("train.copy.pytorch");
  CHECK(s.platform.clip.find("import torch") != std::string::npos);
  s.lab.click("train.save.json");
  CHECK(experiment_from_json(s.platform.saved).value() == s.document());
  s.lab.click("train.save.onnx");
  CHECK(s.platform.saved_name == "network.onnx");
  CHECK(s.platform.saved.size() > 200);
  s.lab.click("train.save.parameters");
  CHECK(s.platform.saved.find("0.weight") != std::string::npos);
  s.lab.click("train.epoch");
  s.lab.click("train.save.curve");
  CHECK(s.platform.saved.starts_with("step,epoch,train_loss"));
  for (const char* picture : {"map", "network", "curve"}) {
    const std::string id = "train.save." + std::string(picture);
    s.lab.click(id + ".svg");
    CHECK(s.platform.saved.starts_with("<svg "));
    CHECK(s.platform.saved.size() > 1000);
    s.lab.click(id + ".png");
    CHECK(s.platform.saved_name == std::string(picture) + ".png");
  }
  s.lab.click("train.copy_link");
  const std::string link = s.platform.clip;
  CHECK(link.starts_with("https://lab.example/#scene=train&v=1"));

  FakePlatform platform;
  Headless other(platform);
  CHECK(other.app().open_link(link.substr(link.find('#'))));
  other.settle();
  CHECK(other.state()["scene"] == "train");
  CHECK(other.state()["experiment"] == s.state()["experiment"]);
  CHECK_FALSE(other.app().open_link("#scene=train&v=1&data=nonsense"));
  other.settle();
  CHECK(other.has("train.error"));
  CHECK(other.state()["experiment"] == s.state()["experiment"]);
  CHECK_FALSE(other.app().open_link("#scene=nowhere"));
  CHECK(other.app().open_link("#scene=tensor&lang=zh&theme=dark"));
  other.settle();
  CHECK(other.state()["language"] == "zh");
  CHECK(other.state()["theme"] == "dark");
}

TEST_CASE("a wide and deep network can still be operated, on a phone, too") {
  for (const ImVec2 size : {ImVec2{1440, 900}, ImVec2{390, 844}}) {
    Scene s(size);
    s.tab("take");
    s.lab.click("train.bring");
    s.lab.type("v=1&data=spiral&net=64relu-64relu-64relu-64relu-64relu-64relu-64relu-64relu");
    s.lab.click("train.bring.apply");
    CHECK(s.document().network.hidden.size() == 8);
    s.lab.click("train.unit.7.63");
    CHECK(s.lab.item("train.unit.7.63")["value"] == "true");
    s.lab.click("train.step");
    CHECK(s.step() == 1);
  }
}
