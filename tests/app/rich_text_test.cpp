#include "app/ui/rich_text.h"

#include <doctest/doctest.h>

#include "headless.h"

using namespace lab;

namespace {

// A context with fonts, between two frames.
struct Fonts {
  FakePlatform platform;
  Headless lab{platform};
  Ui ui;

  Fonts() { ui.load_fonts(); }
  float height(std::string_view text, float width = 400) {
    return RichText(ui, style::body, width, text).height();
  }
};

}  // namespace

TEST_CASE("marks are not shown, and are missed where they are left open") {
  CHECK(plain_text("**one** `two` and $x^2$") == "one two and x^2");
  CHECK(plain_text("$\\frac{1}{2}$") == "frac(1)(2)");
  CHECK(plain_text("5 * 3") == "5 * 3");
  CHECK(unclosed_mark("**one** `two` $x$") == "");
  CHECK(unclosed_mark("costs 5 $") == "$");
  CHECK(unclosed_mark("**one") == "**");
  CHECK(unclosed_mark("`two") == "`");
  CHECK(formulas_in("$a$ and $b_1$") == std::vector<std::string_view>{"a", "b_1"});
}

TEST_CASE("text is set into lines, higher ones for high formulas") {
  Fonts fonts;
  const float line = fonts.height("one line");
  CHECK(fonts.height("") == line);
  CHECK(fonts.height("**one** `line` $z$") == line);
  CHECK(fonts.height("words enough for more than one line of so few pixels", 120) > 2 * line);
  CHECK(fonts.height("with $\\frac{\\frac{a}{b}}{\\frac{c}{d}}$ in it") > line + 8);
  // A word goes to the next line as a whole with what it is joined to, marks or not.
  const float together = fonts.ui.type().width(style::body, "aaaa (bbbb),");
  CHECK(fonts.height("aaaa (bbbb),", together + 1) == line);
  CHECK(fonts.height("aaaa (**bbbb**), ", together - 12) == 2 * line);
  CHECK(fonts.height("a word that is wider than the line", 4) > 7 * line);
}

TEST_CASE("Chinese breaks between characters, but not before closing punctuation") {
  Fonts fonts;
  fonts.ui.language = Language::zh;
  const float line = fonts.height("一行");
  const float six = fonts.ui.type().width(style::body, "激活函数激活");
  CHECK(fonts.height("激活函数激活", six + 1) == line);
  CHECK(fonts.height("激活函数激活，", six + 1) == 2 * line);
  CHECK(fonts.height("激活**函数**激活函数激活函数", six + 1) == 2 * line);
}

TEST_CASE("a formula is typesettable when all of it is understood") {
  Fonts fonts;
  const auto fine = [&](std::string_view tex) { return is_typesettable(fonts.ui.type(), tex); };
  CHECK(fine(""));
  CHECK(fine("\\frac{1}{1 + e^{-x}}"));
  CHECK(fine("\\begin{cases} x & x > 0 \\\\ 0 & x \\le 0 \\end{cases}"));
  CHECK_FALSE(fine("\\nonsense x"));
  CHECK_FALSE(fine("\\frac{1}{2"));
  CHECK_FALSE(fine("x}"));
  CHECK_FALSE(fine("\\begin{cases} x & x > 0"));
}
