#include "core/formula/lexer.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

#include "core/text_cursor.h"
#include "core/text_number.h"

namespace lab::formula {
namespace {

struct Symbol {
  std::string_view text;
  TokenKind kind;
};

// Longer ones first where one begins another.
constexpr Symbol kSymbols[] = {
    {"**", TokenKind::power},       {"<=", TokenKind::less_equal}, {">=", TokenKind::greater_equal},
    {"==", TokenKind::equal},       {"!=", TokenKind::not_equal},  {"<>", TokenKind::not_equal},
    {"&&", TokenKind::logical_and}, {"+", TokenKind::plus},        {"-", TokenKind::minus},
    {"*", TokenKind::times},        {"/", TokenKind::divide},      {"^", TokenKind::power},
    {"(", TokenKind::open},         {")", TokenKind::close},       {"[", TokenKind::open},
    {"]", TokenKind::close},        {",", TokenKind::comma},       {";", TokenKind::semicolon},
    {"?", TokenKind::question},     {":", TokenKind::colon},       {"|", TokenKind::bar},
    {"<", TokenKind::less},         {">", TokenKind::greater},     {"=", TokenKind::assign},
    {"!", TokenKind::logical_not},  {"≤", TokenKind::less_equal},  {"≥", TokenKind::greater_equal},
    {"≠", TokenKind::not_equal},    {"−", TokenKind::minus},       {"–", TokenKind::minus},
    {"×", TokenKind::times},        {"·", TokenKind::times},       {"⋅", TokenKind::times},
    {"∗", TokenKind::times},        {"÷", TokenKind::divide},      {"（", TokenKind::open},
    {"）", TokenKind::close},       {"，", TokenKind::comma},      {"、", TokenKind::comma},
    {"；", TokenKind::semicolon},   {"？", TokenKind::question},   {"：", TokenKind::colon},
    {"＋", TokenKind::plus},        {"－", TokenKind::minus},      {"＊", TokenKind::times},
    {"／", TokenKind::divide},      {"＾", TokenKind::power},      {"｜", TokenKind::bar},
    {"＜", TokenKind::less},        {"＞", TokenKind::greater},    {"＝", TokenKind::assign},
    {"！", TokenKind::logical_not},
};

// Letters that stand for a name. No two of them touch without a space, as in αx.
constexpr struct {
  char32_t letter;
  std::string_view name;
} kLetters[] = {
    {U'π', "pi"},         {U'√', "sqrt"},    {U'α', "alpha"}, {U'β', "beta"}, {U'γ', "gamma"},
    {U'δ', "delta"},      {U'ε', "epsilon"}, {U'ζ', "zeta"},  {U'η', "eta"},  {U'θ', "theta"},
    {U'κ', "kappa"},      {U'λ', "lambda"},  {U'μ', "mu"},    {U'ν', "nu"},   {U'ξ', "xi"},
    {U'ρ', "rho"},        {U'σ', "sigma"},   {U'τ', "tau"},   {U'φ', "phi"},  {U'ω', "omega"},
    {U'Φ', "normal_cdf"},
};

bool is_letter(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text), cursor_(text) {}

  Result<std::vector<Token>> run() {
    while (true) {
      while (is_blank(cursor_.peek()) || is_line_break(cursor_.peek())) advance();
      if (cursor_.at_end()) break;
      const int start = column_;
      if (const auto error = read_one()) return *error;
      for (Token& token : pending_) {
        token.column = start;
        tokens_.push_back(std::move(token));
      }
      pending_.clear();
    }
    tokens_.push_back({TokenKind::end, {}, 0, column_});
    return std::move(tokens_);
  }

 private:
  void advance() {
    cursor_.advance();
    ++column_;
  }
  void emit(TokenKind kind, std::string text, double value = 0) {
    pending_.push_back({kind, std::move(text), value, 0});
  }

  std::optional<Error> read_one() {
    const char32_t c = cursor_.peek();
    if (is_digit(c) || c == '.') return read_number();
    if (is_letter(c)) {
      const size_t start = cursor_.offset();
      while (is_letter(cursor_.peek()) || is_digit(cursor_.peek())) advance();
      emit(TokenKind::name, std::string(cursor_.text_since(start)));
      return std::nullopt;
    }
    for (const auto& letter : kLetters) {
      if (c != letter.letter) continue;
      advance();
      const std::string index = c == U'π' || c == U'√' ? "" : read_digits();  // α2
      emit(TokenKind::name, std::string(letter.name) + index);
      return std::nullopt;
    }
    if (c == U'²' || c == U'³') {
      advance();
      emit(TokenKind::power, "^");
      emit(TokenKind::number, c == U'²' ? "2" : "3", c == U'²' ? 2 : 3);
      return std::nullopt;
    }
    return read_symbol();
  }

  std::optional<Error> read_symbol() {
    for (const Symbol& symbol : kSymbols) {
      if (!cursor_.starts_with(symbol.text)) continue;
      const size_t end = cursor_.offset() + symbol.text.size();
      while (cursor_.offset() < end) advance();
      emit(symbol.kind, std::string(symbol.text));
      return std::nullopt;
    }
    return formula_error("formula.bad_character", column_, {cursor_.quote_next()});
  }

  std::string read_digits() {
    std::string digits;
    for (; is_digit(cursor_.peek()); advance()) digits += static_cast<char>(cursor_.peek());
    return digits;
  }

  // digits[.digits][e[±]digits]; an e without digits behind it is the constant e.
  std::optional<Error> read_number() {
    const int start = column_;
    const size_t offset = cursor_.offset();
    std::string digits = read_digits();
    int64_t exponent = 0;
    if (cursor_.peek() == '.') {
      advance();
      const std::string fraction = read_digits();
      exponent = -static_cast<int64_t>(fraction.size());
      digits += fraction;
    }
    if (digits.empty() || cursor_.peek() == '.')
      return formula_error("formula.bad_number", start, {quoted_number(offset)});
    exponent += read_exponent();
    const double value = decimal_value(digits, exponent);
    const std::string written(cursor_.text_since(offset));
    if (value > static_cast<double>(std::numeric_limits<float>::max()))
      return formula_error("formula.number_range", start, {quoted_number(offset)});
    emit(TokenKind::number, written, value);
    return std::nullopt;
  }

  int64_t read_exponent() {
    const std::string_view rest = text_.substr(cursor_.offset());
    if (rest.empty() || (rest[0] != 'e' && rest[0] != 'E')) return 0;
    const size_t sign = rest.size() > 1 && (rest[1] == '-' || rest[1] == '+') ? 1 : 0;
    if (rest.size() <= sign + 1 || !is_digit(static_cast<unsigned char>(rest[sign + 1]))) return 0;
    for (size_t i = 0; i <= sign; ++i) advance();
    int64_t magnitude = 0;
    for (const char digit : read_digits())
      if (magnitude < 1'000'000) magnitude = magnitude * 10 + (digit - '0');
    return sign == 1 && rest[1] == '-' ? -magnitude : magnitude;
  }

  std::string quoted_number(size_t offset) const {
    constexpr size_t kLongest = 24;
    const std::string_view written = cursor_.text_since(offset);
    if (written.size() > kLongest) return std::string(written.substr(0, kLongest)) + "…";
    return written.empty() || cursor_.peek() == '.' ? std::string(written) + "."
                                                    : std::string(written);
  }

  std::string_view text_;
  TextCursor cursor_;
  int column_ = 1;
  std::vector<Token> tokens_, pending_;
};

}  // namespace

Error formula_error(std::string_view code, int column, std::vector<std::string> args) {
  return {std::string(code), std::move(args), std::nullopt, std::nullopt, column};
}

Result<std::vector<Token>> tokenize(std::string_view text) {
  if (text.size() > kMaxTextBytes) {
    return formula_error("formula.too_long", 1,
                         {std::to_string(text.size()), std::to_string(kMaxTextBytes)});
  }
  return Lexer(text).run();
}

}  // namespace lab::formula
