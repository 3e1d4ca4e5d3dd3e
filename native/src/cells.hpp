// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <cstring>
#include <memory_resource>
#include <unordered_map>

#include <heddle/sched/ids.hpp>
#include <heddle/sched/location.hpp>

#include "memory/arena.hpp"
#include "memory/pages.hpp"

// What an execution knows of each eight bytes of memory that user code has accessed.
namespace heddle::native::shadow {

struct part;

// Who was the last to access something, and when by its own clock.
struct brief_access {
  sched::thread_id thread = sched::no_thread;
  std::uint32_t time = 0;
  std::uint32_t site = 0;
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
  std::uint32_t epoch;  // the execution's number here; another one: nothing is known
  std::uint32_t owner;  // who has the stack on which it lies
  const block* in;      // the block of memory that it is in
  part* parts;          // objects, instead of what is brief
  brief first;          // mask 0: nothing is known yet, or there are parts
};
static_assert(sizeof(cell) == 64);

// By address, in pages that are kept for good, for addresses are the same in each execution. They
// lie outside the heap, where nobody takes what is in them for pointers of user code's.
class cell_table {
 public:
  static constexpr unsigned cell_shift = 3;
  static constexpr unsigned page_shift = 9;

  // Whatever is there, perhaps of an earlier execution.
  cell& at(std::uintptr_t address) {
    const std::uintptr_t number = address >> page_shift;
    known& near = nearby(number);
    if (near.number != number) [[unlikely]]
      near = {number, find_or_make(number)};
    return near.at->cells[index_of(address)];
  }
  // Null: nothing is known.
  cell* find(std::uintptr_t address) noexcept {
    const std::uintptr_t number = address >> page_shift;
    const known& near = nearby(number);
    page* of = near.at;
    if (near.number != number) {
      const auto found = pages_.find(number);
      if (found == pages_.end()) return nullptr;
      of = found->second;
    }
    cell& found = of->cells[index_of(address)];
    return found.epoch == epoch_ ? &found : nullptr;
  }
  [[nodiscard]] std::uint32_t epoch() const noexcept { return epoch_; }
  void clear() noexcept {
    if (++epoch_ != 0) return;
    epoch_ = 1;
    for (auto& [number, of] : pages_) std::memset(static_cast<void*>(of), 0, sizeof *of);
  }

 private:
  struct page {
    cell cells[std::size_t{1} << (page_shift - cell_shift)];
  };
  struct known {
    std::uintptr_t number = ~std::uintptr_t{0};  // more than that of any address
    page* at = nullptr;
  };

  static std::size_t index_of(std::uintptr_t address) noexcept {
    return (address >> cell_shift) % (std::size_t{1} << (page_shift - cell_shift));
  }
  // The frames of all threads lie at the same distance from the ends of their stacks.
  known& nearby(std::uintptr_t number) noexcept {
    constexpr unsigned stack_shift = 23;
    return near_[(number ^ number >> (stack_shift - page_shift)) % std::size(near_)];
  }
  page* find_or_make(std::uintptr_t number) {
    page*& found = pages_[number];
    if (found == nullptr) {
      void* const memory = memory_.allocate(sizeof(page), alignof(page));
      found = static_cast<page*>(std::memset(memory, 0, sizeof(page)));
    }
    return found;
  }

  std::uint32_t epoch_ = 1;
  known near_[256];
  std::unordered_map<std::uintptr_t, page*> pages_;
  pages from_system_;
  std::pmr::monotonic_buffer_resource memory_{std::size_t{1} << 18, &from_system_};
};

}  // namespace heddle::native::shadow
