// In place of libc's: Dear ImGui's renderer reads two version numbers with it, and nothing in the
// page asks for more. Libc's reads every kind of number, for 1 % of what the page loads.

#include <cstdarg>

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

// Whole numbers from 0 on (%d) between characters that must be there; how many were read.
extern "C" int sscanf(const char* text, const char* format, ...) {
  va_list targets;
  va_start(targets, format);
  int count = 0;
  while (*format != '\0') {
    if (format[0] == '%' && format[1] == 'd') {
      if (!is_digit(*text)) break;
      int number = 0;
      for (; is_digit(*text); ++text) number = number * 10 + (*text - '0');
      *va_arg(targets, int*) = number;
      ++count;
      format += 2;
    } else {
      if (*text != *format) break;
      ++text;
      ++format;
    }
  }
  va_end(targets);
  return count;
}
