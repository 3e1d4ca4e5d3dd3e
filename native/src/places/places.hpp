// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include <heddle/sched/location.hpp>

#include "threads.hpp"

extern "C" {
extern const char __executable_start __attribute__((weak));
}

namespace heddle::native {

// The place in the source of what returns to `caller`: its file and line where somebody records the
// execution and the program has debug information (-g or -g1), else only something that tells it
// from others, and from the same one reached through other calls. What happens inside the standard
// library is told by the line of the user's that called it.
[[nodiscard]] inline location place_of(std::uintptr_t caller);
// Does somebody record this execution?
extern constinit bool places_are_recorded;

// An address in the program, equal in every process.
[[nodiscard]] inline std::uint32_t site_of(std::uintptr_t caller) noexcept {
  return static_cast<std::uint32_t>(caller - reinterpret_cast<std::uintptr_t>(&__executable_start));
}
// What tells a place of a thread from others, and from the same one reached through other calls.
// Null outside executions: the end of one asks for places, too.
[[nodiscard]] inline std::uint32_t untraced_site(std::uintptr_t caller,
                                                 const thread_record* self) noexcept {
  return (site_of(caller) ^ (self == nullptr ? 0 : self->came_by)) | 1;
}
[[nodiscard]] inline std::uint32_t untraced_site(std::uintptr_t caller) noexcept {
  return untraced_site(
      caller, owner_of_stack(reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0))));
}
// With its line, in an execution that is recorded.
[[nodiscard]] location traced_place(std::uintptr_t caller);
inline location place_of(std::uintptr_t caller) {
  if (places_are_recorded) return traced_place(caller);
  return {nullptr, 0, untraced_site(caller)};
}

// The line of the user's to which the code there belongs; unknown where it is a library's.
[[nodiscard]] location line_of_code(std::uintptr_t address);
// Of the C library or another shared one, "read"; empty where it has none.
[[nodiscard]] std::string function_of_library(std::uintptr_t address);

// "bank.cpp:12"; empty where it is unknown.
[[nodiscard]] std::string text_of(location where);

}  // namespace heddle::native
