// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>

#include <heddle/sched/lender.hpp>

// Who calls? Every function that unmodified code comes through asks this first.
namespace heddle::native {

// Where the stacks of all logical threads lie: at one place in every process, so that their
// addresses are the same too. What runs there during an exploration is user code, or `busy`.
inline constexpr std::uintptr_t stacks_begin = 0x3000'0000'0000;
inline constexpr std::size_t stack_stride = std::size_t{8} << 20;
inline constexpr std::size_t stack_count = 12'288;
inline constexpr std::size_t stacks_bytes = stack_stride * stack_count;

// While it points to true, what runs is no user code: the engine, or this room itself.
extern constinit bool* busy;

// Is the caller user code in an execution, or a library that user code has called? Other OS
// threads, and everything outside executions, run on other stacks.
[[nodiscard, gnu::always_inline]] inline bool in_user_code() noexcept {
  const auto at = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  return at - stacks_begin < stacks_bytes && !*busy;
}

// While one lives, calls and accesses are this room's own.
class section : sched::busy_section {
 public:
  section() noexcept : busy_section(*busy) {}
};

// The address in user code to which the function that uses this returns.
#define HEDDLE_CALLER reinterpret_cast<std::uintptr_t>(__builtin_return_address(0))

}  // namespace heddle::native
