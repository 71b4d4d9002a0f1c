#include <doctest/doctest.h>

#include "app/scenes/scene.h"
#include "headless.h"

using namespace lab;

namespace {

// The app as a link shows it.
struct Opened {
  FakePlatform platform;
  Headless lab;
  bool valid;

  explicit Opened(const std::string& link, ImVec2 size = {1440, 900}) : lab(platform, size) {
    valid = lab.app().open_link(link);
    lab.settle();
  }
  nlohmann::json state() const { return lab.state(); }
  std::string link() { return lab.app().link(); }
};

const std::string kFormula =
    "formula:a%3D0.25%3B%20x%3C0%20%3F%20a%2Ax%20%3A%20x";  // a=0.25; x<0 ? a*x : x

// Links of every scene, as link() writes them.
const std::vector<std::string> kLinks = {
    "scene=tensor&v=1&app.input=0.1,-0,nan;3e38,1e-45,-inf&app.layers=relu-elu:alpha:0.3-" +
        kFormula + ":a:0.5&app.tab=code&app.show=gradient&app.cell=1.2&lang=en",
    "scene=tensor&v=1&app.input=%5B1.0%2C%202.5%5D&app.layers=none&app.cell=0.1&lang=zh&theme=dark",
    "scene=tensor&v=1&app.input=1;2;3&app.layers=sigmoid&lang=en&hide=title,tools,sentence",
    "scene=functions&v=1&app.functions=tanh-elu:alpha:0.7-" + kFormula +
        ":a:0.1&app.subject=2&app.cursor=-0.3&app.x=-3.5,4.25&app.y=-1,1000&app.first=0"
        "&app.second=1&app.regions=0&lang=en",
    "scene=functions&v=1&app.functions=none&lang=zh&hide=choose",
    "scene=train&v=1&data=spiral&noise=0.1&net=3relu-2" + kFormula +
        ":a:0.125&rate=0.1&app.tab=micro&app.unit=1.1&app.curve=log_loss&app.discrete=1&app.test=0"
        "&app.contours=0&app.speed=7&app.stopLoss=0.05&app.stopAccuracy=0.99&app.stopEpochs=300&"
        "app.step=7"
        "&lang=en&theme=light",
    "scene=train&v=1&data=xor&lang=en&hide=data,optimizer",
    "scene=compare&v=1&data=xor&net=8tanh&app.vary=rate&app.runs=0.1-0.003&app.goal=0.9"
    "&app.goalLoss=0.5&app.seeds=7&app.seedEpochs=50&app.curve=accuracy&app.speed=8&lang=en",
    "scene=compare&v=1&data=moons&app.runs=relu-formula%3Ax%2Ax&lang=zh&hide=table,seeds",
    "scene=gradients&v=1&data=xor&samples=200&noise=0.05&seed=3&dataseed=3"
    "&net=8relu-8relu&init=he_normal&initscale=2&rate=0.5&app.inputScale=0.5&app.tab=zigzag"
    "&app.strip=dead&app.speed=8&app.zigzagRate=0.5&lang=en&hide=presets",
    "scene=learn&v=1&lesson=xor&lang=en&hide=lessons",
    "scene=learn&v=1&lesson=sigmoid&present=1&lang=zh",
};

// The pieces of a link, whatever their order.
std::set<std::string> pieces(const std::string& link) {
  std::set<std::string> all;
  for (size_t start = 0; start < link.size();) {
    const size_t end = std::min(link.find('&', start), link.size());
    all.insert(link.substr(start, end - start));
    start = end + 1;
  }
  return all;
}

}  // namespace

TEST_CASE("the widest view of the functions and the closest have links") {
  for (const float units : {-500.0f, 500.0f}) {
    CAPTURE(units);
    Opened first("scene=functions");
    first.lab.point("functions.plot");
    const auto rect = first.lab.item("functions.plot")["rect"].get<std::vector<float>>();
    first.lab.app().zoom(rect[0] + rect[2] * 0.7f, rect[1] + 9, units);
    first.lab.settle();
    CAPTURE(first.link());
    Opened second(first.link());
    CHECK(second.valid);
    CHECK(second.state()["x"] == first.state()["x"]);
    CHECK(second.state()["y"] == first.state()["y"]);
  }
}

TEST_CASE("every scene's links read and write the whole state") {
  std::set<std::string> scenes_seen;
  for (const std::string& link : kLinks) {
    CAPTURE(link);
    Opened first(link);
    CHECK(first.valid);
    CHECK(first.lab.app().problem() == "");
    CAPTURE(first.link());
    CHECK(pieces(first.link()) == pieces(link));
    CHECK(first.link().size() < 2000);
    Opened second(first.link());
    CHECK(second.valid);
    CHECK(second.link() == first.link());
    CHECK(second.state() == first.state());
    scenes_seen.insert(first.state()["scene"].get<std::string>());
  }
  CHECK(scenes_seen.size() == scenes().size());
}

TEST_CASE("what a scene shows at first, and each preset, comes back from its link") {
  for (const SceneRow& row : scenes()) {
    CAPTURE(row.id);
    Opened first("scene=" + std::string(row.id));
    CHECK(first.valid);
    const std::string start = first.link();
    CHECK(start.starts_with("scene=" + std::string(row.id) + "&v=1"));
    const nlohmann::json state = first.state();
    {
      Opened second(start);
      CHECK(second.valid);
      CHECK(second.link() == start);
      CHECK(second.state() == state);
    }
    FormulaLibrary formulas;
    const std::unique_ptr<Scene> scene = row.make(formulas);
    for (const ScenePreset& preset : scene->presets()) {
      CAPTURE(preset.id);
      const std::string named =
          "scene=" + std::string(row.id) + "&preset=" + std::string(preset.id);
      CHECK_FALSE(scene->open(preset.link));
      CHECK(scene->link() == preset.link);
      Opened by_name(named);
      CHECK(by_name.valid);
      CHECK(by_name.link() == "scene=" + std::string(row.id) + "&" + preset.link + "&lang=en");
    }
  }
}

TEST_CASE("a preset's fields give way to those of the link") {
  Opened shown("scene=train&preset=xor-relu&rate=0.125&app.tab=results");
  CHECK(shown.valid);
  CHECK(shown.state()["experiment"] ==
        "v=1&data=xor&net=8relu&init=he_uniform&optimizer=adam&rate=0.125");
  CHECK(shown.link().find("app.tab=results") != std::string::npos);
}

TEST_CASE("training goes the same way from a link, bit for bit") {
  for (const char* link : {"scene=train&preset=spiral", "scene=gradients&preset=dying"}) {
    CAPTURE(link);
    std::string hashes[2];
    std::string address = link;
    for (std::string& hash : hashes) {
      Opened shown(address);
      address = shown.link();
      for (int i = 0; i < 25; ++i) CHECK(shown.lab.app().command(SceneCommand::step));
      hash = shown.state()["hash"];
      CHECK(shown.lab.app().progress()->step == 25);
    }
    CHECK(hashes[0] == hashes[1]);
  }
}

TEST_CASE("a run comes back at its step, with the same weights") {
  Opened first("scene=train&preset=spiral&app.stopEpochs=1");
  for (int i = 0; i < 3; ++i) first.lab.click("train.epoch");
  const std::string link = first.link();
  CHECK(link.find("&app.step=90&") != std::string::npos);
  const std::string hash = first.state()["hash"];
  {
    Opened second(link);
    CHECK(second.state()["step"] == 90);
    CHECK(second.state()["hash"] == hash);
    CHECK(second.state()["playing"] == false);
    CHECK(second.link() == link);
  }
  first.lab.settle();
  // What was changed on the way is not in a link: then it leads to the start.
  first.lab.app().set_fields(R"({"training.optimizer.learningRate": 0.25})");
  CHECK(first.link().find("app.step") == std::string::npos);
  CHECK(first.link().find("&rate=0.25&") != std::string::npos);
  first.lab.click("train.reset");
  first.lab.click("train.step");
  CHECK(first.link().find("&app.step=1&") != std::string::npos);
}

TEST_CASE("comparisons and deep networks come back at their step, too") {
  for (const char* address : {"scene=compare", "scene=gradients&preset=dying"}) {
    CAPTURE(address);
    Opened first(address);
    for (int i = 0; i < 40; ++i) first.lab.app().command(SceneCommand::step);
    first.lab.settle();
    const std::string link = first.link();
    CHECK(link.find("&app.step=40&") != std::string::npos);
    Opened second(link);
    second.lab.settle();
    CHECK(second.state()["step"] == 40);
    CHECK(second.state()["playing"] == false);
    CHECK(second.state()["hash"] == first.state()["hash"]);  // of a deep network
    CHECK(second.state()["runs"] == first.state()["runs"]);  // of a comparison, with their hashes
    CHECK(second.link() == link);
    // Another rate: a comparison begins again, a deep network goes on from other weights.
    CHECK(second.lab.app().set_fields(R"({"training.optimizer.learningRate": 0.25})"));
    CHECK(second.link().find("app.step") == std::string::npos);
  }
}

TEST_CASE("seeds that have been run are run again by a link") {
  Opened first("scene=compare&app.runs=relu&app.seeds=3&app.seedEpochs=5");
  CHECK(first.link().find("app.sweep") == std::string::npos);
  first.lab.click("compare.seeds.run");
  first.lab.settle();
  const std::string link = first.link();
  CHECK(link.find("&app.sweep=1") != std::string::npos);
  Opened second(link);
  second.lab.settle();
  CHECK(second.state()["seeds"]["done"] == 3);
  CHECK(second.state()["seeds"] == first.state()["seeds"]);
  CHECK(second.link() == link);
  // Results of other settings are not what the link shows.
  CHECK(second.lab.app().set_fields(R"({"data.noise": 0.25})"));
  CHECK(second.link().find("app.sweep") == std::string::npos);
}

TEST_CASE("a run that has left the finite numbers comes back as it is") {
  Opened first(
      "scene=train&v=1&data=reg_plane&loss=mse&net=4identity-2identity&optimizer=sgd&rate=900");
  REQUIRE(first.valid);
  for (int i = 0; i < 20 && !first.lab.app().progress()->diverged; ++i) {
    first.lab.click("train.epoch");
  }
  REQUIRE(first.lab.app().progress()->diverged);
  first.lab.settle();
  Opened second(first.link());
  second.lab.settle();
  CHECK(second.lab.app().progress()->diverged);
  CHECK(second.state()["step"] == first.state()["step"]);
  CHECK(second.state()["hash"] == first.state()["hash"]);
}

TEST_CASE("fields are set by their paths, all or none") {
  for (const char* id : {"train", "compare", "gradients"}) {
    CAPTURE(id);
    Opened shown("scene=" + std::string(id));
    App& app = shown.lab.app();
    CHECK(app.set_fields(R"({"training.optimizer.learningRate": 0.125, "data.kind": "moons"})"));
    CHECK(app.problem() == "");
    CHECK(shown.link().find("data=moons") != std::string::npos);
    CHECK(shown.link().find("rate=0.125") != std::string::npos);
    const std::string before = shown.link();
    struct Wrong {
      const char* json;
      const char* named;
    };
    for (const Wrong& wrong :
         {Wrong{R"({"data.noise": 7})", "data.noise"},
          Wrong{R"({"data.noise": 0.5, "data.samples": "many"})", "data.samples"},
          Wrong{R"({"data.nonsense": 1})", "data.nonsense"}, Wrong{"[]", ""}, Wrong{"{", ""},
          Wrong{R"({"network.outputs": 5})", "network.outputs"}}) {
      CAPTURE(wrong.json);
      if (id == std::string("gradients") && wrong.named == std::string("network.outputs")) continue;
      CHECK_FALSE(app.set_fields(wrong.json));
      CHECK(app.problem().find(wrong.named) != std::string::npos);
      CHECK(app.problem() != "");
      CHECK(shown.link() == before);
    }
    CHECK(app.set_fields("{}"));
    CHECK(app.problem() == "");
  }
  Opened train("scene=train&preset=xor-relu");
  CHECK(train.lab.app().set_fields(
      R"({"network.hidden": [{"units": 3, "activation": "elu", "params": {"alpha": 0.5}}]})"));
  CHECK(train.link().find("net=3elu:alpha:0.5") != std::string::npos);
  CHECK(train.lab.app().set_fields(R"({"data.kind": "reg_plane"})"));
  Opened tensor("scene=tensor");
  CHECK_FALSE(tensor.lab.app().set_fields(R"({"data.kind": "xor"})"));
  CHECK(tensor.lab.app().problem().find("train, compare") != std::string::npos);
}

TEST_CASE("Share copies the link, says so, and shows the hash of the weights") {
  for (const ImVec2 size : {ImVec2{1440, 900}, ImVec2{390, 844}}) {
    Opened shown("scene=train&preset=xor-tanh", size);
    shown.lab.click("header.share");
    CHECK(shown.platform.clip == "https://lab.example/#" + shown.link());
    CHECK(shown.lab.item("share.copied")["live"] == true);
    CHECK(shown.lab.item("share.link")["value"] == shown.platform.clip);
    const std::string facts = shown.lab.item("share.facts")["value"];
    CHECK(facts.find(shown.state()["hash"].get<std::string>()) != std::string::npos);
    CHECK(facts.find(std::to_string(shown.platform.clip.size())) != std::string::npos);
    shown.lab.press(ImGuiKey_Escape);
    CHECK_FALSE(shown.lab.has("share.link"));
  }
}

TEST_CASE("embedded, there is the scene alone") {
  Opened shown("scene=train");
  const float height = shown.lab.app().content_height();
  shown.lab.app().set_embedded(true);
  shown.lab.settle();
  CHECK(shown.lab.has("train.play"));
  for (const char* gone : {"header.theme", "header.share", "scene.tensor", "status", "about"}) {
    CHECK_FALSE(shown.lab.has(gone));
  }
  CHECK(shown.lab.app().content_height() < height - 60);
}

TEST_CASE("broken links name the field, in the language shown, and the old state stays") {
  struct Broken {
    const char* scene;
    const char* piece;
    const char* named;
  };
  constexpr Broken kBroken[] = {
      {"tensor", "app.input=1,2;3", "app.input"},
      {"tensor", "app.input=1,x;3,4", "app.input"},
      {"tensor", "app.input=%zz", "app.input"},
      {"tensor", "app.input=[[[1]]]", "app.input"},
      {"tensor", "app.layers=relu-nonsense", "app.layers[1]"},
      {"tensor", "app.layers=relu-", "app.layers"},
      {"tensor", "app.layers=elu:alpha:-1000", "app.layers[0].alpha"},
      {"tensor", "app.layers=elu:beta:1", "app.layers[0]"},
      {"tensor", "app.layers=formula:x%2A", "app.layers[0]"},
      {"tensor", "app.layers=relu-relu-relu-relu-relu-relu-relu-relu-relu-relu-relu-relu-relu",
       "app.layers"},
      {"tensor", "app.cell=9.0", "app.cell"},
      {"tensor", "app.tab=nonsense", "app.tab"},
      {"tensor", "data=xor", "data"},
      {"tensor", "v=2", "“v”"},
      {"tensor", "app.tab=code&app.tab=code", "app.tab"},
      {"functions", "app.functions=relu-relu", "app.functions[1]"},
      {"functions", "app.functions=relu-elu-selu-celu-gelu-silu-mish-tanh-sigmoid",
       "app.functions"},
      {"functions", "app.x=3,2", "app.x"},
      {"functions", "app.y=3", "app.y"},
      {"functions", "app.cursor=far", "app.cursor"},
      {"functions", "app.first=yes", "app.first"},
      {"train", "data=nonsense", "data.kind"},
      {"train", "nonsense=1", "nonsense"},
      {"train", "app.unit=7.0", "app.unit"},
      {"train", "app.unit=x", "app.unit"},
      {"train", "app.speed=99", "app.speed"},
      {"train", "app.stopAccuracy=2", "app.stopAccuracy"},
      {"compare", "app.runs=tanh-nonsense", "network.hidden"},
      {"compare", "app.vary=nonsense", "app.vary"},
      {"compare", "app.seeds=0", "app.seeds"},
      {"compare", "app.goal=95", "app.goal"},
      {"gradients", "app.inputScale=0", "app.inputScale"},
      {"gradients", "app.strip=nonsense", "app.strip"},
      {"gradients", "rate=nonsense", "training.optimizer.learningRate"},
      {"learn", "lesson=nonsense", "lesson"},
      {"learn", "present=yes", "present"},
      {"learn", "data=xor", "data"},
      {"train", "hide=nonsense", "nonsense"},
      {"train", "preset=nonsense", "preset"},
      {"train", "theme=pink", "theme"},
      {"train", "lang=de", "lang"},
  };
  for (const char* language : {"en", "zh"}) {
    for (const Broken& broken : kBroken) {
      CAPTURE(broken.scene);
      CAPTURE(broken.piece);
      const std::string scene = "scene=" + std::string(broken.scene);
      Opened shown(scene + "&lang=" + language);
      const std::string before = shown.link();
      CHECK_FALSE(shown.lab.app().open_link(scene + "&" + broken.piece));
      shown.lab.settle();
      CHECK(shown.link() == before);
      const std::string problem = shown.lab.app().problem();
      CAPTURE(problem);
      CHECK(problem.find(broken.named) != std::string::npos);
      CHECK(shown.lab.item(std::string(broken.scene) + ".error")["value"] == problem);
      CHECK(shown.lab.app().open_link(before));
      CHECK(shown.lab.app().problem() == "");
    }
  }
  Opened shown("scene=compare");
  CHECK_FALSE(shown.lab.app().open_link("scene=nowhere&lang=zh"));
  CHECK(shown.state()["scene"] == "compare");
  CHECK(shown.lab.app().problem().find("tensor, functions, train") != std::string::npos);
}

TEST_CASE("a link that is refused changes nothing, whatever else it says") {
  for (const char* link :
       {"scene=train&lang=zh&theme=dark&hide=data&rate=nonsense", "scene=train&preset=nonsense",
        "scene=compare&lang=zh&theme=pink", "lang=zh&theme=dark&scene=nowhere",
        "scene=train&lang=zh&hide=nonsense&data=xor", "scene=train&data=xor&theme=pink",
        "scene=train&hide=&lang=de", "scene=learn&lesson=xor&present=yes&lang=zh",
        "app.first=0&lang=zh&app.cursor=nonsense"}) {
    CAPTURE(link);
    Opened shown("scene=functions&app.cursor=1.5&lang=en&theme=light&hide=title");
    REQUIRE(shown.valid);
    const std::string before = shown.link(), sentence = shown.state()["sentence"];
    CHECK_FALSE(shown.lab.app().open_link(link));
    shown.lab.settle();
    CHECK(shown.link() == before);
    CHECK(shown.state()["sentence"] == sentence);
    CHECK(shown.lab.item("functions.error")["value"] == shown.lab.app().problem());
    CHECK(shown.lab.app().show_scene("train"));
    shown.lab.settle();
    CHECK_FALSE(shown.lab.has("train.error"));
    // Nothing of it has come to the other scene either.
    CHECK(shown.state()["experiment"] == Opened("scene=train").state()["experiment"]);
    CHECK(shown.lab.app().show_scene("functions"));
    shown.lab.settle();
    CHECK_FALSE(shown.lab.has("functions.error"));
  }
}

TEST_CASE("at the very beginning there is nothing to keep: what is valid is shown") {
  for (const char* link : {"scene=train&lang=zh&theme=dark&rate=nonsense",
                           "scene=train&preset=nonsense&lang=zh&theme=dark",
                           "scene=train&lang=zh&theme=dark&hide=nonsense"}) {
    CAPTURE(link);
    FakePlatform platform;
    Headless lab(platform, {1440, 900}, 1, link);
    CHECK(lab.state()["scene"] == "train");
    CHECK(lab.state()["language"] == "zh");
    CHECK(lab.state()["theme"] == "dark");
    CHECK(lab.has("train.error"));
  }
}

TEST_CASE("what is wrong is told in the language of the interface, until something else happens") {
  Opened shown("scene=train&lang=en");
  CHECK_FALSE(shown.lab.app().open_link("scene=train&noise=9"));
  shown.lab.settle();
  const std::string english = shown.lab.item("train.error")["value"];
  CHECK(shown.lab.app().problem() == english);
  CHECK(english.find("must be") != std::string::npos);
  shown.lab.click("header.language.zh");
  const std::string chinese = shown.lab.item("train.error")["value"];
  CHECK(chinese.find("必须") != std::string::npos);
  CHECK(chinese.find("data.noise") != std::string::npos);
  // The next link has a say of its own, of one voice.
  CHECK_FALSE(shown.lab.app().open_link("scene=nowhere"));
  shown.lab.settle();
  CHECK(shown.lab.item("train.error")["value"].get<std::string>().find("nowhere") !=
        std::string::npos);
  shown.lab.click("train.step");
  CHECK_FALSE(shown.lab.has("train.error"));
  CHECK(shown.lab.app().problem().empty());
}

TEST_CASE("a formula of a link that is refused is not added") {
  Opened shown("scene=functions");
  const size_t before = shown.lab.items().size();
  CHECK_FALSE(shown.lab.app().open_link("scene=functions&app.functions=formula:x%2A3-nonsense"));
  CHECK_FALSE(
      shown.lab.app().open_link("scene=functions&app.functions=formula:x%2A3&app.first=no"));
  CHECK(shown.lab.app().open_link("scene=functions"));
  shown.lab.app().open_link("scene=functions&v=1");
  shown.lab.settle();
  CHECK(shown.lab.items().size() == before);
}

TEST_CASE("each part of each scene can be left out, at every size") {
  for (const SceneRow& row : scenes()) {
    const auto known = row.parts();
    CHECK_FALSE(known.empty());
    for (ImVec2 size : {ImVec2{1440, 900}, ImVec2{390, 844}}) {
      CAPTURE(row.id);
      // With everything in view that is not there at first.
      const std::string_view more = row.id == "functions" ? "&v=1&app.row=softmax" : "";
      const std::string scene = "scene=" + std::string(row.id) + std::string(more) + "&hide=";
      Opened whole(scene, size);
      const size_t all = whole.lab.items().size();
      const float height = whole.lab.app().content_height();
      std::string names = "sentence";
      for (const ScenePart& part : known) {
        CAPTURE(part.id);
        names += "," + std::string(part.id);
        Opened shown(scene + std::string(part.id), size);
        CHECK(shown.valid);
        const bool title = part.id == "title";  // text alone
        CHECK((title || shown.lab.items().size() < all));
        // Without the network the map takes its room.
        CHECK((part.id == "network" || shown.lab.app().content_height() <= height));
      }
      Opened none(scene + names, size);
      CHECK(none.valid);
      CHECK(none.lab.items().size() < all);
      CHECK(none.lab.app().content_height() < height);
      CHECK_FALSE(none.lab.has("status"));
    }
  }
}

TEST_CASE("with map and play alone, Train is a small figure") {
  for (const float width : {1100.0f, 400.0f}) {
    CAPTURE(width);
    Opened shown("scene=train&hide=title,presets,data,network,curve,settings,details,sentence",
                 {width, 900});
    CHECK(shown.valid);
    CHECK(shown.lab.has("train.play"));
    CHECK(shown.lab.has("train.map"));
    for (const char* gone : {"train.preset.xor-relu", "train.data.xor", "train.more", "status"}) {
      CHECK_FALSE(shown.lab.has(gone));
    }
    CHECK(shown.lab.app().content_height() < 850);
  }
  Opened shown("scene=train&hide=data,optimizer");
  CHECK_FALSE(shown.lab.has("train.data.xor"));
  CHECK_FALSE(shown.lab.has("train.set.training.optimizer.kind"));
  CHECK(shown.lab.has("train.set.training.loss"));
  // Without the rail the network begins where the rail did.
  CHECK(shown.lab.app().hide(""));
  shown.lab.settle();
  CHECK(shown.lab.has("train.data.xor"));
}

TEST_CASE("a host plays, pauses, steps and resets what plays") {
  for (const char* id : {"train", "compare", "gradients"}) {
    CAPTURE(id);
    Opened shown("scene=" + std::string(id));
    App& app = shown.lab.app();
    CHECK(app.progress()->step == 0);
    CHECK_FALSE(app.progress()->playing);
    CHECK(app.command(SceneCommand::step));
    CHECK(app.progress()->step == 1);
    CHECK(app.command(SceneCommand::play));
    CHECK(app.progress()->playing);
    for (int i = 0; i < 20; ++i) shown.lab.frame();
    CHECK(app.progress()->step > 1);
    CHECK(app.command(SceneCommand::pause));
    shown.lab.settle();
    CHECK_FALSE(app.progress()->playing);
    const SceneProgress there = *app.progress();
    CHECK(there.train_loss > 0);
    CHECK(there.train_accuracy > 0);
    CHECK(app.command(SceneCommand::reset));
    CHECK(app.progress()->step == 0);
    CHECK(app.progress()->train_loss != there.train_loss);
  }
  for (const char* id : {"tensor", "functions"}) {
    Opened shown("scene=" + std::string(id));
    CHECK_FALSE(shown.lab.app().command(SceneCommand::play));
    CHECK_FALSE(shown.lab.app().progress().has_value());
  }
}

TEST_CASE("progress tells when a rule to stop has been met") {
  Opened shown("scene=train&preset=xor-tanh&app.stopAccuracy=0.9");
  App& app = shown.lab.app();
  CHECK_FALSE(app.progress()->goal_reached);
  CHECK(app.command(SceneCommand::play));
  for (int i = 0; i < 2000 && app.progress()->playing; ++i) shown.lab.frame();
  CHECK(app.progress()->goal_reached);
  CHECK(app.progress()->test_accuracy >= 0.9);
}
