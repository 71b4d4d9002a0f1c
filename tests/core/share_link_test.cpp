#include "core/experiment/share_link.h"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/experiment/document.h"
#include "core/experiment/fields.h"
#include "core/experiment/packed_numbers.h"
#include "core/experiment/url_text.h"
#include "random_experiment.h"

namespace {

using lab::Error;
using lab::Experiment;
using lab::Language;
using lab::Result;

// What RFC 3986 allows in a fragment without percent-encoding, less what ends a link in running
// text, and the % itself.
bool is_url_safe(const std::string& text) {
  return text.find_first_not_of(
             "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
             "-._~:=&%") == std::string::npos;
}

Error error_of(std::string_view text) {
  const Result<Experiment> read = lab::experiment_from_share_text(text);
  CAPTURE(text);
  REQUIRE_FALSE(read.ok());
  return read.error();
}

}  // namespace

TEST_CASE("only what differs from the defaults is in the link") {
  CHECK(lab::to_share_text(Experiment{}) == "v=1");
  Experiment e;
  e.data.kind = "xor";
  e.data.noise = 0.1;
  e.network.hidden = {{4, "relu", {}}, {2, "elu", {{"alpha", 0.5}}}};
  e.training.loss = "mse";
  CHECK(lab::to_share_text(e) == "v=1&data=xor&noise=0.1&net=4relu-2elu:alpha:0.5&loss=mse");
  e = {};
  e.network.hidden.clear();
  e.network.bias = false;
  e.training.optimizer.epsilon = 1e-7;
  CHECK(lab::to_share_text(e) == "v=1&net=none&bias=0&epsilon=1e-07");
  e = {};
  e.network.hidden = {{3, "formula:max(0, x)-1", {}}};
  CHECK(lab::to_share_text(e) == "v=1&net=3formula:max%280%2C%20x%29%2D1");
}

TEST_CASE("random experiments come back from their links, numbers bit for bit") {
  for (uint64_t seed = 0; seed < 2000; ++seed) {
    CAPTURE(seed);
    const Experiment e = lab::test::RandomExperiment(seed).draw();
    const std::string text = lab::to_share_text(e);
    CAPTURE(text);
    CHECK(is_url_safe(text));
    const Result<Experiment> read = lab::experiment_from_share_text(text);
    if (!read.ok()) FAIL(read.error().message(Language::en));
    CHECK(read.value() == e);
    CHECK(lab::to_json(read.value()) == lab::to_json(e));
    CHECK(lab::to_share_text(read.value()) == text);
  }
}

TEST_CASE("a hand-written link works, whatever stands around it") {
  Experiment e;
  e.data.kind = "spiral";
  for (const char* text :
       {"data=spiral", "#data=spiral", "v=1&data=spiral&", "&&data=spiral&v=1",
        "scene=train&lang=zh&data=spiral&theme&view=3d&hide=data%2Cx&app.zoom=2&preset=a"}) {
    CAPTURE(text);
    const Result<Experiment> read = lab::experiment_from_share_text(text);
    REQUIRE(read.ok());
    CHECK(read.value() == e);
  }
  CHECK(lab::experiment_from_share_text("").value() == Experiment{});
  CHECK(lab::experiment_from_share_text("#").value() == Experiment{});
  const auto flags = lab::experiment_from_share_text("shuffle=true&bias=false");
  REQUIRE(flags.ok());
  CHECK(flags.value().training.shuffle);
  CHECK_FALSE(flags.value().network.bias);
}

TEST_CASE("typical states stay within 2,000 characters") {
  Experiment trained;  // weights after training, of the larger networks of the interface
  trained.data = {"spiral", 1000, 0.2, 0.7, 123456, 3, {}};
  trained.features = {"x", "y", "x2", "y2", "xy", "sin_x", "sin_y"};
  trained.network.hidden = {
      {8, "gelu", {}}, {8, "leaky_relu", {{"negative_slope", 0.05}}}, {8, "silu", {}}};
  trained.training.optimizer = {"adamw", 0.003, {}, 0.85, 0.99, 1e-7, 0.02};
  lab::test::RandomExperiment random(5);
  for (size_t size : lab::parameter_sizes(trained)) {
    auto& list = trained.network.parameters.emplace_back(size);
    for (double& value : list) value = static_cast<float>(random.unit());
  }
  CHECK(lab::to_share_text(trained).size() < 2000);

  Experiment drawn;  // points set by hand, to a hundredth
  drawn.data.kind = "custom";
  for (int i = 0; i < 250; ++i) {
    drawn.data.points.push_back({std::round(random.unit() * 1200 - 600) / 100,
                                 std::round(random.unit() * 1200 - 600) / 100,
                                 static_cast<double>(random.below(2))});
  }
  drawn.network.hidden = {{6, "formula:a=0.5; x * tanh(ln(1 + exp(a*x)))", {{"a", 1.5}}},
                          {4, "snake", {}}};
  CHECK_FALSE(lab::validate(drawn).has_value());
  CHECK(lab::to_share_text(drawn).size() < 2000);
}

TEST_CASE("a broken link says which field") {
  struct Broken {
    const char* text;
    const char* code;
    const char* field;
  };
  for (const Broken& broken :
       std::vector<Broken>{{"v=2", "share.version", "v"},
                           {"v=", "share.version", "v"},
                           {"noise=0&noise=0", "share.twice", "noise"},
                           {"v=1&v=1", "share.twice", "v"},
                           {"nois=0", "share.unknown_key", "nois"},
                           {"data.noise=0", "share.unknown_key", "data.noise"},
                           {"=", "share.unknown_key", ""},
                           {"noise", "share.no_value", "noise"},
                           {"noise=", "experiment.number_text", "data.noise"},
                           {"noise=%31", "experiment.number_text", "data.noise"},
                           {"noise=2", "experiment.range", "data.noise"},
                           {"samples=1e999", "experiment.whole_range", "data.samples"},
                           {"seed=-1", "experiment.whole_range", "network.init.seed"},
                           {"data=torus", "experiment.choice", "data.kind"},
                           {"data=%", "experiment.percent", "data.kind"},
                           {"data=%4", "experiment.percent", "data.kind"},
                           {"data=%zz", "experiment.percent", "data.kind"},
                           {"features=", "experiment.count", "features"},
                           {"features=x-", "experiment.choice", "features[1]"},
                           {"features=x-x", "experiment.twice", "features[1]"},
                           {"net=", "experiment.form", "network.hidden"},
                           {"net=tanh", "experiment.form", "network.hidden"},
                           {"net=4", "activation.unknown", "network.hidden[0].activation"},
                           {"net=4tanh-", "experiment.form", "network.hidden"},
                           {"net=0tanh", "experiment.whole_range", "network.hidden[0].units"},
                           {"net=4elu:alpha", "experiment.form", "network.hidden"},
                           {"net=4elu:alpha:x", "experiment.form", "network.hidden"},
                           {"net=4elu:alpha:1:alpha:1", "experiment.form", "network.hidden"},
                           {"net=99999999999999999999tanh", "experiment.form", "network.hidden"},
                           {"net=4formula:x%2", "experiment.form", "network.hidden"},
                           {"net=4formula:", "formula.empty", "network.hidden[0].activation"},
                           {"bias=2", "experiment.flag_text", "network.bias"},
                           {"points=bAA", "experiment.packed", "data.points"},
                           {"points=bAAA.bAAA", "experiment.packed", "data.points"},
                           {"weights=fAAAA", "experiment.packed", "network.parameters"},
                           {"weights=fAACAfw", "experiment.range", "network.parameters[0]"},
                           {"weights=bAA..bAA", "experiment.packed", "network.parameters"},
                           {"weights=bAA", "experiment.parameters", "network.parameters"},
                           {"frozen=0.0", "experiment.form", "network.frozen"},
                           {"frozen=0.0.-1", "experiment.form", "network.frozen"},
                           {"frozen=9.0.0", "experiment.no_such_weight", "network.frozen[0]"},
                           {"playground=:zero", "experiment.playground_seed", "playground.seed"},
                           {"playground=0.5", "experiment.playground", "network.init.scheme"},
                           {"loss=cross_entropy", "experiment.outputs", "network.outputs"}}) {
    const Error error = error_of(broken.text);
    CHECK(error.code == broken.code);
    CHECK(error.field == std::string(broken.field));
    for (Language language : {Language::en, Language::zh}) {
      CHECK(error.message(language).find('{') == std::string::npos);
    }
  }
}

TEST_CASE("cut and changed links do no harm") {
  lab::test::RandomExperiment random(23);
  std::string text;
  while (text.size() < 400) text = lab::to_share_text(random.draw());
  for (size_t size = 0; size < text.size(); ++size) {
    const auto read = lab::experiment_from_share_text(std::string_view(text).substr(0, size));
    if (!read.ok()) CHECK(read.error().field.has_value());
  }
  for (int i = 0; i < 5000; ++i) {
    std::string changed = text;
    for (int k = random.below(3); k >= 0; --k) {
      changed[random.next() % changed.size()] = static_cast<char>(random.next());
    }
    const Result<Experiment> read = lab::experiment_from_share_text(changed);
    if (read.ok()) {
      const std::string again = lab::to_share_text(read.value());
      CHECK(lab::experiment_from_share_text(again).value() == read.value());
    } else {
      CHECK(read.error().field.has_value());
      CHECK(read.error().message(Language::en).size() < 2000);
    }
  }
  CHECK(error_of(std::string(3'000'000, 'x')).message(Language::en).size() < 1000);
  CHECK(lab::experiment_from_share_text(std::string(3'000'000, '&')).ok());
  CHECK_FALSE(lab::experiment_from_share_text("points=d" + std::string(3'000'000, 'A')).ok());
}

TEST_CASE("packed numbers take the shortest form that loses nothing") {
  constexpr double kMax = std::numeric_limits<double>::max();
  const std::vector<std::pair<std::vector<double>, char>> cases = {
      {{0, 1, -128, 127}, 'b'},
      {{128, -32768, 32767}, '0'},
      {{0.1, -3276.8}, '1'},
      {{0.25, 327.67}, '2'},
      {{1.234, -32.768}, '3'},
      {{1.2345, 3.2767}, '4'},
      {{0.1f, 0x1p100, -0.0, 40000}, 'f'},
      {{0.1, 1e-7}, 'd'},
      {{kMax, -1e39, 5e-324}, 'd'},
  };
  for (const auto& [numbers, form] : cases) {
    const std::string text = lab::pack_numbers(numbers);
    CAPTURE(text);
    CHECK(text[0] == form);
    const auto back = lab::unpack_numbers(text);
    REQUIRE(back.has_value());
    REQUIRE(back->size() == numbers.size());
    for (size_t i = 0; i < numbers.size(); ++i) {
      CHECK(std::bit_cast<uint64_t>((*back)[i]) == std::bit_cast<uint64_t>(numbers[i]));
    }
  }
  CHECK(lab::pack_numbers({}).empty());
  CHECK(lab::unpack_numbers("").value().empty());
  CHECK(lab::pack_numbers(std::vector<double>{1, -1, 0}) == "bAf8A");
  for (const char* bad : {"b", "x", "bA", "bA=", "bA+", "bAB", "0AA", "fAAAAAA==", "bAA A"}) {
    CAPTURE(bad);
    CHECK_FALSE(lab::unpack_numbers(bad).has_value());
  }
}

TEST_CASE("every byte survives percent-encoding") {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  const std::string text = lab::percent_encode(all);
  CHECK(is_url_safe(text));
  CHECK(lab::percent_decode(text) == all);
  CHECK(lab::percent_decode("%e4%b8%AD") == "中");
  CHECK(lab::percent_decode("a+b") == "a+b");
}
