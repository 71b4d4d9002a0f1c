#include "app/ui/math_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace lab {
namespace {

constexpr float kAxis = 0.25f;  // the fraction bar's height above the baseline, in em
constexpr float kScriptScale = 0.72f;
constexpr float kMinScale = 8;  // no script gets smaller than this, in CSS px
constexpr int kMaxDepth = 32;

// How an atom spaces itself from its neighbours (TeXbook, chapter 18).
enum class Kind { ordinary, function, binary, relation, opening, closing, punctuation, space };

struct Symbol {
  std::string_view name;  // after the backslash
  std::string_view text;
  Kind kind;
  Face face;
};

constexpr Symbol kSymbols[] = {
    {"alpha", "α", Kind::ordinary, Face::math_italic},
    {"beta", "β", Kind::ordinary, Face::math_italic},
    {"gamma", "γ", Kind::ordinary, Face::math_italic},
    {"delta", "δ", Kind::ordinary, Face::math_italic},
    {"varepsilon", "ε", Kind::ordinary, Face::math_italic},
    {"epsilon", "ε", Kind::ordinary, Face::math_italic},
    {"theta", "θ", Kind::ordinary, Face::math_italic},
    {"lambda", "λ", Kind::ordinary, Face::math_italic},
    {"mu", "μ", Kind::ordinary, Face::math_italic},
    {"pi", "π", Kind::ordinary, Face::math_italic},
    {"sigma", "σ", Kind::ordinary, Face::math_italic},
    {"tau", "τ", Kind::ordinary, Face::math_italic},
    {"phi", "φ", Kind::ordinary, Face::math_italic},
    {"varphi", "φ", Kind::ordinary, Face::math_italic},
    {"Phi", "Φ", Kind::ordinary, Face::math_roman},
    {"Sigma", "Σ", Kind::ordinary, Face::math_roman},
    {"infty", "∞", Kind::ordinary, Face::math_roman},
    {"partial", "∂", Kind::ordinary, Face::math_roman},
    {"sum", "∑", Kind::function, Face::math_roman},
    {"cdot", "·", Kind::binary, Face::math_roman},
    {"times", "×", Kind::binary, Face::math_roman},
    {"pm", "±", Kind::binary, Face::math_roman},
    {"le", "≤", Kind::relation, Face::math_roman},
    {"ge", "≥", Kind::relation, Face::math_roman},
    {"ne", "≠", Kind::relation, Face::math_roman},
    {"approx", "≈", Kind::relation, Face::math_roman},
    {"in", "∈", Kind::relation, Face::math_roman},
    {"to", "→", Kind::relation, Face::math_roman},
    {"lbrace", "{", Kind::opening, Face::math_roman},
    {"rbrace", "}", Kind::closing, Face::math_roman},
    {"{", "{", Kind::opening, Face::math_roman},
    {"}", "}", Kind::closing, Face::math_roman},
};

constexpr std::string_view kFunctions[] = {"max", "min", "tanh", "sinh", "cosh",   "sin", "cos",
                                           "tan", "ln",  "log",  "exp",  "arctan", "erf", "sign"};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return (c >= '0' && c <= '9') || c == '.';
}

void append(MathBox& to, const MathBox& part, float x, float y) {
  for (MathBox::Run run : part.runs) {
    run.at = {run.at.x + x, run.at.y + y};
    to.runs.push_back(std::move(run));
  }
  for (MathBox::Stroke stroke : part.strokes) {
    for (ImVec2& point : stroke.points) point = {point.x + x, point.y + y};
    to.strokes.push_back(std::move(stroke));
  }
  to.ascent = std::max(to.ascent, part.ascent - y);
  to.descent = std::max(to.descent, part.descent + y);
}

// Parses and sets at once; one instance per formula.
class Typesetter {
 public:
  Typesetter(const Type& type, std::string_view tex) : type_(type), tex_(tex) {}

  // A row of atoms up to one of the `stops` (not consumed) or the end.
  MathBox row(float size, std::string_view stops = {});
  // Whether all of it has been read and every command is known.
  bool understood() const { return understood_ && at_ == tex_.size(); }

 private:
  struct Atom {
    MathBox box;
    Kind kind = Kind::ordinary;
  };

  bool at_stop(std::string_view stops) const;
  void skip_spaces();
  bool eat(std::string_view word);
  std::string_view command_name();

  Atom atom(float size);
  Atom command(float size);
  MathBox glyphs(std::string_view text, Face face, float size) const;
  MathBox group(float size);  // {…} or a single atom
  std::string_view raw_group();
  MathBox fraction(float size);
  MathBox root(float size);
  MathBox delimited(float size);
  MathBox cases(float size);
  void add_scripts(Atom& base, float size);
  static float gap(Kind left, Kind right, float size);

  const Type& type_;
  std::string_view tex_;
  size_t at_ = 0;
  int depth_ = 0;
  bool understood_ = true;
};

void Typesetter::skip_spaces() {
  while (at_ < tex_.size() && tex_[at_] == ' ') ++at_;
}

bool Typesetter::at_stop(std::string_view stops) const {
  if (at_ >= tex_.size()) return true;
  if (tex_[at_] == '}' || tex_[at_] == '&') return true;
  const std::string_view rest = tex_.substr(at_);
  return (rest.starts_with("\\\\") || rest.starts_with("\\end") || rest.starts_with("\\right")) ||
         (!stops.empty() && rest.starts_with(stops));
}

bool Typesetter::eat(std::string_view word) {
  if (!tex_.substr(at_).starts_with(word)) return false;
  at_ += word.size();
  return true;
}

float Typesetter::gap(Kind left, Kind right, float size) {
  if (left == Kind::binary || right == Kind::binary) return 0.22f * size;
  if (left == Kind::relation || right == Kind::relation) return 0.28f * size;
  if (left == Kind::punctuation) return 0.17f * size;
  if (left == Kind::function && right != Kind::opening) return 0.17f * size;
  if (right == Kind::function && (left == Kind::ordinary || left == Kind::closing)) {
    return 0.17f * size;
  }
  return 0;
}

MathBox Typesetter::row(float size, std::string_view stops) {
  MathBox box;
  box.ascent = 0.7f * size;
  box.descent = 0.2f * size;
  if (++depth_ > kMaxDepth) {
    at_ = tex_.size();
    understood_ = false;
    return box;
  }
  std::optional<Kind> previous;
  for (skip_spaces(); !at_stop(stops); skip_spaces()) {
    Atom next = atom(size);
    // A sign with nothing to its left is a prefix, not an operation.
    const bool prefix = !previous || *previous == Kind::binary || *previous == Kind::relation ||
                        *previous == Kind::opening || *previous == Kind::punctuation;
    if (next.kind == Kind::binary && prefix) next.kind = Kind::ordinary;
    if (previous) box.width += gap(*previous, next.kind, size);
    add_scripts(next, size);
    append(box, next.box, box.width, 0);
    box.width += next.box.width;
    if (next.kind != Kind::space) previous = next.kind;
  }
  --depth_;
  return box;
}

MathBox Typesetter::glyphs(std::string_view text, Face face, float size) const {
  MathBox box;
  const TextStyle style{face, size};
  box.width = type_.width(style, text);
  box.ascent = 0.72f * size;
  box.descent = 0.2f * size;
  box.runs.push_back({{0, 0}, style, std::string(text)});
  return box;
}

Typesetter::Atom Typesetter::atom(float size) {
  const char c = tex_[at_];
  if (c == '\\') return command(size);
  if (c == '{') return {group(size), Kind::ordinary};
  if (is_digit(c)) {
    const size_t start = at_;
    while (at_ < tex_.size() && is_digit(tex_[at_])) ++at_;
    return {glyphs(tex_.substr(start, at_ - start), Face::math_roman, size), Kind::ordinary};
  }
  ++at_;
  if (is_letter(c)) return {glyphs({&c, 1}, Face::math_italic, size), Kind::ordinary};
  switch (c) {
    case '-':
      return {glyphs("−", Face::math_roman, size), Kind::binary};
    case '+':
      return {glyphs("+", Face::math_roman, size), Kind::binary};
    case '=':
    case '<':
    case '>':
      return {glyphs({&c, 1}, Face::math_roman, size), Kind::relation};
    case ',':
    case ':':
    case ';':
      return {glyphs({&c, 1}, Face::math_roman, size), Kind::punctuation};
    case '(':
    case '[':
      return {glyphs({&c, 1}, Face::math_roman, size), Kind::opening};
    case ')':
    case ']':
      return {glyphs({&c, 1}, Face::math_roman, size), Kind::closing};
    case '\'':
      return {glyphs("′", Face::math_roman, size), Kind::closing};
    default:
      break;
  }
  // Any other character, one whole UTF-8 sequence of it, stands for itself.
  const size_t start = at_ - 1;
  while (at_ < tex_.size() && (tex_[at_] & 0xC0) == 0x80) ++at_;
  return {glyphs(tex_.substr(start, at_ - start), Face::ui, size * 0.92f), Kind::ordinary};
}

std::string_view Typesetter::command_name() {
  ++at_;  // the backslash
  const size_t start = at_;
  if (at_ < tex_.size() && !is_letter(tex_[at_])) return tex_.substr(start, at_++ - start + 1);
  while (at_ < tex_.size() && is_letter(tex_[at_])) ++at_;
  return tex_.substr(start, at_ - start);
}

Typesetter::Atom Typesetter::command(float size) {
  const std::string_view name = command_name();
  if (name == "frac") return {fraction(size), Kind::ordinary};
  if (name == "sqrt") return {root(size), Kind::ordinary};
  if (name == "left") return {delimited(size), Kind::closing};
  if (name == "begin") return {cases(size), Kind::ordinary};
  if (name == "mathrm" || name == "operatorname") {
    return {glyphs(raw_group(), Face::math_roman, size),
            name == "mathrm" ? Kind::ordinary : Kind::function};
  }
  if (name == "text") return {glyphs(raw_group(), Face::ui, size * 0.88f), Kind::ordinary};
  if (name == "quad" || name == ",") {
    MathBox space;
    space.width = size * (name == "quad" ? 1.0f : 0.17f);
    return {std::move(space), Kind::space};
  }
  for (const Symbol& symbol : kSymbols) {
    if (symbol.name == name) return {glyphs(symbol.text, symbol.face, size), symbol.kind};
  }
  const bool function = std::ranges::find(kFunctions, name) != std::end(kFunctions);
  understood_ &= function;
  return {glyphs(name, Face::math_roman, size), function ? Kind::function : Kind::ordinary};
}

MathBox Typesetter::group(float size) {
  skip_spaces();
  if (!eat("{")) return at_ < tex_.size() ? atom(size).box : MathBox{};
  MathBox box = row(size);
  understood_ &= eat("}");
  return box;
}

std::string_view Typesetter::raw_group() {
  skip_spaces();
  if (!eat("{")) return {};
  const size_t start = at_;
  while (at_ < tex_.size() && tex_[at_] != '}') ++at_;
  const std::string_view inside = tex_.substr(start, at_ - start);
  understood_ &= eat("}");
  return inside;
}

MathBox Typesetter::fraction(float size) {
  const float inner = std::max(size * 0.86f, kMinScale);
  const MathBox above = group(inner), below = group(inner);
  MathBox box;
  const float pad = 0.12f * size, space = 0.14f * size, bar = std::max(1.0f, 0.06f * size);
  box.width = std::max(above.width, below.width) + 2 * pad;
  const float axis = -kAxis * size;
  append(box, above, (box.width - above.width) / 2, axis - space - above.descent);
  append(box, below, (box.width - below.width) / 2, axis + space + below.ascent);
  box.strokes.push_back({{{0, axis}, {box.width, axis}}, bar});
  return box;
}

MathBox Typesetter::root(float size) {
  const MathBox inside = group(size);
  MathBox box;
  const float sign = 0.62f * size, space = 0.1f * size;
  const float top = -(inside.ascent + space), bottom = inside.descent;
  append(box, inside, sign, 0);
  box.width = sign + inside.width + 0.08f * size;
  box.ascent = -top + 0.08f * size;
  box.strokes.push_back({{{0.04f * size, bottom - 0.42f * (bottom - top)},
                          {0.2f * size, bottom - 0.5f * (bottom - top)},
                          {0.38f * size, bottom},
                          {sign - 0.06f * size, top},
                          {box.width, top}},
                         std::max(1.0f, 0.06f * size)});
  return box;
}

// A curved delimiter from `top` to `bottom`, bulging to the left for side < 0.
MathBox::Stroke parenthesis(float x, float top, float bottom, float side, float thickness) {
  MathBox::Stroke stroke{{}, thickness};
  constexpr int steps = 16;
  const float depth = std::min(0.16f * (bottom - top), 7.0f);
  for (int i = 0; i <= steps; ++i) {
    const float t = 2.0f * static_cast<float>(i) / steps - 1;
    stroke.points.push_back(
        {x + side * depth * (1 - t * t), (top + bottom) / 2 + t * (bottom - top) / 2});
  }
  return stroke;
}

MathBox Typesetter::delimited(float size) {
  skip_spaces();
  if (at_ < tex_.size()) ++at_;  // the opening delimiter
  const MathBox inside = row(size);
  if (eat("\\right") && at_ < tex_.size()) ++at_;
  const float axis = -kAxis * size;
  const float half = std::max(inside.ascent + axis, inside.descent - axis) + 0.05f * size;
  const float side = 0.42f * size, thickness = std::max(1.1f, 0.07f * size);
  MathBox box;
  box.ascent = half - axis;
  box.descent = half + axis;
  append(box, inside, side, 0);
  box.width = inside.width + 2 * side;
  box.strokes.push_back(parenthesis(0.32f * size, axis - half, axis + half, -1, thickness));
  box.strokes.push_back(
      parenthesis(box.width - 0.32f * size, axis - half, axis + half, 1, thickness));
  return box;
}

// A left brace of that height, its tip at x = 0.
MathBox::Stroke brace(float size, float top, float bottom) {
  MathBox::Stroke stroke{{}, std::max(1.2f, 0.075f * size)};
  const float middle = (top + bottom) / 2, radius = std::min(0.3f * size, (bottom - top) / 4);
  const float spine = 0.3f * size;
  const auto quarter = [&](ImVec2 from, ImVec2 control, ImVec2 to) {
    for (int i = 0; i <= 6; ++i) {
      const float t = static_cast<float>(i) / 6, u = 1 - t;
      stroke.points.push_back({u * u * from.x + 2 * u * t * control.x + t * t * to.x,
                               u * u * from.y + 2 * u * t * control.y + t * t * to.y});
    }
  };
  quarter({spine + radius, top}, {spine, top}, {spine, top + radius});
  quarter({spine, middle - radius}, {spine, middle}, {0.04f * size, middle});
  quarter({0.04f * size, middle}, {spine, middle}, {spine, middle + radius});
  quarter({spine, bottom - radius}, {spine, bottom}, {spine + radius, bottom});
  return stroke;
}

MathBox Typesetter::cases(float size) {
  raw_group();  // "cases" is the only environment
  struct Line {
    MathBox value, condition;
  };
  std::vector<Line> lines;
  const float inner = std::max(size * 0.92f, kMinScale);
  while (at_ < tex_.size() && lines.size() < 16) {
    Line line;
    line.value = row(inner, "&");
    if (eat("&")) line.condition = row(inner);
    lines.push_back(std::move(line));
    skip_spaces();
    if (!eat("\\\\")) break;
    skip_spaces();
  }
  const bool ended = eat("\\end");
  understood_ &= ended;
  if (ended) raw_group();
  float value_width = 0, height = 0;
  const float leading = 0.3f * size;
  for (const Line& line : lines) {
    value_width = std::max(value_width, line.value.width);
    height += std::max(line.value.height(), line.condition.height()) + leading;
  }
  MathBox box;
  const float axis = -kAxis * size, left = 0.75f * size;
  float y = axis - height / 2 + leading / 2;
  for (const Line& line : lines) {
    const float ascent = std::max(line.value.ascent, line.condition.ascent);
    append(box, line.value, left, y + ascent);
    append(box, line.condition, left + value_width + size, y + ascent);
    box.width = std::max(box.width, left + value_width + size + line.condition.width);
    y += std::max(line.value.height(), line.condition.height()) + leading;
  }
  box.ascent = std::max(box.ascent, height / 2 - axis);
  box.descent = std::max(box.descent, height / 2 + axis);
  box.strokes.push_back(brace(size, axis - height / 2, axis + height / 2));
  return box;
}

void Typesetter::add_scripts(Atom& base, float size) {
  const float small = std::max(size * kScriptScale, kMinScale);
  std::array<std::optional<MathBox>, 2> scripts;  // superscript, subscript
  for (;;) {
    if (eat("^")) {
      scripts[0] = group(small);
    } else if (eat("_")) {
      scripts[1] = group(small);
    } else {
      break;
    }
  }
  const float x = base.box.width;
  for (size_t i = 0; i < scripts.size(); ++i) {
    if (!scripts[i]) continue;
    const float above = std::max(0.4f * size, base.box.ascent - 0.35f * size);
    append(base.box, *scripts[i], x + 0.03f * size, i == 0 ? -above : 0.2f * size);
    base.box.width = std::max(base.box.width, x + scripts[i]->width + 0.06f * size);
  }
}

}  // namespace

MathBox typeset(const Type& type, float size, std::string_view tex) {
  return Typesetter(type, tex).row(size);
}

MathBox typeset_within(const Type& type, float size, float width, std::string_view tex) {
  const MathBox box = typeset(type, size, tex);
  return box.width > width ? typeset(type, size * width / box.width, tex) : box;
}

bool is_typesettable(const Type& type, std::string_view tex) {
  Typesetter typesetter(type, tex);
  typesetter.row(16);
  return typesetter.understood();
}

void draw_math(const Type& type, ImDrawList* list, ImVec2 baseline, ImU32 colour,
               const MathBox& box) {
  for (const MathBox::Run& run : box.runs) {
    type.draw(list, {baseline.x + run.at.x, baseline.y + run.at.y}, run.style, colour, run.text);
  }
  for (const MathBox::Stroke& stroke : box.strokes) {
    std::vector<ImVec2> points = stroke.points;
    for (ImVec2& point : points) point = {point.x + baseline.x, point.y + baseline.y};
    list->AddPolyline(points.data(), static_cast<int>(points.size()), colour, 0, stroke.thickness);
  }
}

}  // namespace lab
