#include "core/experiment/document.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "core/experiment/fields.h"
#include "random_experiment.h"

namespace {

using lab::Error;
using lab::Experiment;
using lab::Field;
using lab::FieldType;
using lab::Language;
using lab::Result;

nlohmann::json default_json() {
  return nlohmann::json::parse(lab::to_json(Experiment{}));
}

// "training.optimizer.kind" as a JSON pointer.
nlohmann::json::json_pointer pointer(std::string_view path) {
  std::string text = "/";
  for (char c : path) text += c == '.' ? '/' : c;
  return nlohmann::json::json_pointer(text);
}

// The error of the default document in which one field holds something else.
Error error_of(std::string_view path, const nlohmann::json& value) {
  nlohmann::json document = default_json();
  document[pointer(path)] = value;
  const Result<Experiment> read = lab::experiment_from_json(document.dump());
  CAPTURE(document.dump());
  REQUIRE_FALSE(read.ok());
  return read.error();
}

struct Misfit {
  const char* change;  // merged into the default document
  const char* code;
  const char* field;
};

}  // namespace

TEST_CASE("the default document is valid and is what no fields at all mean") {
  CHECK_FALSE(lab::validate(Experiment{}).has_value());
  for (const char* text : {"{}", R"({"version":1})", R"({"network":{"init":{}},"data":{}})"}) {
    const Result<Experiment> read = lab::experiment_from_json(text);
    REQUIRE(read.ok());
    CHECK(read.value() == Experiment{});
  }
}

TEST_CASE("a document in full is read into every member") {
  const Result<Experiment> read = lab::experiment_from_json(R"({"version":1,
    "data":{"kind":"custom","samples":20,"noise":0.25,"trainFraction":0.75,"seed":4294967295,
            "classes":4,"points":[[1,2.5,0],[-1,0,2]]},
    "features":["xy","sin_x"],
    "network":{"hidden":[{"units":3,"activation":"elu","params":{"alpha":0.5}},
                         {"activation":"formula:x*x"}],
      "outputs":3,"output":"sigmoid","bias":false,
      "init":{"scheme":"he_normal","seed":9,"scale":0.5},
      "parameters":[[1,2,3,4,5,6],[1,2,3,4,5,6,7,8,9,10,11,12],[1,2,3,4,5,6,7,8,9,10,11,12]],
      "frozen":[[0,2,1]]},
    "training":{"loss":"cross_entropy",
      "optimizer":{"kind":"adamw","learningRate":0.001,"momentum":null,"beta1":0.8,"beta2":0.9,
                   "epsilon":1e-7,"weightDecay":0.02},
      "schedule":{"kind":"step","epochs":7,"factor":0.5},"batchSize":1,
      "regularization":{"kind":"l1","rate":0.3},"clipNorm":1.5,"dropout":0.2,"shuffle":true,
      "precision":"float64"},
    "playground":null})");
  if (!read.ok()) FAIL(read.error().message(Language::en));
  Experiment e;
  e.data = {"custom", 20, 0.25, 0.75, 4294967295u, 4, {{1, 2.5, 0}, {-1, 0, 2}}};
  e.features = {"xy", "sin_x"};
  e.network.hidden = {{3, "elu", {{"alpha", 0.5}}}, {4, "formula:x*x", {}}};
  e.network.outputs = 3;
  e.network.output = "sigmoid";
  e.network.bias = false;
  e.network.init = {"he_normal", 9, 0.5};
  e.network.parameters = {{1, 2, 3, 4, 5, 6},
                          {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12},
                          {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}};
  e.network.frozen = {{0, 2, 1}};
  e.training.loss = "cross_entropy";
  e.training.optimizer = {"adamw", 0.001, std::nullopt, 0.8, 0.9, 1e-7, 0.02};
  e.training.schedule = {"step", 7, 0.5};
  e.training.batch_size = 1;
  e.training.regularization = {"l1", 0.3};
  e.training.clip_norm = 1.5;
  e.training.dropout = 0.2;
  e.training.shuffle = true;
  e.training.precision = "float64";
  CHECK(read.value() == e);
}

TEST_CASE("every field has a place, names and texts of its own") {
  std::set<std::string_view> paths, shares;
  for (const Field& field : lab::fields()) {
    CAPTURE(field.path);
    CHECK(paths.insert(field.path).second);
    CHECK(shares.insert(field.share).second);
    CHECK(lab::find_field(field.path) == &field);
    CHECK(lab::find_share_field(field.share) == &field);
    CHECK(default_json().contains(pointer(field.path)));
    CHECK_FALSE(field.name.en.empty());
    CHECK_FALSE(field.name.zh.empty());
    CHECK(field.help.en.ends_with('.'));
    CHECK(field.help.zh.ends_with("。"));
    const bool has_ids = field.type == FieldType::choice || field.type == FieldType::choices;
    CHECK((field.id != nullptr) == has_ids);
    if (field.type == FieldType::number || field.type == FieldType::integer) {
      CHECK(field.min < field.max);
    }
  }
}

TEST_CASE("random documents come back from JSON and from text unchanged") {
  std::set<std::string> texts;
  for (uint64_t seed = 0; seed < 1000; ++seed) {
    const Experiment e = lab::test::RandomExperiment(seed).draw();
    CAPTURE(seed);
    if (const auto error = lab::validate(e)) {
      FAIL(error->field.value_or(""), ": ", error->message(Language::en));
    }
    const std::string json = lab::to_json(e);
    const Result<Experiment> read = lab::experiment_from_json(json);
    if (!read.ok()) FAIL(json);
    CHECK(read.value() == e);
    CHECK(lab::to_json(read.value()) == json);  // also the sign of zeros
    CHECK(texts.insert(json).second);

    Experiment copy;
    for (const Field& field : lab::fields()) {
      const std::string text = lab::field_text(field, e);
      if (const auto error = lab::set_field(field, text, copy)) {
        FAIL(text, ": ", error->message(Language::en));
      }
    }
    CHECK(lab::to_json(copy) == json);
  }
}

TEST_CASE("numbers are held to their range, at both ends") {
  for (const Field& field : lab::fields()) {
    CAPTURE(field.path);
    const bool whole = field.type == FieldType::integer;
    if (!whole && field.type != FieldType::number && field.type != FieldType::optional_number) {
      continue;
    }
    std::vector<double> wrong = {field.min - 1, field.max + 1, 1e300, -1e300};
    if (whole) wrong.push_back(field.min + 0.5);
    for (double value : wrong) {
      const Error error = error_of(field.path, value);
      CHECK(error.field == std::string(field.path));
      CHECK(error.code == (whole ? "experiment.whole_range" : "experiment.range"));
      CHECK(error.line.has_value());
      // The limits are named.
      CHECK(error.args.size() == 3);
    }
    for (double limit : {field.min, field.max}) {
      Experiment e;
      CHECK_FALSE(lab::set_field(field, nlohmann::json(limit).dump(), e).has_value());
    }
    for (const char* text : {"", "x", "nan", "inf", "1e999", "0x1", "1,5", "--1"}) {
      if (*text == '\0' && field.type == FieldType::optional_number) continue;
      Experiment e;
      CAPTURE(text);
      const auto error = lab::set_field(field, text, e);
      REQUIRE(error.has_value());
      CHECK(error->field == std::string(field.path));
      CHECK(e == Experiment{});
    }
  }
}

TEST_CASE("values of another type are refused in every field") {
  const std::vector<nlohmann::json> values = {
      nullptr, true, 0.5, "no such id", {"no such id"}, {1}, {{"no such field", 1}}};
  for (const Field& field : lab::fields()) {
    CAPTURE(field.path);
    int refused = 0;
    for (const nlohmann::json& value : values) {
      nlohmann::json document = default_json();
      document[pointer(field.path)] = value;
      const Result<Experiment> read = lab::experiment_from_json(document.dump());
      if (read.ok()) continue;
      CAPTURE(value.dump());
      ++refused;
      CHECK(read.error().field.value_or("").starts_with(field.path));
      CHECK(read.error().line.has_value());
      CHECK_FALSE(read.error().message(Language::zh).empty());
    }
    CHECK(refused >= 5);
  }
}

TEST_CASE("ids are those of the registries, and the error lists them") {
  for (const Field& field : lab::fields()) {
    if (field.type != FieldType::choice) continue;
    CAPTURE(field.path);
    const Error error = error_of(field.path, "nothing");
    CHECK(error.code == "experiment.choice");
    CHECK(error.field == std::string(field.path));
    for (std::string_view id : choices(field)) {
      CHECK(error.message(Language::en).find(id) != std::string::npos);
      Experiment e;
      CHECK_FALSE(lab::set_field(field, id, e).has_value());
      CHECK(lab::field_text(field, e) == id);
    }
  }
}

TEST_CASE("errors inside lists name the entry") {
  using nlohmann::json;
  const std::vector<std::tuple<std::string, json, std::string, std::string>> cases = {
      {"network.hidden", json::parse(R"([{"units":0}])"), "network.hidden[0].units",
       "experiment.whole_range"},
      {"network.hidden", json::parse(R"([{},{"units":1e99}])"), "network.hidden[1].units",
       "experiment.whole_range"},
      {"network.hidden", json::parse(R"([{"activation":"rely"}])"), "network.hidden[0].activation",
       "activation.unknown"},
      {"network.hidden", json::parse(R"([{"activation":"formula:x*"}])"),
       "network.hidden[0].activation", "formula.unexpected_end"},
      {"network.hidden", json::parse(R"([{"activation":"elu","params":{"beta":1}}])"),
       "network.hidden[0].params.beta", "activation.parameter_unknown"},
      {"network.hidden", json::parse(R"([{"activation":"elu","params":{"alpha":1e9}}])"),
       "network.hidden[0].params.alpha", "activation.parameter_range"},
      {"network.hidden", json::parse(R"([{"activation":"elu","params":{"alpha":"1"}}])"),
       "network.hidden[0].params.alpha", "experiment.not_number"},
      {"network.hidden", json::parse(R"([{"neurons":3}])"), "network.hidden[0].neurons",
       "experiment.unknown_field"},
      {"network.hidden", json(std::vector<json>(65, json::object())), "network.hidden",
       "experiment.count"},
      {"features", json::parse(R"(["x","z"])"), "features[1]", "experiment.choice"},
      {"features", json::parse(R"(["x","y","x"])"), "features[2]", "experiment.twice"},
      {"features", json::array(), "features", "experiment.count"},
      {"data.points", json::parse("[[1,2]]"), "data.points[0]", "experiment.triple"},
      {"data.points", json::parse(R"([[1,2,3],[1,2,"3"]])"), "data.points[1]", "experiment.triple"},
      {"data.points", json::parse("[[1,2e9,3]]"), "data.points[0]", "experiment.range"},
      {"network.parameters", json::parse("[[1,1e39]]"), "network.parameters[0]",
       "experiment.range"},
      {"network.parameters", json::parse("[[1],[1,null]]"), "network.parameters[1][1]",
       "experiment.not_number"},
      {"network.parameters", json::parse("[1]"), "network.parameters[0]", "experiment.not_list"},
      {"network.frozen", json::parse("[[0,0,0.5]]"), "network.frozen[0]", "experiment.whole_range"},
      {"playground", json::parse(R"({"seed":""})"), "playground.seed",
       "experiment.playground_seed"},
      {"playground", json::parse(R"({"seed":"é"})"), "playground.seed",
       "experiment.playground_seed"},
      {"playground", json::parse(R"({"seed":"1","zero":true})"), "playground.zero",
       "experiment.unknown_field"},
  };
  for (const auto& [path, value, field, code] : cases) {
    CAPTURE(value.dump());
    const Error error = error_of(path, value);
    CHECK(error.field == field);
    CHECK(error.code == code);
    CHECK(error.message(Language::en).find('{') == std::string::npos);
  }
}

TEST_CASE("unknown names are refused and the known ones listed") {
  const auto error = [](const char* text) {
    const Result<Experiment> read = lab::experiment_from_json(text);
    REQUIRE_FALSE(read.ok());
    return read.error();
  };
  CHECK(error(R"({"dat":{}})").message(Language::en) ==
        "There is no field “dat”. The fields there are: version, data, features, network, "
        "training, playground.");
  CHECK(error(R"({"training":{"optimizer":{"lr":1}}})").message(Language::en) ==
        "There is no field “training.optimizer.lr”. The fields there are: kind, learningRate, "
        "momentum, beta1, beta2, epsilon, weightDecay.");
  CHECK(error(R"({"training":
    {"optimizer":5}})")
            .line == 2);
  CHECK(error(R"({"training":{"optimizer":5}})").code == "experiment.not_object");
  CHECK(error(R"({"data.kind":"xor"})").code == "experiment.unknown_field");
  CHECK(error("[]").code == "experiment.not_document");
  CHECK(error(R"({"version":2})").code == "experiment.version");
  CHECK(error(R"({"version":"1"})").code == "experiment.version");
  CHECK(error(R"({"data":{"noise":1e999}})").code == "json.number_range");
  CHECK(error(R"({"data":{"noise":NaN}})").code == "json.expected_value");
}

TEST_CASE("combinations that cannot run are refused, with the field to change") {
  const std::vector<Misfit> misfits = {
      {R"({"data":{"kind":"custom"}})", "experiment.no_points", "data.points"},
      {R"({"data":{"trainFraction":0}})", "experiment.no_training", "data.trainFraction"},
      {R"({"data":{"trainFraction":0.4,"samples":2}})", "experiment.no_training",
       "data.trainFraction"},
      {R"({"data":{"kind":"reg_plane"}})", "experiment.loss_of_values", "training.loss"},
      {R"({"data":{"kind":"reg_plane"},"training":{"loss":"mse"},"network":{"outputs":2}})",
       "experiment.outputs", "network.outputs"},
      {R"({"training":{"loss":"cross_entropy"}})", "experiment.outputs", "network.outputs"},
      {R"({"data":{"kind":"rings3"},"training":{"loss":"cross_entropy"},"network":{"outputs":2}})",
       "experiment.outputs", "network.outputs"},
      {R"({"data":{"kind":"blobs","classes":5},"network":{"outputs":4}})", "experiment.outputs",
       "network.outputs"},
      {R"({"network":{"outputs":3}})", "experiment.outputs", "network.outputs"},
      {R"({"data":{"kind":"custom","points":[[0,0,-1],[0,1,1]]}})", "experiment.labels",
       "data.points"},
      {R"({"data":{"kind":"custom","points":[[0,0,0],[0,1,1]]},"training":{"loss":"hinge"}})",
       "experiment.labels", "data.points"},
      {R"({"data":{"kind":"custom","points":[[0,0,0],[0,1,2]]},
           "training":{"loss":"cross_entropy"},"network":{"outputs":2}})",
       "experiment.labels", "data.points"},
      {R"({"data":{"kind":"custom","points":[[0,0,0],[0,1,0.5]]},
           "training":{"loss":"cross_entropy"},"network":{"outputs":2}})",
       "experiment.labels", "data.points"},
      {R"({"network":{"parameters":[[1]]}})", "experiment.parameters", "network.parameters"},
      {R"({"network":{"hidden":[],"parameters":[[1,2],[1,2]]}})", "experiment.parameters",
       "network.parameters[1]"},
      {R"({"network":{"hidden":[{"units":1024},{"units":1024},{"units":1024},{"units":1024},
           {"units":1024}]}})",
       "experiment.too_many_parameters", "network.hidden"},
      {R"({"network":{"frozen":[[0,0,0],[3,0,0]]}})", "experiment.no_such_weight",
       "network.frozen[1]"},
      {R"({"network":{"frozen":[[0,4,0]]}})", "experiment.no_such_weight", "network.frozen[0]"},
      {R"({"network":{"frozen":[[0,0,2]]}})", "experiment.no_such_weight", "network.frozen[0]"},
      {R"({"network":{"frozen":[[2,0,2]]}})", "experiment.no_such_weight", "network.frozen[0]"},
      {R"({"network":{"frozen":[[0,0,-1]],"bias":false}})", "experiment.no_such_weight",
       "network.frozen[0]"},
      {R"({"playground":{"seed":"1"}})", "experiment.playground", "network.init.scheme"},
  };
  for (const Misfit& misfit : misfits) {
    CAPTURE(misfit.change);
    const Result<Experiment> read = lab::experiment_from_json(misfit.change);
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().code == misfit.code);
    CHECK(read.error().field == std::string(misfit.field));
  }
  for (
      const char* good :
      {R"({"network":{"outputs":2}})",
       R"({"data":{"kind":"reg_gauss"},"training":{"loss":"huber"}})",
       R"({"network":{"outputs":7},"training":{"loss":"cross_entropy"}})",
       R"({"data":{"kind":"blobs","classes":4},"network":{"outputs":4},"training":{"loss":"mse"}})",
       R"({"network":{"hidden":[],"parameters":[[1,2],[1]],"frozen":[[0,0,-1],[0,0,1]]}})",
       R"({"network":{"hidden":[{"units":1,"activation":"prelu"}],
            "parameters":[[1,2],[1],[0.25],[1],[1]]}})",
       R"({"data":{"kind":"custom","points":[[0,0,7.5]],"trainFraction":1},
            "training":{"loss":"mse"}})"}) {
    CAPTURE(good);
    const Result<Experiment> read = lab::experiment_from_json(good);
    if (!read.ok()) FAIL(read.error().message(Language::en));
  }
}

TEST_CASE("TensorFlow Playground's mode takes only what TensorFlow Playground has") {
  const char* kGood = R"({"data":{"kind":"xor"},"network":{"init":{"scheme":"playground"}},
    "training":{"loss":"mse","precision":"float64"},"playground":{"seed":"0.5","initZero":true}})";
  REQUIRE(lab::experiment_from_json(kGood).ok());
  for (const auto& [path, value] :
       std::vector<std::pair<const char*, nlohmann::json>>{{"data.kind", "moons"},
                                                           {"network.outputs", 2},
                                                           {"network.bias", false},
                                                           {"training.loss", "bce"},
                                                           {"training.optimizer.kind", "adam"},
                                                           {"training.optimizer.momentum", 0.9},
                                                           {"training.optimizer.weightDecay", 0.1},
                                                           {"training.schedule.kind", "step"},
                                                           {"training.clipNorm", 1},
                                                           {"training.dropout", 0.1},
                                                           {"training.shuffle", true},
                                                           {"training.precision", "float32"}}) {
    nlohmann::json document = nlohmann::json::parse(kGood);
    document[pointer(path)] = value;
    CAPTURE(path);
    const Result<Experiment> read = lab::experiment_from_json(document.dump());
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().code == "experiment.playground");
    CHECK(read.error().field == std::string(path));
  }
}

TEST_CASE("hostile documents are refused without harm") {
  const std::string text = lab::to_json(lab::test::RandomExperiment(3).draw());
  for (size_t size = 0; size < text.size(); ++size) {
    CHECK_FALSE(lab::experiment_from_json(std::string_view(text).substr(0, size)).ok());
  }
  lab::test::RandomExperiment random(11);
  for (int i = 0; i < 3000; ++i) {
    std::string changed = text;
    for (int k = random.below(3); k >= 0; --k) {
      changed[random.next() % changed.size()] = static_cast<char>(random.next());
    }
    const Result<Experiment> read = lab::experiment_from_json(changed);
    if (read.ok()) {
      CHECK_FALSE(lab::validate(read.value()).has_value());
    } else {
      CHECK_FALSE(read.error().message(Language::en).empty());
    }
  }
  const std::string long_name(2'000'000, 'n');
  const Result<Experiment> read = lab::experiment_from_json("{\"" + long_name + "\":0}");
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().message(Language::en).size() < 300);
  CHECK_FALSE(lab::experiment_from_json("{\"data\":{\"kind\":\"" + long_name + "\"}}").ok());
}
