#include <doctest/doctest.h>

#include <cmath>
#include <set>

#include "app/scenes/gradients/deep_setup.h"
#include "app/scenes/gradients/gradients_model.h"
#include "app/scenes/gradients/rate_scan.h"
#include "app/scenes/gradients/theory.h"
#include "app/ui/number.h"
#include "core/experiment/share_link.h"
#include "headless.h"

using namespace lab;

namespace {

// The scene "Gradients", open.
struct Scene {
  FakePlatform platform;
  Headless lab;

  explicit Scene(ImVec2 size = {1440, 900}) : lab(platform, size) { lab.click("scene.gradients"); }

  nlohmann::json state() const { return lab.state(); }
  int64_t step() const { return state()["step"].get<int64_t>(); }
  std::string value(const std::string& id) const { return lab.item(id)["value"]; }
  void preset(std::string_view id) { lab.click("gradients.preset." + std::string(id)); }
  void epochs(int count) {
    for (int i = 0; i < count; ++i) lab.click("gradients.epoch");
  }
  void enter(const std::string& field, std::string_view text) {
    lab.click(field);
    lab.press(ImGuiKey_A, ImGuiMod_Ctrl);
    lab.type(text);
    lab.press(ImGuiKey_Enter);
  }
  std::unique_ptr<Trainer> alone() const {
    const auto experiment = experiment_from_share_text(state()["experiment"].get<std::string>());
    return std::move(Trainer::create(experiment.value()).value());
  }
};

DeepSetup preset_named(std::string_view id) {
  for (const DeepPreset& preset : deep_presets()) {
    if (preset.id == id) return preset.setup();
  }
  FAIL("no preset is called ", id);
  return {};
}

}  // namespace

TEST_CASE("every layer's gradient is the engine's, and splits into f' and W") {
  Scene s;
  for (const DeepPreset& preset : deep_presets()) {
    CAPTURE(preset.id);
    s.preset(preset.id);
    CHECK(s.value("gradients.preset." + std::string(preset.id)) == "true");
    s.epochs(3);
    const auto trainer = s.alone();
    trainer->step(s.step());
    CHECK(s.state()["hash"] == trainer->hash());
    const std::vector<LayerStats> stats = trainer->layer_stats();
    const nlohmann::json layers = s.state()["layers"];
    REQUIRE(layers.size() == stats.size());
    for (size_t l = 0; l < stats.size(); ++l) {
      if (!std::isfinite(stats[l].gradient_rms)) continue;
      CHECK(layers[l]["gradientRms"].get<double>() == stats[l].gradient_rms);
      CHECK(s.value("gradients.rms." + std::to_string(l)) == number_text(stats[l].gradient_rms, 3));
      const double all = layers[l]["gradient"].get<double>();
      const double parts = layers[l]["slope"].get<double>() + layers[l]["weight"].get<double>();
      if (all > GradientsModel::kFaintest) CHECK(all == doctest::Approx(parts).epsilon(1e-4));
      if (all > GradientsModel::kFaintest) {
        CHECK(all == doctest::Approx(std::log10(stats[l].gradient_rms / stats.back().gradient_rms))
                         .epsilon(1e-4));
      }
    }
  }
}

TEST_CASE("the sentence names what takes the gradient away") {
  Scene s;
  const auto sentence = [&] { return s.state()["sentence"].get<std::string>(); };
  s.preset("vanishing");
  CHECK(sentence().find("slopes are to blame") != std::string::npos);
  s.preset("tanh-xavier");
  CHECK(sentence().find("It arrives") != std::string::npos);
  s.preset("exploding");
  CHECK(sentence().find("explodes") != std::string::npos);
}

TEST_CASE("what is expected of random weights is what wide networks measure") {
  struct Case {
    const char *activation, *init;
  };
  for (const Case& c : {Case{"relu", "he_normal"}, Case{"tanh", "xavier_normal"},
                        Case{"sigmoid", "lecun_normal"}, Case{"gelu", "he_uniform"}}) {
    CAPTURE(c.activation);
    std::vector<double> spread(5), flow(5);  // means of logarithms over seeds
    std::vector<LayerTheory> theory;
    constexpr int seeds = 12;
    for (unsigned seed = 1; seed <= seeds; ++seed) {
      DeepSetup setup{.depth = 4, .width = 64, .activation = c.activation, .init = c.init};
      setup.seed = seed;
      GradientsModel model;
      REQUIRE_FALSE(model.load(setup).has_value());
      model.look();
      const auto& samples = model.trainer().samples();
      double square = 0;
      for (size_t i = 0; i < 2 * samples.train_count; ++i) square += samples.x[i] * samples.x[i];
      square /= 2 * static_cast<double>(samples.train_count);
      theory = variance_theory(model.trainer().plan(), c.init, 1, square);
      for (size_t l = 0; l < 5; ++l) {
        const Distribution& z = model.layers()[l].pre_activation;
        spread[l] += std::log(std::hypot(z.mean, z.deviation) / theory[l].z_rms) / seeds;
        const double ratio = model.layers()[l].gradient_rms / model.layers()[4].gradient_rms;
        flow[l] += std::log(ratio / theory[l].gradient) / seeds;
      }
    }
    // All but the last layer, whose one unit is one draw.
    for (size_t l = 0; l < 4; ++l) {
      CAPTURE(l);
      CHECK(std::fabs(spread[l]) < 0.2);
      CHECK(std::fabs(flow[l]) < 0.35);
    }
  }
}

TEST_CASE("units die, the ledger is the engine's, and another activation revives them") {
  Scene s;
  s.preset("dying");
  s.epochs(12);
  const auto trainer = s.alone();
  trainer->step(s.step());
  const std::vector<Death> deaths = trainer->deaths();
  REQUIRE(deaths.size() > 0);
  CHECK(s.state()["dead"] == deaths.size());
  CHECK(s.value("gradients.dead") == std::to_string(deaths.size()));
  for (size_t i = 0; i < std::min<size_t>(deaths.size(), 5); ++i) {
    const std::string row = "gradients.ledger." + std::to_string(i);
    const std::string step =
        deaths[i].step == 0 ? "from the start" : std::to_string(deaths[i].step);
    CHECK(s.value(row + ".step") == step);
  }
  // Why, for the first few of the table.
  GradientsModel model;
  REQUIRE_FALSE(model.load(preset_named("dying")).has_value());
  model.step(s.step());
  model.look();
  std::set<std::string> causes;
  for (size_t i = 0; i < std::min<size_t>(deaths.size(), 24); ++i) {
    const std::string cause = s.value("gradients.ledger." + std::to_string(i) + ".cause");
    CHECK((cause == "one large step") == (deaths[i].jump > deaths[i].spread));
    CHECK((cause == "its bias") == (model.cause(deaths[i]) == GradientsModel::Cause::bias));
    causes.insert(cause);
  }
  CHECK(causes.contains("one large step"));
  s.lab.click("gradients.ledger.csv");
  CHECK(s.platform.clip.starts_with("unit,step,cause\n"));
  const int64_t step = s.step();
  const std::string hash = s.state()["hash"];
  s.lab.click("gradients.revive.leaky_relu");
  CHECK(s.state()["activation"] == "leaky_relu");
  CHECK(s.step() == step);
  CHECK(s.state()["hash"] == hash);
  CHECK(s.state()["dead"] == 0);
  s.lab.click("gradients.step");
  CHECK(s.step() == step + 1);
}

TEST_CASE("the learning rate is turned while training goes on, and scanned for its cliff") {
  Scene s;
  s.preset("dying");
  s.epochs(1);
  const int64_t step = s.step();
  s.lab.drag("gradients.rate.dial", {-120, 0});
  CHECK(s.state()["rate"] != 1.5);
  CHECK(s.step() == step);
  s.lab.tap("gradients.scan.run");
  for (int i = 0; i < 3000 && s.state()["scanned"] != RateScan::kRates; ++i) s.lab.frame();
  s.lab.settle();
  CHECK(s.state()["scanned"] == RateScan::kRates);

  RateScan scan;
  scan.start(preset_named("dying"));
  double time = 0;
  while (scan.running()) scan.advance([&] { return time += 1e-3; }, time + 1);
  const auto& points = scan.points();
  DeepSetup setup = preset_named("dying");
  setup.rate = RateScan::rate(9);
  const auto trainer = std::move(Trainer::create(experiment_of(setup)).value());
  trainer->epoch(RateScan::kEpochs);
  CHECK(points[9].loss == trainer->metrics().train_loss);
  double most = 0;
  for (const RateScan::Point& point : points) most = std::max(most, point.dead);
  CHECK(most > points.front().dead + 0.2);
}

TEST_CASE("the network's settings: sliders, menus, numbers, and what they refuse") {
  Scene s;
  s.lab.drag("gradients.depth", {-200, 0});
  CHECK(s.state()["depth"] == 1);
  s.lab.drag("gradients.depth", {400, 0});
  CHECK(s.state()["depth"] == 30);
  s.lab.drag("gradients.width", {400, 0});
  CHECK(s.state()["width"] == 64);
  s.lab.click("gradients.step");
  CHECK(s.step() == 1);
  s.lab.click("gradients.activation");
  s.lab.click("gradients.activation.menu.relu");
  s.lab.click("gradients.init");
  s.lab.click("gradients.init.menu.he_normal");
  CHECK(s.state()["activation"] == "relu");
  s.enter("gradients.input_scale", "0.1");
  CHECK(s.state()["inputScale"] == 0.1);
  CHECK(s.state()["experiment"].get<std::string>().find("data=custom") != std::string::npos);
  s.enter("gradients.input_scale", "-1");
  CHECK(s.lab.has("gradients.input_scale.error"));
  CHECK(s.state()["inputScale"] == 0.1);
}

TEST_CASE("behind sigmoids both weights move in the same direction, behind tanhs they need not") {
  Scene s;
  s.lab.click("gradients.tab.zigzag");
  for (int i = 0; i < 100; ++i) s.lab.click("zigzag.step");
  const nlohmann::json zigzag = s.state()["zigzag"];
  CHECK(zigzag["steps"] == 100);
  CHECK(zigzag["sigmoid"]["sameDirection"] == 1);
  CHECK(zigzag["tanh"]["sameDirection"].get<double>() < 0.8);
  const auto away = [&](const char* side) {
    return std::hypot(zigzag[side]["w1"].get<double>() - 1.5, zigzag[side]["w2"].get<double>() + 1);
  };
  CHECK(away("tanh") < 0.2);
  CHECK(away("sigmoid") > away("tanh"));
  s.lab.click("zigzag.save.svg");
  CHECK(s.platform.saved.starts_with("<svg "));
  s.lab.click("zigzag.reset");
  CHECK(s.state()["zigzag"]["steps"] == 0);
  s.lab.tap("zigzag.play");
  for (int i = 0; i < 60; ++i) s.lab.frame();
  CHECK(s.state()["zigzag"]["steps"].get<int>() > 20);
}

TEST_CASE("layers and strip are taken along as pictures and numbers") {
  Scene s;
  s.epochs(3);
  for (const char* picture : {"layers", "strip"}) {
    const std::string id = "gradients.save." + std::string(picture);
    s.lab.click(id + ".svg");
    CHECK(s.platform.saved.starts_with("<svg "));
    s.lab.click(id + ".png");
    CHECK(s.platform.saved_name == std::string(picture) + ".png");
  }
  s.lab.click("gradients.save.csv");
  CHECK(s.platform.saved.starts_with("step,layer,log10_gradient_ratio"));
  CHECK(std::count(s.platform.saved.begin(), s.platform.saved.end(), '\n') ==
        1 + (s.step() + 1) * 13);  // every step so far
}

TEST_CASE("a formula of one's own goes through the layers") {
  Scene s;
  CHECK(
      s.lab.app().open_link("#scene=gradients&v=1&net=4formula:x%2Atanh%28x%29-4formula:x%2Atanh%"
                            "28x%29&optimizer=sgd&rate=0.01"));
  s.lab.settle();
  CHECK(s.state()["activation"] == "formula:x*tanh(x)");
  CHECK(s.value("gradients.activation") == "formula:x*tanh(x)");
  const std::string before = s.state()["hash"];
  s.epochs(2);
  const auto trainer = s.alone();
  trainer->step(s.step());
  CHECK(s.state()["hash"] == trainer->hash());
  CHECK(s.state()["hash"] != before);
}

TEST_CASE("a copied link brings the same network back") {
  Scene s;
  for (const DeepPreset& preset : deep_presets()) {
    CAPTURE(preset.id);
    s.preset(preset.id);
    s.enter("gradients.input_scale", "0.5");
    s.lab.click("gradients.copy.link");
    const std::string hash = s.state()["hash"], link = s.platform.clip;
    const nlohmann::json layers = s.state()["layers"];
    {
      FakePlatform platform;
      Headless other(platform);
      CHECK(other.app().open_link(link.substr(link.find('#'))));
      other.settle();
      CHECK(other.state()["scene"] == "gradients");
      CHECK(other.state()["hash"] == hash);
      CHECK(other.state()["layers"] == layers);
    }
    s.lab.settle();
  }
  CHECK_FALSE(s.lab.app().open_link("#scene=gradients&v=1&net=nonsense"));
  s.lab.settle();
  CHECK(s.lab.has("gradients.error"));
}

TEST_CASE("what is seen over time does not depend on the machine's pace, nor on how steps came") {
  DeepSetup setup = preset_named("vanishing");
  size_t fewest = 0;
  std::vector<int64_t> counts;
  SUBCASE("looked at after every step") {
    fewest = 96;
    counts = {13, 191, 192, 400};
  }
  SUBCASE("of a network so large that looks are rarer") {
    setup.depth = 20;
    setup.width = 24;
    fewest = 10;
    counts = {13, 101};
  }
  double time = 0;
  const auto clock = [&time] { return time += 1e-4; };
  const auto at_once = [&](GradientsModel& model, int64_t step) {
    REQUIRE_FALSE(model.load(setup));
    model.go_on_to(step);
    while (model.going_on()) model.advance(time, clock, 10);
    model.look();
  };
  const auto by_steps = [&](GradientsModel& model, int64_t step) {
    REQUIRE_FALSE(model.load(setup));
    model.look();
    while (model.trainer().steps() < step) {
      model.step(std::min<int64_t>(step - model.trainer().steps(), 7));
      model.look();
    }
  };
  const auto by_play = [&](GradientsModel& model, int64_t step) {
    REQUIRE_FALSE(model.load(setup));
    model.look();
    model.play(true);
    while (model.trainer().steps() < step) {
      time += 0.004;
      model.advance(time, clock, 0.0012);
      model.look();
    }
    return model.trainer().steps();
  };
  GradientsModel played, replayed, stepped;
  for (const int64_t wanted : counts) {
    const int64_t step = by_play(played, wanted);
    CAPTURE(step);
    at_once(replayed, step);
    by_steps(stepped, step);
    CHECK(played.moments().size() <= 193);
    CHECK(played.moments().size() > std::min(static_cast<size_t>(step) / 10, fewest));
    CHECK(played.moments().front().step == 0);
    CHECK(played.moments().back().step == step);
    for (const GradientsModel* other : {&replayed, &stepped}) {
      REQUIRE(other->moments().size() == played.moments().size());
      for (size_t i = 0; i < played.moments().size(); ++i) {
        REQUIRE(other->moments()[i].step == played.moments()[i].step);
        REQUIRE(other->moments()[i].gradient == played.moments()[i].gradient);
      }
    }
  }
}

TEST_CASE("a deep and wide network can be operated on a phone") {
  Scene s({390, 844});
  s.preset("relu-he");
  s.lab.click("gradients.epoch");
  CHECK(s.step() == 10);
  s.lab.click("gradients.tab.zigzag");
  s.lab.click("zigzag.step");
  CHECK(s.state()["zigzag"]["steps"] == 1);
}
