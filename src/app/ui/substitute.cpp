#include "app/ui/math_text.h"

namespace lab {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The last visible character before `at`, or a space at the start.
char before(std::string_view tex, size_t at) {
  while (at > 0 && tex[at - 1] == ' ') --at;
  return at > 0 ? tex[at - 1] : ' ';
}

char after(std::string_view tex, size_t at) {
  while (at < tex.size() && tex[at] == ' ') ++at;
  return at < tex.size() ? tex[at] : ' ';
}

bool one_of(char c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}

bool needs_parentheses(char left, char right, std::string_view value) {
  const bool signed_or_product = value.starts_with('-') || value.find('\\') != value.npos;
  if (right == '^') return signed_or_product;
  const bool multiplied = !one_of(left, " ({[,=<>+-&|");  // stands right after a factor
  if (multiplied) return true;
  const bool after_sign = one_of(left, "+-");
  return signed_or_product && after_sign;
}

// Length of a command at tex[at], with the braces of \text-like commands, whose letters are words.
size_t command_length(std::string_view tex, size_t at) {
  size_t end = at + 1;
  while (end < tex.size() && is_letter(tex[end])) ++end;
  if (end == at + 1 && end < tex.size()) ++end;
  const std::string_view name = tex.substr(at + 1, end - at - 1);
  const bool words = name == "text" || name == "mathrm" || name == "operatorname" ||
                     name == "begin" || name == "end";
  if (words && end < tex.size() && tex[end] == '{') {
    while (end < tex.size() && tex[end] != '}') ++end;
    if (end < tex.size()) ++end;
  }
  return end - at;
}

}  // namespace

std::string substitute(std::string_view tex, std::string_view variable, std::string_view value) {
  std::string result;
  for (size_t at = 0; at < tex.size();) {
    const size_t length = tex[at] == '\\' ? command_length(tex, at) : 1;
    const std::string_view token = tex.substr(at, length);
    at += length;
    if (token != variable) {
      result += token;
      continue;
    }
    const bool wrap = needs_parentheses(before(tex, at - length), after(tex, at), value);
    if (result.size() && is_letter(result.back())) result += ' ';
    result += wrap ? "(" : "{";
    result += value;
    result += wrap ? ")" : "}";
  }
  return result;
}

}  // namespace lab
