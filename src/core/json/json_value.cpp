#include "core/json/json_value.h"

#include <cmath>
#include <utility>

namespace lab {

using Kind = JsonValue::Kind;

// Recursive descent; each function reads one construct that begins at the cursor.
class JsonParser {
 public:
  explicit JsonParser(std::string_view text) : text_(text), cursor_(text) {}

  Result<JsonDocument> parse() {
    cursor_.accept(kByteOrderMark);
    skip_space();
    if (cursor_.at_end()) return cursor_.error("json.empty");
    if (auto error = value({}, 0)) return *std::move(error);
    skip_space();
    if (!cursor_.at_end()) return unexpected("json.text_behind");
    return std::move(document_);
  }

 private:
  using Failure = std::optional<Error>;
  using Node = JsonDocument::Node;
  using Piece = JsonDocument::Piece;
  static constexpr char32_t kByteOrderMark = 0xFEFF;

  void skip_space() {
    while (cursor_.accept(' ') || cursor_.accept('\n') || cursor_.accept('\r') ||
           cursor_.accept('\t')) {
    }
  }

  Error unexpected(std::string_view code, std::vector<std::string> args = {}) const {
    if (cursor_.at_end()) return cursor_.error("json.unfinished");
    args.push_back(cursor_.quote_next());
    return cursor_.error(code, std::move(args));
  }

  Failure value(Piece name, int depth) {
    if (document_.nodes_.size() == JsonDocument::kMaxValues) {
      return cursor_.error("json.too_many", {std::to_string(JsonDocument::kMaxValues)});
    }
    const size_t index = document_.nodes_.size();
    const TextPosition position = cursor_.position();
    Node& node = document_.nodes_.emplace_back();
    node.name = name;
    node.line = position.line;
    node.column = position.column;
    switch (cursor_.peek()) {
      case '{':
        return container(index, Kind::object, '}', depth + 1);
      case '[':
        return container(index, Kind::array, ']', depth + 1);
      case '"':
        node.kind = Kind::string;
        return string(node.string);
      case 't':
        return word(node, "true", Kind::boolean);
      case 'f':
        return word(node, "false", Kind::boolean);
      case 'n':
        return word(node, "null", Kind::null);
      default:
        return number(node);
    }
  }

  Failure word(Node& node, std::string_view expected, Kind kind) {
    if (!cursor_.starts_with(expected)) return unexpected("json.expected_value");
    const bool truth = expected == "true";
    Failure failure = number_end(expected.size(), "json.expected_value");
    node.kind = kind;
    if (kind == Kind::boolean) node.boolean = truth;
    return failure;
  }

  // Passes a word or number, which no letter, digit or point may follow.
  Failure number_end(size_t length, std::string_view code) {
    const TextCursor start = cursor_;
    for (size_t i = 0; i < length; ++i) cursor_.advance();
    const char32_t next = cursor_.peek();
    const bool goes_on = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') ||
                         is_digit(next) || next == '.' || next == '+' || next == '-' || next == '_';
    if (!goes_on) return std::nullopt;
    cursor_ = start;
    return unexpected(code);
  }

  Failure number(Node& node) {
    const char32_t first = cursor_.peek();
    const bool resembles = is_digit(first) || first == '-' || first == '+' || first == '.';
    if (!resembles) return unexpected("json.expected_value");
    const std::string_view written =
        text_.substr(cursor_.offset(), json_number_length(text_.substr(cursor_.offset())));
    if (written.empty()) return unexpected("json.bad_number");
    const TextCursor start = cursor_;
    if (auto error = number_end(written.size(), "json.bad_number")) return error;
    node.kind = Kind::number;
    node.number = *json_number(written);
    if (std::isfinite(node.number)) return std::nullopt;
    cursor_ = start;
    return unexpected("json.number_range");
  }

  Failure container(size_t index, Kind kind, char32_t close, int depth) {
    if (depth > JsonDocument::kMaxDepth) {
      return cursor_.error("json.too_deep", {std::to_string(JsonDocument::kMaxDepth)});
    }
    document_.nodes_[index].kind = kind;
    cursor_.advance();
    skip_space();
    uint32_t count = 0;
    size_t before = 0;  // the child in front
    for (; !cursor_.accept(close); ++count) {
      if (count > 0) {
        if (!cursor_.accept(',')) {
          return unexpected("json.expected_comma", {std::string(1, static_cast<char>(close))});
        }
        skip_space();
      }
      Piece name = {};
      if (kind == Kind::object) {
        if (auto error = member_name(name, index, count)) return error;
      }
      const size_t child = document_.nodes_.size();
      if (auto error = value(name, depth)) return error;
      if (before != 0) document_.nodes_[before].next = static_cast<uint32_t>(child);
      before = child;
      skip_space();
    }
    document_.nodes_[index].size = count;
    return std::nullopt;
  }

  Failure member_name(Piece& name, size_t object, uint32_t members_before) {
    if (members_before == JsonDocument::kMaxMembers) {
      return cursor_.error("json.too_many", {std::to_string(JsonDocument::kMaxMembers)});
    }
    const TextPosition position = cursor_.position();
    if (cursor_.peek() != '"') return unexpected("json.expected_name");
    if (auto error = string(name)) return error;
    size_t other = object + 1;
    for (uint32_t i = 0; i < members_before; ++i, other = document_.nodes_[other].next) {
      if (document_.piece(document_.nodes_[other].name) != document_.piece(name)) continue;
      return error_at(position, "json.duplicate", {quote_text(document_.piece(name))});
    }
    skip_space();
    if (!cursor_.accept(':')) return unexpected("json.expected_colon");
    skip_space();
    return std::nullopt;
  }

  Failure string(Piece& piece) {
    std::string& pool = document_.strings_;
    piece.offset = static_cast<uint32_t>(pool.size());
    cursor_.advance();
    while (!cursor_.accept('"')) {
      const char32_t c = cursor_.peek();
      if (cursor_.at_end()) return cursor_.error("json.unfinished");
      if (c < 0x20) return cursor_.error("json.control_character");
      if (c == '\\') {
        if (auto error = escape()) return error;
        continue;
      }
      const TextCursor start = cursor_;
      cursor_.advance();
      const std::string_view bytes = cursor_.text_since(start.offset());
      if (c == TextCursor::kReplacement && bytes.size() == 1) return start.error("json.bad_utf8");
      pool += bytes;
    }
    piece.length = static_cast<uint32_t>(pool.size()) - piece.offset;
    return std::nullopt;
  }

  Failure escape() {
    const TextCursor start = cursor_;
    const Error error = start.error("json.bad_escape");
    cursor_.advance();
    const char32_t c = cursor_.peek();
    constexpr std::string_view kLetters = "\"\\/bfnrt", kMeanings = "\"\\/\b\f\n\r\t";
    if (c != 'u') {
      const size_t which = c < 0x80 ? kLetters.find(static_cast<char>(c)) : kLetters.npos;
      if (which == kLetters.npos) return error;
      cursor_.advance();
      document_.strings_ += kMeanings[which];
      return std::nullopt;
    }
    cursor_.advance();
    std::optional<char32_t> unit = hex4();
    if (!unit || (*unit >= 0xDC00 && *unit <= 0xDFFF)) return error;
    if (*unit >= 0xD800 && *unit <= 0xDBFF) {
      if (!cursor_.accept('\\') || !cursor_.accept('u')) return error;
      const std::optional<char32_t> low = hex4();
      if (!low || *low < 0xDC00 || *low > 0xDFFF) return error;
      unit = 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00);
    }
    append_utf8(document_.strings_, *unit);
    return std::nullopt;
  }

  std::optional<char32_t> hex4() {
    char32_t result = 0;
    for (int i = 0; i < 4; ++i) {
      const char32_t c = cursor_.peek();
      const char32_t lower = c | 0x20;
      if (is_digit(c)) {
        result = result * 16 + (c - '0');
      } else if (lower >= 'a' && lower <= 'f' && c < 0x80) {
        result = result * 16 + (lower - 'a' + 10);
      } else {
        return std::nullopt;
      }
      cursor_.advance();
    }
    return result;
  }

  std::string_view text_;
  TextCursor cursor_;
  JsonDocument document_;
};

Result<JsonDocument> JsonDocument::parse(std::string_view text) {
  if (text.size() > kMaxBytes) {
    return Error{"json.too_long", {std::to_string(text.size()), std::to_string(kMaxBytes)}};
  }
  return JsonParser(text).parse();
}

Kind JsonValue::kind() const {
  return document_->nodes_[index_].kind;
}

bool JsonValue::boolean() const {
  return document_->nodes_[index_].boolean;
}

double JsonValue::number() const {
  return document_->nodes_[index_].number;
}

std::string_view JsonValue::string() const {
  return document_->piece(document_->nodes_[index_].string);
}

size_t JsonValue::size() const {
  return document_->nodes_[index_].size;
}

std::string_view JsonValue::name() const {
  return document_->piece(document_->nodes_[index_].name);
}

TextPosition JsonValue::position() const {
  return {document_->nodes_[index_].line, document_->nodes_[index_].column};
}

JsonValue JsonValue::first() const {
  const bool container = kind() == Kind::array || kind() == Kind::object;
  return container && size() > 0 ? JsonValue(document_, index_ + 1) : JsonValue();
}

JsonValue JsonValue::next() const {
  const uint32_t next = document_->nodes_[index_].next;
  return next != 0 ? JsonValue(document_, next) : JsonValue();
}

JsonValue JsonValue::find(std::string_view name) const {
  if (kind() != Kind::object) return {};
  JsonValue member = first();
  while (member.exists() && member.name() != name) member = member.next();
  return member;
}

}  // namespace lab
