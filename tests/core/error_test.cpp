#include "core/error.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

using lab::Error;
using lab::Language;

// The placeholders that a text has, e.g. {"{0}", "{1}"}.
std::set<std::string> placeholders(std::string_view text) {
  std::set<std::string> found;
  for (size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
    found.emplace(text.substr(at, 3));
  }
  return found;
}

bool is_code(std::string_view code) {
  return !code.empty() && std::ranges::all_of(code, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  });
}

bool has_chinese(std::string_view text) {
  // The CJK Unified Ideographs U+4E00 to U+9FFF begin with bytes E4 to E9 in UTF-8.
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xE4 && byte <= 0xE9;
  });
}

}  // namespace

TEST_CASE("every error kind has a code of its own and a text in both languages") {
  std::set<std::string_view> codes;
  REQUIRE_FALSE(lab::error_kinds().empty());
  for (const lab::ErrorKind& kind : lab::error_kinds()) {
    CAPTURE(kind.code);
    CHECK(is_code(kind.code));
    CHECK(codes.insert(kind.code).second);
    CHECK_FALSE(kind.text.en.empty());
    CHECK_FALSE(has_chinese(kind.text.en));
    CHECK(has_chinese(kind.text.zh));
    CHECK(kind.text.en.ends_with('.'));
    CHECK(kind.text.zh.ends_with("。"));
  }
}

TEST_CASE("both languages have the same placeholders, numbered from 0") {
  for (const lab::ErrorKind& kind : lab::error_kinds()) {
    CAPTURE(kind.code);
    const std::set<std::string> in_english = placeholders(kind.text.en);
    CHECK(placeholders(kind.text.zh) == in_english);
    size_t index = 0;
    for (const std::string& placeholder : in_english) {
      CHECK(placeholder == "{" + std::to_string(index++) + "}");
    }
  }
}

TEST_CASE("a message has its placeholders filled in") {
  const Error error{"tensor.ragged", {"2", "1", "3"}};
  CHECK(error.message(Language::en) ==
        "Row 2 has a length of 1, but the rows before it have 3. Give every row the same length.");
  CHECK(error.message(Language::zh) == "第 2 行有 1 项，而前面的行有 3 项。请让每一行的长度相同。");
}

TEST_CASE("an argument that looks like a placeholder stays as it is") {
  const Error error{"activation.unknown", {"{0}{1}"}};
  CHECK(error.message(Language::en).find("“{0}{1}”") != std::string::npos);
}

TEST_CASE("an unknown code is its own message") {
  const Error error{"no.such_code", {"x"}};
  CHECK(error.message(Language::en) == "no.such_code");
  CHECK(error.message(Language::zh) == "no.such_code");
}

TEST_CASE("a result holds either a value or an error") {
  lab::Result<int> good = 7;
  CHECK(good.ok());
  CHECK(static_cast<bool>(good));
  good.value() = 8;
  CHECK(good.value() == 8);
  const lab::Result<int> bad = Error{"internal", {"x"}};
  CHECK_FALSE(bad.ok());
  CHECK(bad.error().code == "internal");
}
