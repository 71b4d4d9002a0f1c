#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/ui/math_text.h"
#include "app/ui/ui.h"

namespace lab {

// A paragraph with **strong words**, `code` and $formulas$ (TeX, see math_text.h), set into lines
// no wider than `width`. It owns what it shows.
class RichText {
 public:
  RichText(const Ui& ui, TextStyle style, float width, std::string_view text);

  float height() const;
  void draw(Ui& ui, ImVec2 top_left, Tone tone) const;

 private:
  struct Piece {
    float x = 0;
    TextStyle style;
    std::string text;  // empty: the formula
    MathBox math;
  };
  struct Line {
    float above, below;  // the baseline
    std::vector<Piece> pieces;
  };

  class Setter;

  std::vector<Line> lines_;
};

// The same without its marks, for screen readers.
std::string plain_text(std::string_view rich);

// Where the marks of such a text are wrong: an opening mark without its closing one. Empty:
// nowhere.
std::string unclosed_mark(std::string_view rich);

// The formulas of such a text.
std::vector<std::string_view> formulas_in(std::string_view rich);

}  // namespace lab
