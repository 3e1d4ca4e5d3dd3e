// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <heddle/sched/ids.hpp>
#include <heddle/sched/outcome.hpp>

namespace heddle::native {

// A piece of memory that user code has allocated, in front of the bytes it got.
struct block {
  std::size_t bytes;
  sched::stable_key key;    // thread and how-manieth allocation of it
  sched::thread_id thread;  // of the execution that made it; no_thread: static initialisers did
  std::uint32_t number;
  std::uintptr_t allocated;  // where in the code
  std::uintptr_t freed;      // likewise; 0: it is in use
  bool reachable;            // while looking for leaks
  bool kept;                 // from an earlier execution

  [[nodiscard]] std::uintptr_t begin() const noexcept {
    return reinterpret_cast<std::uintptr_t>(this) + header_bytes;
  }
  [[nodiscard]] std::uintptr_t end() const noexcept { return begin() + bytes; }
  static constexpr std::size_t header_bytes = 64;
};
static_assert(sizeof(block) <= block::header_bytes);

// What user code allocates in an execution, and what it may keep for the next one. The addresses
// are the same in every process and in every execution; nothing is used twice within one, so that a
// use after free is seen as such.
namespace arena {

inline constexpr std::uintptr_t begin = 0x2000'0000'0000;
inline constexpr std::size_t capacity = std::size_t{64} << 30;

[[nodiscard]] inline bool contains(std::uintptr_t address) noexcept {
  return address - begin < capacity;
}
[[nodiscard]] inline bool contains(const void* address) noexcept {
  return contains(reinterpret_cast<std::uintptr_t>(address));
}

// Null: there is no more.
[[nodiscard]] void* allocate(std::size_t bytes, std::size_t alignment,
                             std::uintptr_t caller) noexcept;
// Whatever was allocated here, also after its execution.
void free(void* memory, std::uintptr_t caller) noexcept;
[[nodiscard]] std::size_t size_of(const void* memory) noexcept;
// The one that has `address` inside or just in front of its bytes; null: none has.
[[nodiscard]] block* find(std::uintptr_t address) noexcept;

// What static initialisers of a whole program allocate. It stays, freed or not.
[[nodiscard]] void* allocate_at_start(std::size_t bytes, std::size_t alignment,
                                      std::uintptr_t caller) noexcept;
[[nodiscard]] bool is_of_start(std::uintptr_t address) noexcept;
// No more of them: here they all are.
[[nodiscard]] const std::vector<block*>& end_start();

void begin_execution();
// A block that nothing leads to any more is a leak if the execution passed.
void look_for_leaks(sched::outcome& result) noexcept;
// Everything is given back, except what global variables still lead to.
void end_execution() noexcept;

}  // namespace arena
}  // namespace heddle::native
