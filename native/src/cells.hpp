// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstdint>
#include <iterator>

#include <heddle/sched/ids.hpp>

#include "memory/arena.hpp"
#include "user_code.hpp"

// What an execution knows of each eight bytes of memory that user code has accessed.
namespace heddle::native::shadow {

struct part;

// Who was the last to access something, and when by its own clock.
struct brief_access {
  sched::thread_id thread = sched::no_thread;
  std::uint32_t time = 0;
  std::uint32_t site = 0;

  // Of reads: there are several that are concurrent, see readers.hpp.
  static constexpr sched::thread_id many = sched::no_thread - 1;
};

// Bytes that have always been accessed together, out of eight, as long as there is no more to be
// said of them than this: most data is one thread's, or guarded well.
struct brief {
  brief_access write;
  brief_access read;
  std::uint8_t mask = 0;
  brief* next = nullptr;  // of the same eight bytes, in the execution's memory
};

struct cell {
  std::uint64_t life;  // the execution, and who has the stack on which it lies; see cells::life()
  const block* in;     // the block of memory that it is in
  part* parts;         // objects, instead of what is brief
  brief first;         // mask 0: nothing is known yet, or there are parts
};
static_assert(sizeof(cell) == 64);

// Instead of parts: accesses of this are nobody's affair, see is_of_library().
inline part* const unwatched = reinterpret_cast<part*>(std::uintptr_t{8});

// By address, in pages that are kept for good, for addresses are the same in each execution. They
// lie outside the heap, where nobody takes what is in them for pointers of user code's.
namespace cells {

inline constexpr unsigned cell_shift = 3;
inline constexpr unsigned page_shift = 9;
inline constexpr std::size_t page_cells = std::size_t{1} << (page_shift - cell_shift);
struct page {
  cell at[page_cells];
};

// Pages found lately. The frames of all threads lie at the same distance from the ends of stacks.
struct known_page {
  std::uintptr_t number = ~std::uintptr_t{0};  // more than that of any address
  page* at = nullptr;
};
extern constinit known_page near_pages[256];
[[nodiscard]] inline known_page& near_page(std::uintptr_t number) noexcept {
  constexpr unsigned stack_shift = std::countr_zero(stack_stride);
  return near_pages[(number ^ number >> (stack_shift - page_shift)) % std::size(near_pages)];
}
[[nodiscard]] inline std::size_t index_in_page(std::uintptr_t address) noexcept {
  return (address >> cell_shift) % page_cells;
}
// Makes the page where there is none.
[[nodiscard]] page* find_page(std::uintptr_t number);

// Whatever is there, perhaps of an earlier execution: then its life is another one.
[[nodiscard]] inline cell& at(std::uintptr_t address) {
  const std::uintptr_t number = address >> page_shift;
  known_page& near = near_page(number);
  if (near.number != number) [[unlikely]]
    near = {number, find_page(number)};
  return near.at->at[index_in_page(address)];
}
// Null: nothing is known of what is nobody's stack.
[[nodiscard]] cell* find(std::uintptr_t address) noexcept;

// Of this execution, on the stack of that thread (stack_owner()).
extern constinit std::uint64_t epoch;  // shifted
[[nodiscard]] inline std::uint64_t life(std::uint32_t owner) noexcept { return epoch | owner; }
void forget_all() noexcept;

}  // namespace cells
}  // namespace heddle::native::shadow
