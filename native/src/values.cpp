// SPDX-License-Identifier: MIT
#include "values.hpp"

#include <bit>
#include <cstring>
#include <string>

namespace heddle::native {

namespace {

template <class Signed>
void text(std::uint64_t raw, std::string& out) {
  out += std::to_string(static_cast<Signed>(raw));
}
template <std::size_t Bytes>
std::uint64_t word(const void* of) {
  std::uint64_t value = 0;
  std::memcpy(&value, of, Bytes);
  return value;
}

}  // namespace

sched::value_text text_of_value(std::size_t bytes) noexcept {
  switch (bytes) {
    case 1:
      return &text<std::int8_t>;
    case 2:
      return &text<std::int16_t>;
    case 4:
      return &text<std::int32_t>;
    case 8:
      return &text<std::int64_t>;
    default:
      return nullptr;
  }
}

const sched::plain_texts* texts_of_value(std::size_t bytes) noexcept {
  static const sched::plain_texts texts[] = {
      {text_of_value(1)}, {text_of_value(2)}, {text_of_value(4)}, {text_of_value(8)}};
  const bool known = bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
  return known ? &texts[std::countr_zero(bytes)] : nullptr;
}

word_of word_reader(std::size_t bytes) noexcept {
  static constexpr word_of readers[] = {&word<0>, &word<1>, &word<2>, &word<3>, &word<4>,
                                        &word<5>, &word<6>, &word<7>, &word<8>};
  return readers[bytes < 8 ? bytes : 8];
}

}  // namespace heddle::native
