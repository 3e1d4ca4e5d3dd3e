// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>

#include <heddle/sched/location.hpp>

// What shims keep per execution and per thread.
namespace heddle::sched {

// A word of the running thread for the shims, null when the thread starts. Outside an execution: of
// the OS thread.
[[nodiscard]] void*& thread_local_word() noexcept;

// When, at the end of a thread.
enum class exit_phase : std::uint8_t {
  destructors,  // of thread-specific values: the last one asked for comes first
  signals,      // what others wait for, in the order of asking, when the destructors have run
};
// Has the running thread call `action(argument)` when its function has returned or thrown. The
// action may use shims and ask for more. Nothing is called for a thread that is dropped, nor, for
// there is no end to be seen, outside an execution.
void at_thread_exit(exit_phase phase, void (*action)(void*), void* argument);

// atomic_thread_fence. It concerns no object, and no other thread could tell when it happens: no
// scheduling point.
void fence(std::memory_order order, location where) noexcept;

}  // namespace heddle::sched
