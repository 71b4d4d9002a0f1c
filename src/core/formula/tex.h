#pragma once

#include <string>
#include <string_view>

namespace lab::formula {

// TeX with how tightly it is bound, so that brackets stand only where they are needed.
struct Tex {
  enum class Binding { choice, condition, comparison, sum, negative, product, power, atom };
  std::string text;
  Binding binding = Binding::atom;
};

// A part that has grown longer than any page is shown as dots.
Tex tex_limited(Tex tex);

std::string tex_bracketed(const Tex& tex, Tex::Binding least);
Tex tex_number(double value);
Tex tex_sum(const Tex& a, const Tex& b);
Tex tex_difference(const Tex& a, const Tex& b);
Tex tex_negative(const Tex& a);
Tex tex_product(const Tex& a, const Tex& b);
Tex tex_fraction(const Tex& a, const Tex& b);
Tex tex_power(const Tex& a, const Tex& b);
Tex tex_relation(const Tex& a, std::string_view sign, const Tex& b);
Tex tex_joined(const Tex& a, std::string_view word, const Tex& b);
Tex tex_not(const Tex& a);
Tex tex_cases(const Tex& yes, const Tex& condition, const Tex& no, std::string_view otherwise);
// A template with {0} for the argument, brackets included.
Tex tex_call(std::string_view text, const Tex& argument);

// A parameter's symbol: a, \alpha, a_{1}, \mathrm{slope}.
std::string parameter_tex(std::string_view name);

}  // namespace lab::formula
