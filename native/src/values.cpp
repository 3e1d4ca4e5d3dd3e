// SPDX-License-Identifier: MIT
#include "values.hpp"

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

const sched::plain_texts* texts_of_plain(std::size_t bytes) noexcept {
  static constexpr sched::plain_texts texts[] = {
      {&text<std::int8_t>}, {&text<std::int16_t>}, {&text<std::int32_t>}, {&text<std::int64_t>}};
  switch (bytes) {
    case 1:
      return &texts[0];
    case 2:
      return &texts[1];
    case 4:
      return &texts[2];
    case 8:
      return &texts[3];
    default:
      return nullptr;
  }
}

word_of word_reader(std::size_t bytes) noexcept {
  static constexpr word_of readers[] = {&word<0>, &word<1>, &word<2>, &word<3>, &word<4>,
                                        &word<5>, &word<6>, &word<7>, &word<8>};
  return readers[bytes < 8 ? bytes : 8];
}

}  // namespace heddle::native
