#pragma once

#include <compare>
#include <cstdint>
#include <vector>

namespace lab {

// An unsigned integer without an upper limit: only what exact conversion between binary and decimal
// numbers takes (core/text_number.h).
class BigUint {
 public:
  explicit BigUint(uint64_t value);

  bool is_zero() const { return words_.empty(); }
  int bit_length() const;  // position of the highest set bit plus one; 0 for zero

  void multiply_add(uint32_t factor, uint32_t addend);  // this = this * factor + addend
  void multiply_power_of_five(int exponent);            // exponent >= 0
  void shift_left(int bits);                            // bits >= 0
  void subtract(const BigUint& other);                  // other <= this
  uint32_t divide(uint32_t divisor);                    // this /= divisor; returns the remainder

  std::strong_ordering operator<=>(const BigUint& other) const;
  bool operator==(const BigUint& other) const = default;

 private:
  void trim();

  std::vector<uint32_t> words_;  // least significant first, the last one is never 0
};

}  // namespace lab
