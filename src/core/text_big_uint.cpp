#include "core/text_big_uint.h"

#include <bit>
#include <cstddef>

namespace lab {

BigUint::BigUint(uint64_t value)
    : words_{static_cast<uint32_t>(value), static_cast<uint32_t>(value >> 32)} {
  trim();
}

int BigUint::bit_length() const {
  if (words_.empty()) return 0;
  return static_cast<int>(words_.size()) * 32 - std::countl_zero(words_.back());
}

void BigUint::multiply_add(uint32_t factor, uint32_t addend) {
  uint64_t carry = addend;
  for (uint32_t& word : words_) {
    carry += uint64_t{word} * factor;
    word = static_cast<uint32_t>(carry);
    carry >>= 32;
  }
  if (carry != 0) words_.push_back(static_cast<uint32_t>(carry));
  trim();
}

void BigUint::multiply_power_of_five(int exponent) {
  constexpr int kStep = 13;  // 5^13 is the largest power of five below 2^32
  constexpr uint32_t kStepPower = 1220703125;
  for (; exponent >= kStep; exponent -= kStep) multiply_add(kStepPower, 0);
  for (; exponent > 0; --exponent) multiply_add(5, 0);
}

void BigUint::shift_left(int bits) {
  if (words_.empty()) return;
  const int rest = bits % 32;
  if (rest != 0) multiply_add(uint32_t{1} << rest, 0);
  words_.insert(words_.begin(), static_cast<size_t>(bits / 32), 0);
}

void BigUint::subtract(const BigUint& other) {
  uint64_t borrow = 0;
  for (size_t i = 0; i < words_.size(); ++i) {
    const uint64_t taken = (i < other.words_.size() ? other.words_[i] : 0) + borrow;
    borrow = words_[i] < taken ? 1 : 0;
    words_[i] = static_cast<uint32_t>(words_[i] - taken);
  }
  trim();
}

uint32_t BigUint::divide(uint32_t divisor) {
  uint64_t remainder = 0;
  for (size_t i = words_.size(); i-- > 0;) {
    remainder = remainder << 32 | words_[i];
    words_[i] = static_cast<uint32_t>(remainder / divisor);
    remainder %= divisor;
  }
  trim();
  return static_cast<uint32_t>(remainder);
}

std::strong_ordering BigUint::operator<=>(const BigUint& other) const {
  if (words_.size() != other.words_.size()) return words_.size() <=> other.words_.size();
  for (size_t i = words_.size(); i-- > 0;) {
    if (words_[i] != other.words_[i]) return words_[i] <=> other.words_[i];
  }
  return std::strong_ordering::equal;
}

void BigUint::trim() {
  while (!words_.empty() && words_.back() == 0) words_.pop_back();
}

}  // namespace lab
