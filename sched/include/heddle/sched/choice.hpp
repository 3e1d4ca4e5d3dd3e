// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

#include <heddle/sched/execution_state.hpp>
#include <heddle/sched/operation.hpp>

namespace heddle::sched {

enum class choice_kind : std::uint8_t {
  thread,  // who runs next
  waiter,  // whom a notify_one wakes
  value,   // heddle::choose
  store,   // which store a load reads, newest first
  place,   // which store a new one comes after in the modification order, newest first
};
[[nodiscard]] std::string_view to_string(choice_kind kind) noexcept;
// Are the candidates threads, rather than numbers?
[[nodiscard]] constexpr bool names_thread(choice_kind kind) noexcept {
  return kind == choice_kind::thread || kind == choice_kind::waiter;
}

// One of the things that may happen next.
struct candidate {
  thread_id thread =
      no_thread;            // of a `thread` or `waiter` choice; of `store` and `place`: who stored
  std::uint32_t value = 0;  // of what names no thread: the number itself
  std::uint32_t step = 0;   // of `store` and `place`: of the event that stored; event::no_step:
                            // the initial value
  bool early_timeout = false;  // the clock would advance although others could run
};

// A place in an execution where more than one thing may happen next. Candidate 0 is the boring
// one: go on with the current thread, wake the longest waiter, 0, the newest store, the end.
// Threads come in a stable order: the current one first, then by id, then those that only an early
// clock advance would let run.
struct choice {
  choice_kind kind;
  std::uint32_t count;           // of candidates, at least 2
  thread_id acting;              // who chooses; for `thread`: who performed the last operation
  bool acting_enabled;           // `thread`: candidate 0 continues it (another is a preemption)
  const operation* op;           // the acting thread's operation (pending, for `thread`)
  const execution_state* state;  // every live thread with its pending operation
  std::uint32_t early = 0;       // the last so many candidates need the clock to advance early

  [[nodiscard]] candidate operator[](std::uint32_t index) const noexcept;
};

}  // namespace heddle::sched
