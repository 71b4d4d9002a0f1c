#include "core/experiment/packed_numbers.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

namespace lab {
namespace {

constexpr std::string_view kForms = "b01234fd";
constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

size_t width_of(char form) {
  return form == 'b' ? 1 : form == 'f' ? 4 : form == 'd' ? 8 : 2;
}

double scale_of(char form) {
  constexpr double kScales[] = {1, 10, 100, 1000, 10000};
  return form == 'b' ? 1 : kScales[form - '0'];
}

// A number's bytes in a form, whether or not that loses something.
uint64_t encoded(double number, char form) {
  if (form == 'd') return std::bit_cast<uint64_t>(number);
  if (form == 'f') return std::bit_cast<uint32_t>(static_cast<float>(number));
  const double limit = form == 'b' ? 127 : 32767;
  const double scaled = std::clamp(std::round(number * scale_of(form)), -limit - 1, limit);
  const uint64_t mask = form == 'b' ? 0xFF : 0xFFFF;
  return static_cast<uint64_t>(static_cast<int64_t>(scaled)) & mask;
}

double decoded(uint64_t raw, char form) {
  if (form == 'd') return std::bit_cast<double>(raw);
  if (form == 'f') return std::bit_cast<float>(static_cast<uint32_t>(raw));
  const int whole = form == 'b' ? static_cast<int8_t>(raw) : static_cast<int16_t>(raw);
  return whole / scale_of(form);
}

bool exact(std::span<const double> numbers, char form) {
  const bool fits_float = form != 'f';
  for (double number : numbers) {
    // Beyond the range of a float, the conversion would be undefined.
    if (!fits_float && std::fabs(number) > 3.4028234663852886e38) return false;
    if (!std::isfinite(number) && form != 'd') return false;
    const double back = decoded(encoded(number, form), form);
    if (std::bit_cast<uint64_t>(back) != std::bit_cast<uint64_t>(number)) return false;
  }
  return true;
}

// Base64 over a stream of bytes.
class Encoder {
 public:
  explicit Encoder(std::string& text) : text_(text) {}
  void add(uint64_t byte) {
    bits_ = bits_ << 8 | static_cast<uint32_t>(byte & 0xFF);
    for (count_ += 8; count_ >= 6; count_ -= 6) put(bits_ >> (count_ - 6));
  }
  void finish() {
    if (count_ > 0) put(bits_ << (6 - count_));
  }

 private:
  void put(uint32_t digit) { text_ += kDigits[digit & 63]; }
  std::string& text_;
  uint32_t bits_ = 0;
  unsigned count_ = 0;  // bits that wait
};

}  // namespace

std::string pack_numbers(std::span<const double> numbers) {
  if (numbers.empty()) return {};
  const auto form = std::find_if(kForms.begin(), kForms.end() - 1,
                                 [&](char each) { return exact(numbers, each); });
  std::string text(1, *form);
  Encoder encoder(text);
  for (double number : numbers) {
    const uint64_t raw = encoded(number, *form);
    for (size_t byte = 0; byte < width_of(*form); ++byte) encoder.add(raw >> (8 * byte));
  }
  encoder.finish();
  return text;
}

std::optional<std::vector<double>> unpack_numbers(std::string_view text) {
  std::vector<double> numbers;
  if (text.empty()) return numbers;
  const char form = text[0];
  if (kForms.find(form) == kForms.npos) return std::nullopt;
  const size_t width = width_of(form);
  uint32_t bits = 0;
  unsigned count = 0;
  uint64_t raw = 0;
  size_t bytes = 0;  // of the number that is being put together
  for (char c : text.substr(1)) {
    const size_t digit = kDigits.find(c);
    if (digit == kDigits.npos) return std::nullopt;
    bits = bits << 6 | static_cast<uint32_t>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    raw |= static_cast<uint64_t>(bits >> count & 0xFF) << (8 * bytes);
    if (++bytes < width) continue;
    numbers.push_back(decoded(raw, form));
    raw = 0;
    bytes = 0;
  }
  const bool rest_is_zero = (bits & ((1u << count) - 1)) == 0;
  if (bytes != 0 || count >= 6 || !rest_is_zero || numbers.empty()) return std::nullopt;
  return numbers;
}

}  // namespace lab
