#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "app/plot/axes.h"
#include "app/scenes/functions/curve_cache.h"
#include "app/ui/ui.h"
#include "core/activation/rowwise.h"
#include "core/formula/formula_activation.h"
#include "headless.h"

using namespace lab;

namespace {

struct Scene {
  FakePlatform platform;
  Headless lab{platform};

  Scene() { lab.click("scene.functions"); }
  std::vector<std::string> chosen() const {
    const nlohmann::json state = lab.state();
    std::vector<std::string> ids;
    for (const auto& function : state["functions"]) ids.push_back(function["activation"]);
    return ids;
  }
  void enter_formula(const std::string& text) {
    lab.click("functions.formula_field");
    lab.type(text);
    lab.press(ImGuiKey_Enter);
  }
};

FunctionChoice choice(std::string_view id) {
  const Activation* activation = find_activation(id);
  REQUIRE(activation != nullptr);
  return {activation, activation->default_params()};
}

// Takes down where every line of text stands.
struct TextLog final : Canvas {
  struct Line {
    ImRect rect;
    std::string text;
  };
  std::vector<Line> lines;

  using Canvas::Canvas;
  void line(ImVec2, ImVec2, const Stroke&) override {}
  void polyline(std::span<const ImVec2>, const Stroke&) override {}
  void fill_rect(ImVec2, ImVec2, ImU32, float) override {}
  void dot(ImVec2, float, ImU32, float, ImU32) override {}
  void polygon(std::span<const ImVec2>, ImU32) override {}
  void field(unsigned, const FieldGrid&, const FieldLook&,
             std::span<const FieldPainter::Place>) override {}
  void text_on(ImVec2 baseline, TextStyle style, ImU32, std::string_view text) override {
    const ImVec2 top{baseline.x, baseline.y - 9};
    lines.push_back({{top, {top.x + type().width(style, text), baseline.y}}, std::string(text)});
  }
  void begin_clip(ImVec2, ImVec2) override {}
  void end_clip() override {}
};

Axes axes_of(double reach) {
  return {{{0, 0}, {601, 400}}, {-reach, reach}, {-2, 2}};
}

}  // namespace

TEST_CASE("functions are chosen, become the subject, and go") {
  Scene s;
  CHECK(s.chosen() == std::vector<std::string>{"sigmoid", "relu"});
  CHECK(s.lab.state()["subject"] == "relu");
  s.lab.click("functions.choose.tanh");
  CHECK(s.chosen() == std::vector<std::string>{"sigmoid", "relu", "tanh"});
  CHECK(s.lab.state()["subject"] == "tanh");
  s.lab.click("functions.subject.sigmoid");
  CHECK(s.lab.state()["subject"] == "sigmoid");
  CHECK(s.chosen().size() == 3);
  CHECK(s.lab.item("functions.subject.sigmoid")["value"] == "true");
  s.lab.click("functions.choose.sigmoid");
  CHECK(s.chosen() == std::vector<std::string>{"relu", "tanh"});
  CHECK(s.lab.state()["subject"] == "relu");
  s.lab.click("functions.choose.relu");
  s.lab.click("functions.choose.tanh");
  CHECK(s.chosen().empty());
  CHECK(s.lab.state()["sentence"] == "Nothing is chosen.");
}

TEST_CASE("a ninth function is refused, and says why, until another one goes") {
  Scene s;
  for (const char* id : {"tanh", "gelu", "silu", "mish", "elu", "selu"}) {
    s.lab.click("functions.choose." + std::string(id));
  }
  CHECK(s.chosen().size() == 8);
  CHECK_FALSE(s.lab.has("functions.error"));
  s.lab.click("functions.choose.celu");
  CHECK(s.chosen().size() == 8);
  CHECK(s.lab.item("functions.error")["label"].get<std::string>().starts_with("8 functions"));
  s.lab.click("functions.choose.mish");
  CHECK_FALSE(s.lab.has("functions.error"));
  s.lab.click("functions.choose.celu");
  CHECK(s.chosen().back() == "celu");
  CHECK(s.lab.state()["subject"] == "celu");
}

TEST_CASE("every function can be the subject in both languages") {
  Scene s;
  for (const Activation& row : activations()) {
    CAPTURE(row.id);
    const std::string id = "functions.choose." + std::string(row.id);
    const bool there = s.lab.item(id)["value"] == "true";
    s.lab.click(there ? "functions.subject." + std::string(row.id) : id);
    CHECK(s.lab.state()["subject"] == std::string(row.id));
    CHECK(s.lab.item("functions.formula")["value"] == std::string(row.tex));
    CHECK(s.lab.item("functions.good")["value"] == std::string(row.good_at.en));
    if (!there) s.lab.click(id);
  }
}

TEST_CASE("the search finds by name in either language") {
  Scene s;
  s.lab.click("functions.search");
  s.lab.type("gelu");
  CHECK(s.lab.has("functions.choose.gelu"));
  CHECK(s.lab.has("functions.choose.quick_gelu"));
  CHECK_FALSE(s.lab.has("functions.choose.relu"));
  s.lab.press(ImGuiKey_A, ImGuiMod_Ctrl);
  s.lab.type("正弦");
  CHECK(s.lab.has("functions.choose.sin"));
  CHECK_FALSE(s.lab.has("functions.choose.gelu"));
}

TEST_CASE("pointing moves the cross-hair, dragging the view, and reset brings it back") {
  Scene s;
  const nlohmann::json before = s.lab.state();
  s.lab.point("functions.plot");
  CHECK(std::fabs(s.lab.state()["cursor"].get<double>()) < 0.1);
  s.lab.drag("functions.plot", {100, 0});
  CHECK(s.lab.state()["x"][0].get<double>() < before["x"][0].get<double>());
  s.lab.click("functions.reset_view");
  CHECK(s.lab.state()["x"] == before["x"]);
}

TEST_CASE("Ctrl and the wheel zoom the plot and do not scroll") {
  Scene s;
  s.lab.point("functions.plot");
  const auto width = [&] {
    const nlohmann::json x = s.lab.state()["x"];
    return x[1].get<double>() - x[0].get<double>();
  };
  const double before = width();
  const nlohmann::json place = s.lab.item("functions.plot")["rect"];
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, true);
  s.lab.frame();
  ImGui::GetIO().AddMouseWheelEvent(0, 1);
  s.lab.frame();
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, false);
  s.lab.settle();
  CHECK(width() < before);
  CHECK(s.lab.item("functions.plot")["rect"] == place);
  ImGui::GetIO().AddMouseWheelEvent(0, -1);
  s.lab.settle();
  CHECK(s.lab.item("functions.plot")["rect"] != place);
}

TEST_CASE("a parameter's slider changes the function") {
  Scene s;
  s.lab.click("functions.choose.leaky_relu");
  s.lab.drag("functions.param.negative_slope", {20, 0});
  const nlohmann::json functions = s.lab.state()["functions"];
  CHECK(functions.back()["params"]["negative_slope"].get<double>() > 0.3);
}

TEST_CASE("the picture and the numbers are saved") {
  Scene s;
  s.lab.click("functions.csv");
  CHECK(s.platform.saved_name == "activation-functions.csv");
  CHECK(s.platform.saved.starts_with("x,sigmoid,sigmoid_derivative,relu,relu_derivative\n-6"));
  CHECK(std::ranges::count(s.platform.saved, '\n') == 602);
  s.enter_formula("k=2; max(x, k)");
  s.lab.drag("functions.param.k", {20, 0});
  s.lab.click("functions.second");
  s.lab.click("functions.csv");
  const std::string head = s.platform.saved.substr(0, s.platform.saved.find('\n'));
  CHECK(head.find("relu,relu_derivative,relu_second_derivative,\"k=2; max(x, k) (k=") !=
        std::string::npos);
  CHECK(head.ends_with(")_second_derivative\""));
  const std::string last = s.platform.saved.substr(s.platform.saved.rfind('\n', s.platform.saved.size() - 2));
  CHECK(std::ranges::count(last, ',') == 9);
  s.lab.click("functions.svg");
  CHECK(s.platform.saved.starts_with("<svg "));
  CHECK(s.platform.saved.ends_with("</svg>\n"));
  CHECK(s.platform.saved.find("aria-label=\"ReLU\"") != std::string::npos);
}

TEST_CASE("the picture is saved as pixels, two at least for each CSS px") {
  for (const float ratio : {1.0f, 2.5f}) {
    CAPTURE(ratio);
    FakePlatform platform;
    platform.dark = true;
    Headless lab(platform, {1440, 900}, ratio);
    lab.click("scene.functions");
    lab.click("functions.png");
    CHECK(platform.saved_name == "functions.png");
    const nlohmann::json plot = lab.item("functions.plot")["rect"];
    const float times = ratio > 2 ? 3 : 2;
    CHECK(platform.picture.x == times * (plot[2].get<float>() + 68));  // with its tick labels
    CHECK(platform.picture.y == times * (plot[3].get<float>() + 48));
    const std::set<ImU32>& colours = platform.picture_colours;
    CHECK(colours.contains(tone(Theme::dark, Tone::raised)));
    CHECK(colours.contains(series_colour(Theme::dark, 0)));
    CHECK(colours.contains(series_colour(Theme::dark, 1)));
    CHECK_FALSE(colours.contains(tone(Theme::dark, Tone::text)));  // the cross-hair stays out
    CHECK(ImGui::GetDrawListSharedData()->InitialFringeScale == 1 / ratio);
  }
}

TEST_CASE("corners stay sharp, and jumps have a closed and an open dot") {
  const Curve relu = make_curve(choice("relu"), Order::value, axes_of(3));
  REQUIRE(relu.pieces.size() == 1);
  CHECK(relu.dots.empty());
  const ImVec2 corner = axes_of(3).place(0, 0);
  CHECK(std::ranges::any_of(relu.pieces[0], [&](ImVec2 at) {
    return std::fabs(at.x - corner.x) < 1e-3f && std::fabs(at.y - corner.y) < 1e-3f;
  }));
  // Neighbours have a direction from one to the other.
  CHECK(std::ranges::adjacent_find(relu.pieces[0], [](ImVec2 a, ImVec2 b) {
          return std::fabs(a.x - b.x) < 1e-3f && std::fabs(a.y - b.y) < 1e-3f;
        }) == relu.pieces[0].end());

  for (const auto& [id, order] : {std::pair{"step", Order::value}, {"relu", Order::first}}) {
    CAPTURE(id);
    const Curve curve = make_curve(choice(id), order, axes_of(3));
    CHECK(curve.pieces.size() == 2);
    CHECK(std::ranges::count(curve.dots, true, &Curve::Dot::open) == 1);
    CHECK(std::ranges::count(curve.dots, false, &Curve::Dot::open) == 1);
  }
  CHECK(make_curve(choice("hardtanh"), Order::first, axes_of(3)).pieces.size() == 3);
  CHECK(make_curve(choice("sigmoid"), Order::second, axes_of(3)).pieces.size() == 1);
}

TEST_CASE("a curve is made again only when what it shows has changed") {
  CurveCache cache;
  FunctionChoice elu = choice("elu");
  Axes axes = axes_of(3);
  const auto points = [&](Order order) { return cache.get(elu, order, axes).pieces.at(0).data(); };
  const ImVec2* value = points(Order::value);
  const ImVec2* slope = points(Order::first);
  CHECK(value != slope);
  CHECK(points(Order::value) == value);
  axes.rect.Translate({17, -40});
  CHECK(points(Order::value) == value);
  CHECK(points(Order::first) == slope);

  const auto same_as_new = [&](const Axes& view) {
    const Curve fresh = make_curve(elu, Order::value, view);
    return std::ranges::equal(cache.get(elu, Order::value, view).pieces.at(0), fresh.pieces.at(0),
                              [](ImVec2 a, ImVec2 b) { return a.x == b.x && a.y == b.y; });
  };
  CHECK(same_as_new(axes_of(3)));
  CHECK(same_as_new(axes_of(2)));
  Axes other = axes_of(3);
  other.y.max = 5;
  CHECK(same_as_new(other));
  other.rect.Max.x = 300;
  CHECK(same_as_new(other));
  elu.params[0] = 2;
  CHECK(same_as_new(other));

  // However many have been asked for since.
  for (int i = 0; i < 100; ++i) CHECK(same_as_new(axes_of(3 + i)));
  CHECK(same_as_new(other));
}

TEST_CASE("dead and saturated stretches are found") {
  const auto relu = slope_regions(choice("relu"), {-6, 6}, 601);
  REQUIRE(relu.size() == 1);
  CHECK(relu[0].dead);
  CHECK(relu[0].from == -6);
  CHECK(std::fabs(relu[0].to) < 0.03);
  const auto sigmoid = slope_regions(choice("sigmoid"), {-6, 6}, 601);
  REQUIRE(sigmoid.size() == 2);
  CHECK_FALSE(sigmoid[0].dead);
  CHECK(sigmoid[0].to == doctest::Approx(-2.89).epsilon(0.02));
  CHECK(slope_regions(choice("identity"), {-6, 6}, 601).empty());
}

TEST_CASE("the mean output for a normal input agrees with theory") {
  CHECK(mean_of_normal(choice("relu")) == doctest::Approx(0.3989422804).epsilon(1e-5));
  CHECK(mean_of_normal(choice("sigmoid")) == doctest::Approx(0.5));
  CHECK(std::fabs(mean_of_normal(choice("tanh"))) < 1e-12);
  CHECK(mean_of_normal(choice("gelu")) == doctest::Approx(0.2820947918).epsilon(1e-7));
  // … across jumps and beside points that have no value, too.
  CHECK(mean_of_normal(choice("step")) == doctest::Approx(0.5).epsilon(1e-7));
  FormulaLibrary formulas;
  const auto mean = [&](const char* text) {
    const Activation& row = formulas.add(text).value()->row();
    return mean_of_normal({&row, row.default_params()});
  };
  CHECK(mean("x>0 ? x : 0.5") == doctest::Approx(0.3989422804 + 0.25).epsilon(1e-7));
  CHECK(mean("x>0.31234 ? 1 : 0") == doctest::Approx(0.3773910719).epsilon(1e-6));
  CHECK(mean("sin(x)/x") == doctest::Approx(0.8556243919).epsilon(1e-7));
  for (const char* text : {"1/x", "1/(x-0.1234)", "log(x)", "exp(exp(exp(x)))", "tan(x)"}) {
    CAPTURE(text);
    CHECK(std::isnan(mean(text)));
  }
}

TEST_CASE("what holds for the defaults alone is said to, where parameters are others") {
  Scene s;
  s.lab.click("functions.choose.elu");
  CHECK_FALSE(s.lab.has("functions.property.note"));
  s.lab.drag("functions.param.alpha", {20, 0});
  CHECK(s.lab.has("functions.property.note"));
}

TEST_CASE("ticks are round numbers with real minus signs") {
  const auto ticks = linear_ticks({-6, 6}, 600, 72);
  REQUIRE(ticks.size() == 7);
  CHECK(ticks.front().label == "−6");
  CHECK(ticks[3].label == "0");
  CHECK(linear_ticks({0, 1e-3}, 300, 60)[1].label == "0.0002");
}

TEST_CASE("labels tell ticks apart, do not touch, and stay inside, however far one has zoomed") {
  Scene s;
  Ui ui;
  ui.load_fonts();
  for (const double place : {0.0, 1.0, -1.0, 20.5, -999.9, 31415.9, -123456.7, 9.9e6}) {
    for (const double width : {1.0, 1e-3, 0.0}) {
      for (const float room : {601.0f, 240.0f}) {
        CAPTURE(place);
        CAPTURE(width);
        CAPTURE(room);
        Axes axes = axes_of(1);
        axes.rect.Max.x = room;
        const double length = std::max(width, narrowest(std::fabs(place) + width));
        axes.x = axes.y = {place, place + length};
        TextLog log(ui.type());
        axes.draw(log, Theme::light);
        REQUIRE(log.lines.size() >= 3);
        std::set<std::string> below, beside;
        const float left = axes.rect.Min.x - std::max(44.0f, axes.left_room(ui.type()));
        for (size_t i = 0; i < log.lines.size(); ++i) {
          const TextLog::Line& line = log.lines[i];
          CAPTURE(line.text);
          auto& axis = line.rect.Min.y > axes.rect.Max.y ? below : beside;
          CHECK(axis.insert(line.text).second);
          CHECK(line.rect.Min.x >= left - 0.01f);
          CHECK(line.rect.Max.x <= axes.rect.Max.x + 12.01f);
          for (size_t j = 0; j < i; ++j) CHECK_FALSE(line.rect.Overlaps(log.lines[j].rect));
        }
        CHECK(below.size() >= 1);
        CHECK(beside.size() >= 2);
      }
    }
  }
}

TEST_CASE(
    "where one has zoomed in far, the numbers at the cross-hair tell apart what is beside it") {
  Scene s;
  REQUIRE(s.lab.app().open_link(
      "scene=functions&app.functions=identity&app.cursor=1.00001&app.x=1,1.00004&app.y=1,1.00004"));
  s.lab.settle();
  const std::string sentence = s.lab.state()["sentence"];
  CHECK(sentence.starts_with("At x = 1.00001"));
  CHECK(sentence.find(" is 1.00001") != std::string::npos);
}

TEST_CASE("the sentence does not speak of gradients where there are no finite numbers") {
  Scene s;
  const auto at = [&](const std::string& formula, const std::string& x) -> std::string {
    REQUIRE(s.lab.app().open_link("scene=functions&app.functions=formula:" + formula +
                                  "&app.cursor=" + x));
    s.lab.settle();
    return s.lab.state()["sentence"];
  };
  CHECK(
      at("log(x)", "-1") ==
      "At x = −1, log(x) is nan and its slope is nan. The value is no finite number: a neuron that "
      "comes here spoils the loss and all weights.");
  CHECK(at("log(x)", "0").ends_with("spoils the loss and all weights."));
  CHECK(at("exp(x)", "1000").ends_with("spoils the loss and all weights."));
  CHECK(at("sqrt(x)", "0").ends_with("gradient that passes here spoils all weights."));
  CHECK(at("sqrt(x)", "1").ends_with("large enough for gradients to pass."));
}

TEST_CASE("where a formula has no value it has no slope, either") {
  FormulaLibrary formulas;
  const auto made = formulas.add("log(x)");
  REQUIRE(made.ok());
  const FunctionChoice log{&made.value()->row(), {}};
  for (const Order order : {Order::first, Order::second}) {
    CHECK(std::isnan(evaluate(log, order, -2)));
    CHECK(std::isfinite(evaluate(log, order, 2)));
    for (const auto& piece : make_curve(log, order, axes_of(6)).pieces) {
      for (const ImVec2& at : piece) CHECK(at.x > 299);
    }
  }
}

TEST_CASE("zooming keeps the point under the pointer") {
  Axes axes = axes_of(6);
  const ImVec2 about{150, 100};
  const double x = axes.plane_x(about.x), y = axes.plane_y(about.y);
  axes.zoom(about, 0.5);
  CHECK(axes.plane_x(about.x) == doctest::Approx(x));
  CHECK(axes.plane_y(about.y) == doctest::Approx(y));
  CHECK(axes.x.length() == doctest::Approx(6));
}

TEST_CASE("however far one goes and however near one looks, there is something in view") {
  const auto whole = [](const Span& span) {
    return std::isfinite(span.min) && std::isfinite(span.max) && span.length() > 0 &&
           static_cast<float>(span.min) < static_cast<float>(span.max);
  };
  Axes axes = axes_of(6);
  const ImVec2 corner{550, 50};
  const auto check = [&] {
    REQUIRE(whole(axes.x));
    REQUIRE(whole(axes.y));
    CHECK(std::isfinite(axes.screen_x(0)));
    CHECK(std::isfinite(axes.plane_x(corner.x)));
  };
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 300; ++i) axes.zoom(corner, 1.25), check();
    for (int i = 0; i < 300; ++i) axes.pan({-500, 300}), check();
    for (int i = 0; i < 300; ++i) axes.zoom(corner, 0.8), check();
    for (int i = 0; i < 300; ++i) axes.pan({0.5f, -0.5f}), check();
  }
  axes.zoom(corner, 1e300), check();
  axes.zoom(corner, 0), check();
}

TEST_CASE("a person's formula is drawn, checked and can stand in the tensor's chain") {
  Scene s;
  s.enter_formula("a=0.1; x<0 ? a*x : x");
  CHECK(s.lab.state()["subject"] == "formula_1");
  CHECK(s.lab.has("functions.param.a"));
  CHECK(s.lab.item("functions.check")["value"].get<std::string>().find("Kinks or jumps at x = 0") !=
        std::string::npos);
  s.lab.click("scene.tensor");
  s.lab.click("tensor.layer.0");
  s.lab.click("tensor.layer.0.menu.formula_1");
  CHECK(s.lab.item("tensor.stage.1.0.1")["value"].get<std::string>().starts_with("-0.06"));
}

TEST_CASE("a chosen formula is one chip, on a phone, too") {
  Scene s;
  s.enter_formula("x<0 ? 0.1*x : x");
  s.lab.size = {390, 844};
  s.lab.settle();
  const nlohmann::json items = s.lab.items();
  CHECK(std::ranges::count(items, "functions.choose.formula_1",
                           [](const nlohmann::json& item) { return item["id"]; }) == 1);
}

TEST_CASE("a formula is taken off the list, back into the field, and whatever uses it keeps it") {
  Scene s;
  s.enter_formula("x<0 ? 0.1*x : x");
  s.lab.click("scene.tensor");
  s.lab.click("tensor.layer.0");
  s.lab.click("tensor.layer.0.menu.formula_1");
  s.lab.click("scene.functions");
  CHECK(s.chosen().size() == 3);
  s.lab.click("functions.remove.formula_1");
  CHECK(s.chosen().size() == 2);
  CHECK_FALSE(s.lab.has("functions.choose.formula_1"));
  CHECK(s.lab.item("functions.formula_field")["value"] == "x<0 ? 0.1*x : x");
  s.lab.click("scene.tensor");
  CHECK(s.lab.item("tensor.stage.1.0.1")["value"].get<std::string>().starts_with("-0.06"));
  s.lab.click("tensor.layer.0");
  CHECK_FALSE(s.lab.has("tensor.layer.0.menu.formula_1"));
  s.lab.press(ImGuiKey_Escape);
  s.lab.click("scene.functions");
  s.lab.click("functions.formula_add");
  CHECK(s.lab.item("functions.choose.formula_1")["value"] == "true");
}

TEST_CASE("the range of a formula is that of the function, and a pole has no mean") {
  Scene s;
  const std::pair<const char*, const char*> ranges[] = {
      {"1/(1+exp(-x))", "(0, 1)"}, {"max(0,x)", "[0, ∞)"}, {"1/(x-0.1234)", "(−∞, ∞)"}};
  for (const auto& [formula, range] : ranges) {
    CAPTURE(formula);
    s.enter_formula(formula);
    CHECK(s.lab.item("functions.property.range")["value"] == range);
  }
  CHECK(s.lab.item("functions.property.mean")["value"] == "–");
  // A pole is no kink as well.
  s.enter_formula("tan(x)");
  const auto check = s.lab.item("functions.check")["value"].get<std::string>();
  CHECK(check.find("Kinks") == std::string::npos);
  CHECK(check.find("Not finite at x = −7.854, −4.712, −1.571, 1.571, 4.712, 7.854.") !=
        std::string::npos);
}

TEST_CASE("a formula that cannot be read says where, and stays to be mended") {
  Scene s;
  s.lab.click("functions.formula_field");
  s.lab.type("x +* 2");
  s.lab.click("functions.formula_add");
  CHECK(s.lab.item("functions.formula_error")["value"].get<std::string>().starts_with("Column 4"));
  CHECK(s.lab.item("functions.formula_field")["value"] == "x +* 2");
  CHECK(s.chosen().size() == 2);
}

TEST_CASE(
    "the cost is measured by a clock that ticks coarsely, too, and read with the properties") {
  FakePlatform platform;
  platform.moment = 1e-5;
  platform.tick = 1e-4;  // a browser's
  Headless lab(platform);
  lab.click("scene.functions");
  for (const char* id : {"relu", "tanh", "identity"}) {
    CAPTURE(id);
    const std::string chip = "functions.choose." + std::string(id);
    const bool there = lab.item(chip)["value"] == "true";
    lab.click(there ? "functions.subject." + std::string(id) : chip);
    const auto cost = lab.item("functions.property.cost")["value"].get<std::string>();
    CAPTURE(cost);
    CHECK(cost.find(" ns per value") != std::string::npos);
    CHECK_FALSE(cost.starts_with("0 "));
  }
  CHECK(lab.item("functions.property.pytorch")["value"] == "nn.Identity");
}

namespace {

double number(const Scene& s, const std::string& id) {
  return std::stod(s.lab.item(id)["value"].get<std::string>());
}

}  // namespace

TEST_CASE("a function of a whole row shows its results and how they answer") {
  Scene s;
  CHECK_FALSE(s.lab.has("functions.row.y.0"));
  s.lab.click("functions.choose.softmax");
  CHECK(s.lab.item("functions.choose.softmax")["value"] == "true");
  double sum = 0;
  for (int i = 0; i < 4; ++i) sum += number(s, "functions.row.y." + std::to_string(i));
  CHECK(sum == doctest::Approx(1));
  const double y = number(s, "functions.row.y.0");
  CHECK(y ==
        doctest::Approx(std::exp(2) / (std::exp(2) + std::exp(1) + std::exp(0.5) + std::exp(-1))));
  CHECK(number(s, "functions.row.slope.0.0") == doctest::Approx(y * (1 - y)));
  CHECK(number(s, "functions.row.slope.0.1") ==
        doctest::Approx(-y * number(s, "functions.row.y.1")));

  s.lab.drag("functions.row.x.0", {100, 0});
  CHECK(number(s, "functions.row.y.0") > y);
  // The curves are as they were, and another function takes the row's place.
  CHECK(s.chosen() == std::vector<std::string>{"sigmoid", "relu"});
  s.lab.click("functions.choose.sparsemax");
  CHECK(s.lab.state()["row"]["activation"] == "sparsemax");
  CHECK(number(s, "functions.row.y.3") == 0);
  s.lab.click("functions.choose.sparsemax");
  CHECK_FALSE(s.lab.has("functions.row.y.0"));
}

TEST_CASE("a row becomes longer and shorter, by two where halves belong together") {
  Scene s;
  s.lab.click("functions.choose.log_softmax");
  s.lab.click("functions.row.more");
  CHECK(s.lab.has("functions.row.y.4"));
  s.lab.click("functions.choose.glu");  // takes an even number of them
  CHECK(s.lab.has("functions.row.x.5"));
  CHECK_FALSE(s.lab.has("functions.row.y.3"));
  s.lab.click("functions.row.fewer");
  CHECK(s.lab.has("functions.row.x.3"));
  CHECK_FALSE(s.lab.has("functions.row.x.4"));
  s.lab.click("functions.row.fewer");
  CHECK_FALSE(s.lab.item("functions.row.fewer")["enabled"].get<bool>());
}

TEST_CASE("a row is in the link, and a link with a wrong one says so") {
  Scene s;
  const std::string head = "scene=functions&v=1&";
  REQUIRE(s.lab.app().open_link(head + "app.row=softmin&app.values=1,-2,0.25"));
  s.lab.settle();
  CHECK(s.lab.state()["row"]["x"] == nlohmann::json({1, -2, 0.25}));
  CHECK(s.lab.app().link().find("&app.row=softmin&app.values=1,-2,0.25") != std::string::npos);
  for (const char* wrong : {"app.row=softest", "app.row=glu&app.values=1,x", "app.values=1",
                            "app.values=1,2,3,4,5,6,7,8,9", "app.values=1,7"}) {
    CAPTURE(wrong);
    CHECK_FALSE(s.lab.app().open_link(head + wrong));
    s.lab.settle();
    const auto error = s.lab.item("functions.error")["value"].get<std::string>();
    CHECK(error.find(std::string(wrong).find("values") != std::string::npos
                         ? "app.values"
                         : "app.row") != std::string::npos);
    CHECK(s.lab.state()["row"]["activation"] == "softmin");
  }
  REQUIRE(s.lab.app().open_link(head + "app.functions=tanh"));
  s.lab.settle();
  CHECK_FALSE(s.lab.state().contains("row"));
}

TEST_CASE("functions of rows fit every size, and are found by search and in the phone's menu") {
  for (const RowActivation& row : row_activations()) {
    for (const ImVec2 size : {ImVec2{1440, 900}, {800, 900}, {390, 844}, {320, 568}}) {
      CAPTURE(row.id);
      CAPTURE(size.x);
      Scene s;
      REQUIRE(s.lab.app().open_link("scene=functions&v=1&app.row=" + std::string(row.id) +
                                    "&app.values=6,-6,0.125,1,2,3,-4,-5"));
      s.lab.size = size;
      s.lab.settle();
      for (const nlohmann::json& item : s.lab.items()) {
        CAPTURE(item["id"].get<std::string>());
        CHECK(item["rect"][0].get<float>() >= 0);
        CHECK(item["rect"][0].get<float>() + item["rect"][2].get<float>() <= size.x + 0.5f);
      }
    }
  }
  Scene s;
  s.lab.click("functions.search");
  s.lab.type("softmax");
  CHECK(s.lab.has("functions.choose.log_softmax"));
  CHECK_FALSE(s.lab.has("functions.choose.relu"));
  s.lab.size = {390, 844};
  s.lab.settle();
  s.lab.click("functions.add");
  s.lab.click("functions.add.menu.softmin");
  CHECK(s.lab.item("functions.choose.softmin")["value"] == "true");
}
