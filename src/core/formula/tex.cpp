#include "core/formula/tex.h"

#include <algorithm>
#include <cmath>

#include "core/fill_placeholders.h"
#include "core/text_number.h"

namespace lab::formula {
namespace {

using Binding = Tex::Binding;
constexpr size_t kLongest = 3000;
constexpr std::string_view kGreek[] = {"alpha",  "beta", "gamma", "delta", "epsilon", "theta",
                                       "lambda", "mu",   "sigma", "tau",   "phi"};

bool is_tall(std::string_view text) {
  return text.find("\\frac") != std::string_view::npos ||
         text.find("\\begin") != std::string_view::npos;
}

std::string round_brackets(const std::string& text) {
  return is_tall(text) ? "\\left(" + text + "\\right)" : "(" + text + ")";
}

bool starts_with_digit(const std::string& text) {
  return !text.empty() && text[0] >= '0' && text[0] <= '9';
}

// p/q with a small q, or nothing.
Tex simple_fraction(double value) {
  const double size = std::fabs(value);
  for (int q = 2; q <= 64; ++q) {
    const double p = std::round(size * q);
    if (p == 0 || p > 999 || std::fabs(size * q - p) > 4e-16 * p) continue;
    const std::string text =
        "\\frac{" + std::to_string(static_cast<int>(p)) + "}{" + std::to_string(q) + "}";
    return value < 0 ? Tex{"-" + text, Binding::negative} : Tex{text, Binding::product};
  }
  return {""};
}

}  // namespace

Tex tex_limited(Tex tex) {
  if (tex.text.size() <= kLongest) return tex;
  return {"\\text{...}"};
}

std::string tex_bracketed(const Tex& tex, Binding least) {
  return tex.binding < least ? round_brackets(tex.text) : tex.text;
}

// 0.1, 2, 1.5 \cdot 10^{-7}
Tex tex_number(double value) {
  if (std::isinf(value)) return value > 0 ? Tex{"\\infty"} : Tex{"-\\infty", Binding::negative};
  if (std::isnan(value)) return {"\\mathrm{NaN}"};
  std::string text = shortest_text(static_cast<float>(value));
  if (text.size() > 7) {
    if (Tex fraction = simple_fraction(value); !fraction.text.empty()) return fraction;
  }
  const Binding binding = text[0] == '-' ? Binding::negative : Binding::atom;
  const size_t e = text.find('e');
  if (e == std::string::npos) {
    if (text.ends_with(".0")) text.resize(text.size() - 2);
    return {text, binding};
  }
  const std::string digits = text.substr(0, e);
  std::string power = text.substr(e + 1);
  const bool small = power[0] == '-';
  power.erase(0, power.find_first_not_of("+-0"));
  const std::string ten = "10^{" + std::string(small ? "-" : "") + power + "}";
  if (digits == "1") return {ten, Binding::power};
  return {digits + " \\cdot " + ten, binding == Binding::atom ? Binding::product : binding};
}

Tex tex_sum(const Tex& a, const Tex& b) {
  const std::string left = tex_bracketed(a, Binding::sum);
  if (b.binding == Binding::negative) return {left + " - " + b.text.substr(1), Binding::sum};
  return {left + " + " + tex_bracketed(b, Binding::sum), Binding::sum};
}

Tex tex_difference(const Tex& a, const Tex& b) {
  return {tex_bracketed(a, Binding::sum) + " - " + tex_bracketed(b, Binding::product),
          Binding::sum};
}

Tex tex_negative(const Tex& a) {
  return {"-" + tex_bracketed(a, Binding::product), Binding::negative};
}

// Side by side, with a dot where digits would run together.
Tex tex_product(const Tex& a, const Tex& b) {
  if (b.binding == Binding::negative && a.binding != Binding::negative)
    return tex_negative(tex_product(a, {b.text.substr(1), Binding::product}));
  const bool leading_minus = a.binding == Binding::negative;
  const std::string left = leading_minus ? a.text : tex_bracketed(a, Binding::product);
  const std::string right = tex_bracketed(b, Binding::product);
  const std::string space = starts_with_digit(right) ? " \\cdot " : " ";
  return {left + space + right, leading_minus ? Binding::negative : Binding::product};
}

Tex tex_fraction(const Tex& a, const Tex& b) {
  if (a.binding == Binding::negative)
    return {"-\\frac{" + a.text.substr(1) + "}{" + b.text + "}", Binding::negative};
  return {"\\frac{" + a.text + "}{" + b.text + "}", Binding::product};
}

Tex tex_power(const Tex& a, const Tex& b) {
  return {tex_bracketed(is_tall(a.text) ? Tex{a.text, Binding::sum} : a, Binding::atom) + "^{" +
              b.text + "}",
          Binding::power};
}

Tex tex_relation(const Tex& a, std::string_view sign, const Tex& b) {
  return {tex_bracketed(a, Binding::sum) + " " + std::string(sign) + " " +
              tex_bracketed(b, Binding::sum),
          Binding::comparison};
}

Tex tex_joined(const Tex& a, std::string_view word, const Tex& b) {
  return {tex_bracketed(a, Binding::comparison) + " \\text{ " + std::string(word) + " } " +
              tex_bracketed(b, Binding::comparison),
          Binding::condition};
}

Tex tex_not(const Tex& a) {
  return {"\\text{not } " + tex_bracketed(a, Binding::atom), Binding::condition};
}

Tex tex_cases(const Tex& yes, const Tex& condition, const Tex& no, std::string_view otherwise) {
  return {"\\begin{cases} " + yes.text + " & " + condition.text + " \\\\ " + no.text + " & " +
              std::string(otherwise) + " \\end{cases}",
          Binding::choice};
}

Tex tex_call(std::string_view text, const Tex& argument) {
  const std::string_view args[] = {argument.text};
  std::string filled = fill_placeholders(text, args);
  const bool root = text.starts_with("\\sqrt") || text.starts_with("|");
  const bool power = text.find('^') != std::string_view::npos && !text.starts_with("\\");
  if (!root && !power && is_tall(argument.text)) {
    const size_t open = filled.find('('), close = filled.rfind(')');
    if (open != std::string::npos) {
      filled.replace(close, 1, "\\right)");
      filled.replace(open, 1, "\\left(");
    }
  }
  return {filled, power ? Binding::power : Binding::atom};
}

std::string parameter_tex(std::string_view name) {
  while (name.starts_with('_')) name.remove_prefix(1);
  while (name.ends_with('_')) name.remove_suffix(1);
  if (name.empty()) return "p";
  size_t stem = name.find('_'), rest = stem + 1;
  if (stem == std::string_view::npos) rest = stem = name.find_last_not_of("0123456789") + 1;
  if (stem == 0) rest = stem = name.size();
  const std::string base(name.substr(0, stem));
  std::string text = base.size() == 1 ? base : "\\mathrm{" + base + "}";
  for (const std::string_view greek : kGreek)
    if (base == greek) text = "\\" + base;
  std::string index(name.substr(rest));
  std::replace(index.begin(), index.end(), '_', ',');
  return index.empty() ? text : text + "_{\\mathrm{" + index + "}}";
}

}  // namespace lab::formula
