#pragma once

#include <string>
#include <string_view>
#include <type_traits>

namespace lab {

// Writes JSON text piece by piece. Strings are UTF-8 and escaped as RFC 8259 asks; numbers are the
// shortest decimals that read back as the same double; a number that is not finite is written as
// the string "nan", "inf" or "-inf", since JSON has none.
class JsonWriter {
 public:
  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);

  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(double number);
  JsonWriter& value(float number);  // shortest for a float32
  // Only a real bool: a pointer must not turn into true unseen.
  template <class T>
  requires std::is_same_v<T, bool> JsonWriter& value(T flag) {
    return raw(flag ? "true" : "false");
  }
  template <class T>
  requires(std::is_integral_v<T> && !std::is_same_v<T, bool>) JsonWriter& value(T number) {
    return raw(std::to_string(number));
  }
  JsonWriter& null() { return raw("null"); }

  template <class T>
  JsonWriter& member(std::string_view name, const T& content) {
    return key(name).value(content);
  }

  const std::string& text() const { return text_; }

 private:
  JsonWriter& raw(std::string_view piece);
  void separate();
  void quote(std::string_view text);

  std::string text_;
  bool first_ = true;       // nothing stands yet in the innermost array or object
  bool after_key_ = false;  // a value must follow
};

}  // namespace lab
