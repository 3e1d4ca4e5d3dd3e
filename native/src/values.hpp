// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>

#include <heddle/sched/object.hpp>

// Values of memory whose type nobody knows: shown as signed numbers of their size.
namespace heddle::native {

// Null where the size is none of 1, 2, 4 and 8.
[[nodiscard]] sched::value_text text_of_value(std::size_t bytes) noexcept;
// The same, for plain data.
[[nodiscard]] const sched::plain_texts* texts_of_value(std::size_t bytes) noexcept;
using word_of = std::uint64_t (*)(const void*);
[[nodiscard]] word_of word_reader(std::size_t bytes) noexcept;

}  // namespace heddle::native
