#include "core/experiment/playground_link.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "core/experiment/document.h"
#include "core/experiment/share_link.h"

namespace {

using lab::Experiment;
using lab::Language;
using lab::PlaygroundImport;
using lab::Result;

PlaygroundImport imported(std::string_view link) {
  Result<PlaygroundImport> result = lab::import_playground(link);
  CAPTURE(link);
  if (!result.ok()) FAIL(result.error().message(Language::en));
  CHECK_FALSE(lab::validate(result.value().experiment).has_value());
  return result.value();
}

}  // namespace

TEST_CASE("a link as TensorFlow Playground writes it becomes the same experiment") {
  const PlaygroundImport import = imported(
      "https://playground.tensorflow.org/#activation=relu&regularization=L1&batchSize=12"
      "&dataset=xor&regDataset=reg-gauss&learningRate=0.003&regularizationRate=0.01&noise=15"
      "&networkShape=8,8,3&seed=0.31415&showTestData=false&discretize=true&percTrainData=70"
      "&x=true&y=false&xTimesY=true&xSquared=true&ySquared=false&cosX=false&sinX=true&cosY=false"
      "&sinY=true&collectStats=false&problem=classification&initZero=true&hideText=false"
      "&noise_hide=true");
  Experiment e;
  e.data = {"xor", 500, 0.15, 0.7, 1, 3, {}};
  e.features = {"x", "x2", "xy", "sin_x", "sin_y"};
  e.network.hidden = {{8, "relu", {}}, {8, "relu", {}}, {3, "relu", {}}};
  e.network.output = "tanh";
  e.network.init.scheme = "playground";
  e.training.loss = "mse";
  e.training.optimizer.learning_rate = 0.003;
  e.training.batch_size = 12;
  e.training.regularization = {"l1", 0.01};
  e.training.precision = "float64";
  e.playground = {"0.31415", true};
  CHECK(import.experiment == e);
  CHECK(import.ignored == std::vector<std::string>{"showTestData", "discretize", "cosX", "cosY",
                                                   "collectStats", "hideText", "noise_hide"});
}

TEST_CASE("what a link leaves out has TensorFlow Playground's defaults") {
  Experiment e;
  e.network.output = "tanh";
  e.network.init.scheme = "playground";
  e.training.loss = "mse";
  e.training.precision = "float64";
  e.playground = {"0.5", false};
  for (const char* link : {"", "#", "https://playground.tensorflow.org",
                           "https://playground.tensorflow.org/#", "#seed=&dataset=&x", "&&"}) {
    CAPTURE(link);
    CHECK(imported(link).experiment == e);
  }
  CHECK(imported("#seed=").ignored == std::vector<std::string>{"seed"});
  CHECK(imported("#tutorial=dl&\xFF=1").ignored ==
        std::vector<std::string>{"tutorial", "\xEF\xBF\xBD"});
}

TEST_CASE("regression takes the regression data and a linear output") {
  const Experiment e =
      imported(
          "#problem=regression&regDataset=reg-gauss&dataset=spiral&activation=linear&networkShape="
          "2")
          .experiment;
  CHECK(e.data.kind == "reg_gauss");
  CHECK(e.data.samples == 1200);
  CHECK(e.network.output == "identity");
  REQUIRE(e.network.hidden.size() == 1);
  CHECK(e.network.hidden[0].activation == "identity");
  CHECK(imported("problem=regression&networkShape=").experiment.network.hidden.empty());
  CHECK(imported("problem=regression").experiment.data.kind == "reg_plane");
}

TEST_CASE("every number that TensorFlow Playground offers is taken, however it is written") {
  for (const char* rate : {"0.00001", "1e-5", "0.0001", ".001", "0.003", "0.01", "0.03", "0.1",
                           "0.3", "1", "3", "10"}) {
    CHECK(imported("#learningRate=" + std::string(rate))
              .experiment.training.optimizer.learning_rate == std::stod(rate));
  }
  for (const char* rate : {"0", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10"}) {
    const auto e =
        imported("#regularization=L2&regularizationRate=" + std::string(rate)).experiment;
    CHECK(e.training.regularization == Experiment::Regularization{"l2", std::stod(rate)});
  }
  for (int percent = 10; percent <= 90; percent += 10) {
    for (const char* problem : {"classification", "regression"}) {
      const auto e = imported("percTrainData=" + std::to_string(percent) + "&problem=" + problem);
      // As many training samples as there: ⌊N·percent/100⌋.
      const Experiment::Data& data = e.experiment.data;
      CHECK(std::floor(data.samples * data.train_fraction) == data.samples * percent / 100);
    }
  }
  for (int noise = 0; noise <= 50; noise += 5) {
    CHECK(imported("noise=" + std::to_string(noise)).experiment.data.noise == noise / 100.0);
  }
  for (int batch = 1; batch <= 30; ++batch) {
    CHECK(imported("batchSize=" + std::to_string(batch)).experiment.training.batch_size == batch);
  }
  CHECK(imported("#networkShape=1,2,3,4,5,8").experiment.network.hidden.size() == 6);
}

TEST_CASE("values that TensorFlow Playground does not offer give an error that names the key") {
  for (const char* piece : {"activation=gelu",
                            "activation=identity",
                            "regularization=l1",
                            "batchSize=0",
                            "batchSize=31",
                            "batchSize=2.5",
                            "batchSize=1e400",
                            "dataset=moons",
                            "dataset=reg-plane",
                            "regDataset=circle",
                            "learningRate=0.02",
                            "learningRate=0.03x",
                            "regularizationRate=2",
                            "regularizationRate=0.",
                            "noise=7",
                            "noise=55",
                            "noise=-5",
                            "noise=NaN",
                            "percTrainData=0",
                            "percTrainData=55",
                            "networkShape=9",
                            "networkShape=0",
                            "networkShape=4,,2",
                            "networkShape=4,",
                            "networkShape=,4",
                            "networkShape=10",
                            "networkShape=4;2",
                            "networkShape=1,1,1,1,1,1,1",
                            "x=yes",
                            "sinY=1",
                            "initZero=no",
                            "problem=both",
                            "seed=%E4%B8%AD",
                            "seed=%2"}) {
    CAPTURE(piece);
    const Result<PlaygroundImport> result = lab::import_playground("#" + std::string(piece));
    REQUIRE_FALSE(result.ok());
    const std::string key = std::string(piece).substr(0, std::string(piece).find('='));
    CHECK(result.error().field == key);
    for (Language language : {Language::en, Language::zh}) {
      CHECK(result.error().message(language).find(key) != std::string::npos);
    }
  }
  const Result<PlaygroundImport> none = lab::import_playground("#x=false&y=false");
  REQUIRE_FALSE(none.ok());
  CHECK(none.error().code == "playground.no_feature");
}

TEST_CASE("an imported experiment can be saved and shared") {
  const Experiment e =
      imported("#dataset=gauss&seed=0.11111&initZero=true&regularization=L2&noise=20").experiment;
  CHECK(lab::experiment_from_json(lab::to_json(e)).value() == e);
  const std::string text = lab::to_share_text(e);
  CHECK(lab::experiment_from_share_text(text).value() == e);
  CHECK(text.size() < 200);
}

TEST_CASE("hostile links do no harm") {
  CHECK(imported(std::string(2'000'000, 'x')).ignored.size() == 1);
  CHECK_FALSE(lab::import_playground("#networkShape=" + std::string(2'000'000, '1')).ok());
  CHECK_FALSE(lab::import_playground("#seed=" + std::string(2'000'000, '1')).ok());
  const std::string link = "#activation=relu&networkShape=4,2&seed=0.5&learningRate=0.03&x=true";
  for (size_t size = 0; size < link.size(); ++size) {
    for (int byte = 0; byte < 256; byte += 5) {
      std::string changed = link;
      changed[size] = static_cast<char>(byte);
      const Result<PlaygroundImport> result = lab::import_playground(changed);
      if (result.ok()) {
        CHECK_FALSE(lab::validate(result.value().experiment).has_value());
      } else {
        CHECK(result.error().field.has_value());
      }
    }
  }
}
