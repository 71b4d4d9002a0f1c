#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "app/scenes/compare/compare_view.h"
#include "app/scenes/compare/presets.h"
#include "app/scenes/compare/seed_sweep.h"
#include "app/ui/number.h"
#include "core/experiment/share_link.h"
#include "headless.h"

using namespace lab;

namespace {

// The scene "Compare", open.
struct Scene {
  FakePlatform platform;
  Headless lab;

  explicit Scene(ImVec2 size = {1440, 900}) : lab(platform, size) { lab.click("scene.compare"); }

  nlohmann::json state() const { return lab.state(); }
  nlohmann::json runs() const { return state()["runs"]; }
  int64_t step() const { return state()["step"].get<int64_t>(); }
  std::string value(const std::string& id) const { return lab.item(id)["value"]; }
  void preset(std::string_view id) { lab.click("compare.preset." + std::string(id)); }
  void enter(const std::string& field, std::string_view text) {
    lab.click(field);
    lab.press(ImGuiKey_A, ImGuiMod_Ctrl);
    lab.type(text);
    lab.press(ImGuiKey_Enter);
  }
  void epochs(int count) {
    for (int i = 0; i < count; ++i) lab.click("compare.epoch");
  }
  void play(int frames) {
    lab.tap("compare.play");
    for (int i = 0; i < frames; ++i) lab.frame();
    lab.tap("compare.play");
    lab.settle();
  }
};

// The run of a comparison, trained alone.
std::unique_ptr<Trainer> alone(const Comparison& comparison, const std::string& value) {
  Experiment experiment = comparison.base;
  REQUIRE_FALSE(set_varied(comparison.varied, value, experiment).has_value());
  return std::move(Trainer::create(experiment).value());
}

// The first epoch at whose end the goal was met.
std::optional<int64_t> goal_epoch(Trainer& trainer, const CompareGoal& goal, int64_t epochs) {
  for (; trainer.metrics().epoch <= epochs; trainer.epoch(1)) {
    if (goal.met(trainer.metrics())) return trainer.metrics().epoch;
    if (trainer.divergence() || trainer.metrics().epoch == epochs) break;
  }
  return std::nullopt;
}

}  // namespace

TEST_CASE("runs share data, first weights and step clock, and differ in one thing") {
  Scene s;
  s.preset("activations");
  const nlohmann::json runs = s.runs();
  REQUIRE(runs.size() == 4);
  for (const nlohmann::json& run : runs) CHECK(run["hash"] == runs[0]["hash"]);
  s.play(20);
  CHECK(s.step() > 0);
  std::set<std::string> hashes;
  for (const nlohmann::json& run : s.runs()) {
    CHECK(run["step"] == s.step());
    hashes.insert(run["hash"].get<std::string>());
  }
  CHECK(hashes.size() == 4);
}

TEST_CASE("each run is what it would be alone: weights, goal and every figure of the table") {
  Scene s;
  for (const ComparePreset& preset : compare_presets()) {
    CAPTURE(preset.id);
    s.preset(preset.id);
    s.epochs(12);
    const Comparison comparison = comparison_of(preset);
    for (size_t i = 0; i < comparison.values.size(); ++i) {
      CAPTURE(comparison.values[i]);
      const auto trainer = alone(comparison, comparison.values[i]);
      const auto goal = goal_epoch(*trainer, comparison.goal, 12);
      trainer->step(s.step() - trainer->steps());
      CHECK(s.runs()[i]["hash"] == trainer->hash());
      const std::string row = "compare.table." + std::to_string(i);
      CHECK(s.value(row + ".epochs_to_goal") == (goal ? std::to_string(*goal) : "–"));
      CHECK(s.value(row + ".test_loss") == number_text(trainer->metrics().test_loss, 3));
      CHECK(s.value(row + ".test_accuracy") == share_text(trainer->metrics().test_accuracy));
      double dead = 0;
      const std::vector<LayerStats> layers = trainer->layer_stats();
      for (size_t l = 0; l + 1 < layers.size(); ++l) dead += layers[l].dead;
      const double most = std::max(1.0, static_cast<double>(layers.size() - 1));
      CHECK(s.value(row + ".dead") == share_text(dead / most));
    }
  }
}

TEST_CASE("runs are added and removed live, and catch up to the same step") {
  Scene s;
  s.preset("activations");
  s.epochs(30);
  const int64_t step = s.step();
  s.lab.click("compare.add");
  REQUIRE(s.runs().size() == 5);
  CHECK(s.step() == step);
  for (const nlohmann::json& run : s.runs()) CHECK(run["step"] == step);
  CHECK(s.state()["catchingUp"] == false);
  const auto trainer = alone(comparison_of(compare_presets()[0]), s.runs()[4]["value"]);
  trainer->step(step);
  CHECK(s.runs()[4]["hash"] == trainer->hash());
  for (int i = 0; i < 3; ++i) s.lab.click("compare.add");
  CHECK(s.runs().size() == 8);
  CHECK_FALSE(s.lab.has("compare.add"));
  while (s.runs().size() > 1) s.lab.click("compare.run.0.remove");
  CHECK(s.lab.item("compare.run.0.remove")["enabled"] == false);
}

TEST_CASE("runs on their way to a link's step don't pass for those that are there") {
  Scene s;
  s.preset("activations");
  s.epochs(30);
  const std::string link = s.lab.app().link();
  const std::string there = s.state()["sentence"];
  s.platform.moment = 1;  // every look at the clock takes so long: an epoch a frame
  s.lab.app().open_link("scene=compare&v=1&app.step=1");
  s.lab.app().open_link(link);
  s.lab.frame();
  REQUIRE(s.state()["catchingUp"] == true);
  CHECK(s.state()["sentence"].get<std::string>().find("on their way to epoch 30") !=
        std::string::npos);
  CHECK(s.value("compare.table.3.test_loss") == "…");
  CHECK(s.value("compare.table.3.epochs_to_goal") == "…");
  s.lab.click("compare.copy.csv");
  CHECK(s.platform.clip.find(",,,") != std::string::npos);
  s.platform.moment = 1e-3;
  while (s.state()["catchingUp"] == true) s.lab.frame();
  CHECK(s.state()["sentence"] == there);
  CHECK(s.value("compare.table.3.test_loss") != "…");
}

TEST_CASE("layers that were taken away come back as they were") {
  Scene s;
  s.preset("activations");
  const std::string units = s.value("compare.units");
  REQUIRE(units != "4");
  s.enter("compare.hidden", "0");
  CHECK_FALSE(s.lab.has("compare.units"));
  s.enter("compare.hidden", "2");
  CHECK(s.value("compare.units") == units);
}

TEST_CASE("what differs can be chosen, and a run's value changed in place") {
  Scene s;
  s.lab.click("compare.varied.rate");
  CHECK(s.state()["varied"] == "rate");
  CHECK_FALSE(s.lab.has("compare.set.training.optimizer.learningRate"));
  s.enter("compare.run.0", "0.1");
  CHECK(s.runs()[0]["value"] == "0.1");
  s.enter("compare.run.0", "fast");
  CHECK(s.lab.has("compare.error"));
  CHECK(s.runs()[0]["value"] == "0.1");
  s.lab.click("compare.varied.depth");
  for (const char* text : {"x^2", "-1", "2.5", "1000"}) {
    s.enter("compare.run.1", text);
    CHECK(s.lab.has("compare.error"));
    CHECK(s.runs()[1]["value"] == "1");
  }
  s.lab.click("compare.varied.activation");
  s.lab.click("compare.run.1");
  s.lab.click("compare.run.1.menu.gelu");
  CHECK(s.runs()[1]["value"] == "gelu");
  s.lab.click("compare.set.data.kind");
  s.lab.click("compare.set.data.kind.menu.reg_plane");
  CHECK_FALSE(s.lab.has("compare.table.0.test_accuracy"));
  s.lab.click("compare.set.data.kind");
  s.lab.click("compare.set.data.kind.menu.rings3");
  s.lab.click("compare.epoch");
  CHECK(s.step() > 0);
}

TEST_CASE("another goal is looked up from the start of training") {
  Scene s;
  s.preset("activations");
  s.epochs(20);
  s.enter("compare.goal", "60");
  CHECK(s.state()["goalAccuracy"] == 0.6);
  Comparison comparison = comparison_of(compare_presets()[0]);
  comparison.goal.accuracy = 0.6;
  for (size_t i = 0; i < comparison.values.size(); ++i) {
    const auto trainer = alone(comparison, comparison.values[i]);
    const auto goal = goal_epoch(*trainer, comparison.goal, 20);
    const nlohmann::json shown = s.runs()[i]["goalEpoch"];
    CHECK(shown.is_null() == !goal.has_value());
    if (goal) CHECK(shown == *goal);
    CHECK(s.runs()[i]["step"] == s.step());
  }
  s.enter("compare.goal", "150");
  CHECK(s.lab.has("compare.goal.error"));
  CHECK(s.state()["goalAccuracy"] == 0.6);
}

TEST_CASE("a run that has left the finite numbers is right about nothing, and never the best") {
  Scene s;
  CHECK(s.lab.app().open_link(
      "scene=compare&v=1&data=xor&net=8squared_relu&optimizer=sgd&loss=mse&app.vary=rate"
      "&app.runs=10-0.001"));
  s.lab.settle();
  s.epochs(3);
  const auto figures = [&](int run) { return s.value("compare.figures." + std::to_string(run)); };
  REQUIRE(figures(0).find("diverged") != std::string::npos);
  CHECK(figures(0).starts_with("–,"));
  CHECK(figures(1).find("%") != std::string::npos);
  CHECK(s.value("compare.table.0.test_accuracy") == "–");
  CHECK(s.state()["sentence"].get<std::string>().find("0.001") != std::string::npos);
}

TEST_CASE("wrong settings are told below them, by their names in the language") {
  for (const bool phone : {false, true}) {
    CAPTURE(phone);
    Scene s;
    if (phone) s.lab.size = {390, 844};
    s.lab.settle();
    const std::pair<const char*, const char*> fields[] = {
        {"compare.set.data.noise", "Noise"}, {"compare.hidden", "999"}, {"compare.units", "999"}};
    for (const auto& [id, said] : fields) {
      CAPTURE(id);
      s.enter(id, "999");
      const nlohmann::json error = s.lab.item(std::string(id) + ".error");
      CHECK(error["label"].get<std::string>().find(said) != std::string::npos);
      CHECK(error["label"].get<std::string>().find("data.") == std::string::npos);
      const float below = error["rect"][1].get<float>() - s.lab.item(id)["rect"][1].get<float>();
      CHECK(below > 20);
      CHECK(below < 60);
      CHECK_FALSE(s.lab.has("compare.error"));
    }
  }
}

TEST_CASE("over seeds: success, Wilson's interval and quartiles are those of runs alone") {
  Scene s;
  s.preset("activations");
  s.enter("compare.seeds.count", "4");
  s.enter("compare.seeds.epochs", "15");
  s.lab.tap("compare.seeds.run");
  for (int i = 0; i < 2000 && s.state()["seeds"]["running"].get<bool>(); ++i) s.lab.frame();
  s.lab.settle();
  const Comparison comparison = comparison_of(compare_presets()[0]);
  const nlohmann::json results = s.state()["seeds"]["results"];
  REQUIRE(results.size() == comparison.values.size());
  for (size_t i = 0; i < results.size(); ++i) {
    std::vector<double> epochs;
    for (uint32_t seed = 1; seed <= 4; ++seed) {
      Comparison one = comparison;
      one.base.data.seed = one.base.network.init.seed = seed;
      const auto trainer = alone(one, comparison.values[i]);
      const auto goal = goal_epoch(*trainer, one.goal, 15);
      if (goal) epochs.push_back(static_cast<double>(*goal));
    }
    std::ranges::sort(epochs);
    CHECK(results[i]["runs"] == 4);
    CHECK(results[i]["reached"] == epochs.size());
    const Interval interval = wilson(epochs.size(), 4);
    CHECK(results[i]["low"] == doctest::Approx(interval.low));
    CHECK(results[i]["high"] == doctest::Approx(interval.high));
    if (!epochs.empty())
      CHECK(results[i]["medianEpochs"] == doctest::Approx(quantile(epochs, 0.5)));
  }
  s.lab.click("compare.seeds.csv");
  CHECK(s.platform.clip.starts_with("activation,success,interval,median_epochs"));
  CHECK(std::ranges::count(s.platform.clip, '\n') == 5);
  s.lab.click("compare.seeds.markdown");
  CHECK(s.platform.clip.find("| --- | ---: |") != std::string::npos);
  s.lab.click("compare.seeds.svg");
  CHECK(s.platform.saved.starts_with("<svg "));
}

TEST_CASE("a sweep is cancelled and keeps what there is") {
  Scene s;
  s.enter("compare.seeds.epochs", "10000");  // which the identity will use up
  s.lab.tap("compare.seeds.run");
  for (int i = 0; i < 10; ++i) s.lab.frame();
  s.lab.click("compare.seeds.cancel");
  CHECK(s.state()["seeds"]["running"] == false);
  CHECK(s.state()["seeds"]["total"] == 120);
  CHECK(s.state()["seeds"]["done"].get<int>() < 120);
  CHECK_FALSE(s.lab.app().wants_frames());
}

TEST_CASE("tables and pictures of a comparison are taken along") {
  Scene s;
  s.epochs(2);
  s.lab.click("compare.copy.csv");
  CHECK(s.platform.clip.starts_with("activation,epochs_to_goal,test_accuracy,test_loss,dead"));
  s.lab.click("compare.copy.markdown");
  CHECK(s.platform.clip.starts_with("| "));
  for (const char* picture : {"maps", "curves"}) {
    const std::string id = "compare.save." + std::string(picture);
    s.lab.click(id + ".svg");
    CHECK(s.platform.saved.starts_with("<svg "));
    CHECK(s.platform.saved.size() > 2000);
    s.lab.click(id + ".png");
    CHECK(s.platform.saved_name == std::string(picture) + ".png");
  }
  s.lab.click("compare.save.curves.csv");
  CHECK(s.platform.saved.starts_with("activation,step,epoch,train_loss"));
}

TEST_CASE("a copied link brings the whole comparison back") {
  Scene s;
  s.preset("rates");
  s.enter("compare.run.1", "0.00001");
  s.enter("compare.goal", "80");
  s.enter("compare.seeds.count", "7");
  s.lab.click("compare.copy.link");
  const std::string link = s.platform.clip, before = s.state()["link"];
  CHECK(link == s.platform.address() + "#" + before + "&lang=en");
  s.preset("activations");
  CHECK(s.state()["link"] != before);
  s.lab.press(ImGuiKey_V, ImGuiMod_Ctrl);
  CHECK(s.state()["link"] == before);
  CHECK(s.state()["varied"] == "rate");
  CHECK(s.runs()[1]["value"] == "0.00001");
  CHECK(s.state()["seeds"]["count"] == 7);
  {
    FakePlatform platform;
    Headless other(platform);
    CHECK(other.app().open_link("#" + before));
    other.settle();
    CHECK(other.state()["scene"] == "compare");
    CHECK(other.state()["link"] == before);
  }
  s.lab.settle();
  s.platform.clip = "v=1&data=nonsense";
  s.lab.press(ImGuiKey_V, ImGuiMod_Ctrl);
  CHECK(s.lab.has("compare.error"));
  CHECK(s.state()["link"] == before);
}

TEST_CASE("eight runs can be operated on a phone, with whatever they differ in") {
  Scene s({390, 844});
  for (const char* varied : {"rate", "depth", "init", "activation"}) {
    if (s.lab.has("compare.varied." + std::string(varied))) {
      s.lab.click("compare.varied." + std::string(varied));
    } else {
      s.lab.click("compare.varied");
      s.lab.click("compare.varied.menu." + std::string(varied));
    }
    while (s.lab.has("compare.add")) s.lab.click("compare.add");
    CHECK(s.runs().size() == 8);
    s.lab.click("compare.epoch");
    for (const nlohmann::json& run : s.runs()) CHECK(run["step"] == s.step());
  }
}

TEST_CASE("a depth that is no number of layers is refused, and the run stays") {
  Experiment experiment;
  const Experiment before = experiment;
  for (const char* text : {"many", "-1", "1.5", "65", "1e99", ""}) {
    CAPTURE(text);
    const auto error = set_varied(Varied::depth, text, experiment);
    REQUIRE(error.has_value());
    CHECK(error->field == "network.hidden");
    CHECK(experiment == before);
  }
  CHECK_FALSE(set_varied(Varied::depth, "0", experiment).has_value());
  CHECK(experiment.network.hidden.empty());
}
