// Every figure of every scene, as files. A new scene or figure is tested by being listed.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/plot/field_image.h"
#include "app/plot/figure.h"
#include "app/scenes/scene.h"
#include "app/ui/outlines.h"
#include "headless.h"

using namespace lab;

namespace {

size_t count(const std::string& text, std::string_view piece) {
  size_t found = 0;
  for (size_t at = text.find(piece); at != text.npos; at = text.find(piece, at + 1)) ++found;
  return found;
}

// The values of an attribute, in the order of the text.
std::vector<std::string> values_of(const std::string& svg, const std::string& attribute) {
  std::vector<std::string> values;
  const std::string start = " " + attribute + "=\"";
  for (size_t at = svg.find(start); at != svg.npos; at = svg.find(start, at + 1)) {
    const size_t from = at + start.size();
    values.push_back(svg.substr(from, svg.find('"', from) - from));
  }
  return values;
}

// What any SVG file must be: balanced, without a font, with everything there that it refers to.
void check_svg(const std::string& svg) {
  CHECK(svg.starts_with("<svg "));
  CHECK(svg.ends_with("</svg>\n"));
  CHECK(count(svg, "<g ") == count(svg, "</g>"));
  CHECK(count(svg, "<clipPath ") == count(svg, "</clipPath>"));
  CHECK(svg.find("<text") == svg.npos);
  CHECK(svg.find("font-family") == svg.npos);
  CHECK(svg.find("nan") == svg.npos);
  CHECK(svg.find("inf\"") == svg.npos);
  const std::vector<std::string> ids = values_of(svg, "id");
  CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
  for (const std::string& target : values_of(svg, "xlink:href")) {
    if (!target.starts_with("#")) continue;
    CHECK(std::ranges::count(ids, target.substr(1)) == 1);
  }
}

std::string save(Headless& lab, FakePlatform& platform, const std::string& id, PictureKind kind,
                 float scale = 1) {
  platform.saved.clear();
  platform.saved_name.clear();
  REQUIRE(lab.app().save_figure(id, kind, scale));
  CHECK(platform.saved_name == id + (kind == PictureKind::svg ? ".svg" : ".png"));
  return platform.saved;
}

}  // namespace

TEST_CASE("every figure of every scene is written as SVG and PNG, in both languages") {
  for (const char* language : {"en", "zh-CN"}) {
    FakePlatform platform;
    platform.language = language;
    Headless lab(platform);
    for (const SceneRow& row : scenes()) {
      CAPTURE(row.id);
      REQUIRE(lab.app().show_scene(row.id));
      lab.settle();
      std::set<std::string> names;
      for (const App::FigureState& listed : lab.app().figures()) {
        CAPTURE(listed.id);
        CHECK(names.insert(listed.name).second);
        REQUIRE(lab.app().show_figure(listed.id));
        for (int i = 0; i < 20'000 && (i < 4 || lab.app().wants_frames()); ++i) lab.frame();
        const std::string svg = save(lab, platform, listed.id, PictureKind::svg);
        check_svg(svg);
        CHECK(count(svg, "aria-label") > 0);
        CHECK(svg.find("<title>" + listed.name + "</title>") != svg.npos);
        const float width = std::stof(values_of(svg, "width").front());
        const float height = std::stof(values_of(svg, "height").front());
        CHECK(width > 100);
        CHECK(height > 50);
        save(lab, platform, listed.id, PictureKind::png, 3);
        CHECK(platform.picture.x == 3 * width);
        CHECK(platform.picture.y == 3 * height);
        CHECK(platform.picture_colours.size() > 3);
      }
    }
  }
}

TEST_CASE("figures that are not in view are listed, and not saved") {
  FakePlatform platform;
  Headless lab(platform);
  REQUIRE(lab.app().show_scene("gradients"));
  lab.settle();
  const auto figures = lab.app().figures();
  const auto zigzag = std::ranges::find(figures, "zigzag", &App::FigureState::id);
  REQUIRE(zigzag != figures.end());
  CHECK_FALSE(zigzag->shown);
  CHECK_FALSE(lab.app().save_figure("zigzag", PictureKind::svg, 1));
  CHECK(platform.saved.empty());
  CHECK_FALSE(lab.app().show_figure("nonsense"));
  CHECK_FALSE(lab.app().save_figure("nonsense", PictureKind::svg, 1));
}

TEST_CASE("the list of figures saves them at the size that was chosen") {
  FakePlatform platform;
  Headless lab(platform);
  lab.click("scene.train");
  lab.click("header.figures");
  CHECK(lab.item("figures.confusion.svg")["enabled"] == false);
  lab.click("figures.map.svg");
  CHECK(platform.saved_name == "map.svg");
  const auto side = std::stof(values_of(platform.saved, "width").front());
  lab.click("figures.map.png");
  CHECK(platform.picture.x == 2 * side);
  lab.click("figures.scale.4");
  lab.click("figures.map.png");
  CHECK(platform.picture.x == 4 * side);
  lab.click("figures.close");
  CHECK_FALSE(lab.has("figures.close"));
}

TEST_CASE("a figure's text is set in the outlines of the fonts on the screen") {
  FakePlatform platform;
  Headless lab(platform);
  lab.click("scene.functions");
  const std::string svg = save(lab, platform, "functions", PictureKind::svg);
  CHECK(svg.find("aria-label=\"ReLU\"") != svg.npos);
  // R, e, L, U of the semibold face: four references, each to a shape that is there.
  const size_t name = svg.find("aria-label=\"ReLU\"");
  CHECK(count(svg.substr(name, svg.find("</g>", name) - name), "<use ") == 4);

  Type type;
  type.load();
  Outlines outlines(type);
  // Lengths agree with those that ImGui lays text out by.
  for (const auto& [text, face] :
       {std::pair("Wxyz 0.5 −1", Face::ui), std::pair("激活函数", Face::ui_semibold),
        std::pair("tensor([1.])", Face::mono)}) {
    CAPTURE(text);
    float width = 0;
    const std::string_view view = text;
    for (const char *at = view.data(), *end = at + view.size(); at < end;) {
      unsigned character = 0;
      at += ImTextCharFromUtf8(&character, at, end);
      width += static_cast<float>(outlines.of(face, character).advance) * 100 / Outlines::kEm;
    }
    CHECK(width == doctest::Approx(type.width({face, 100}, text)).epsilon(0.005));
  }
  CHECK(outlines.of(Face::ui, ' ').path.empty());
  CHECK(outlines.of(Face::ui, 'l').path.starts_with("M"));
  // What no font has is shown as the same character as on the screen, and is no empty place.
  CHECK(outlines.of(Face::ui, 0x10FFFD).advance > 0);
}

TEST_CASE("a figure's file is the same whenever and wherever it is written") {
  std::string first;
  for (const float ratio : {1.0f, 2.0f}) {
    FakePlatform platform;
    Headless lab(platform, {1440, 900}, ratio);
    lab.click("scene.train");
    const std::string svg = save(lab, platform, "network", PictureKind::svg);
    if (first.empty()) first = svg;
    CHECK(svg == first);
  }
}

TEST_CASE("the borders of classes lie where the likeliest of them changes, and nowhere else") {
  // Likelihoods that are linear in x and y: three lands that meet in (0.5, 0.5).
  const auto likelihoods = [](ImVec2 at) {
    return std::array{at.x - 0.5f, 0.5f - at.x, 2 * (at.y - 0.5f)};
  };
  constexpr int kGrid = 30;  // no number lies on a border
  std::vector<float> numbers(3 * kGrid * kGrid);
  for (int y = 0; y < kGrid; ++y) {
    for (int x = 0; x < kGrid; ++x) {
      const auto all = likelihoods({static_cast<float>(x) / (kGrid - 1),
                                    static_cast<float>(y) / (kGrid - 1)});
      for (int k = 0; k < 3; ++k) {
        numbers[static_cast<size_t>((k * kGrid + y) * kGrid + x)] = all[static_cast<size_t>(k)];
      }
    }
  }
  double length = 0;
  for (const FieldSegment& piece : class_borders({kGrid, kGrid, 3, numbers}, 3)) {
    for (const ImVec2 end : {piece.from, piece.to}) {
      auto all = likelihoods(end);
      std::ranges::sort(all, std::greater());
      CHECK(all[0] - all[1] < 1e-4f);
    }
    length += std::hypot(static_cast<double>(piece.to.x - piece.from.x),
                         static_cast<double>(piece.to.y - piece.from.y));
  }
  CHECK(length == doctest::Approx(0.5 + 2 * std::hypot(0.5, 0.25)).epsilon(1e-3));
}

TEST_CASE("where an output is 0 over an area the border runs once along its edge, unbroken") {
  // As a dead unit leaves it: 0 on one side of a slanted line, rising on the other.
  constexpr int kGrid = 40;
  constexpr float kRise = 0.7f;
  for (const float sign : {1.0f, -1.0f}) {
    CAPTURE(sign);
    std::vector<float> numbers;
    for (int y = 0; y < kGrid; ++y) {
      for (int x = 0; x < kGrid; ++x) {
        const float beyond = static_cast<float>(x) + kRise * static_cast<float>(y) - kGrid * 0.8f;
        numbers.push_back(sign * std::max(beyond, 0.0f));
      }
    }
    const std::vector<FieldSegment> border = field_border({kGrid, kGrid, 1, numbers}, 0);
    // What falls to negative numbers is on the side of 0: nothing lies between them.
    CHECK(border.empty() == (sign < 0));
    std::map<std::pair<int, int>, int> ends;
    for (const FieldSegment& piece : border) {
      for (const ImVec2 end : {piece.from, piece.to}) {
        const ImVec2 at{end.x * (kGrid - 1), end.y * (kGrid - 1)};
        CHECK(std::abs(at.x + kRise * at.y - kGrid * 0.8f) < 0.02f);
        ++ends[{std::lround(at.x * 100), std::lround(at.y * 100)}];
      }
    }
    const auto loose = std::ranges::count_if(ends, [](const auto& end) { return end.second % 2; });
    CHECK(loose == (sign > 0 ? 2 : 0));  // the line's own ends
  }
  FieldLook look;
  for (int i = 0; i < FieldLook::kRamp; ++i)
    look.ramp[static_cast<size_t>(i)] = IM_COL32(i, 0, 0, 255);
  look.discrete = true;
  const auto colour = [&](float number) { return field_colour(look, {&number, 1}); };
  CHECK(colour(0) == colour(-1));
  CHECK(colour(1e-30f) == colour(1));
}
