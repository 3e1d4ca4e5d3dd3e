// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <heddle/sched/operation.hpp>

namespace heddle::sched {

class execution;  // private to sched

enum class thread_status : std::uint8_t {
  starting,  // spawned or joined something; runs to its next announcement before any choice
  enabled,   // its pending operation can be performed now
  parked,    // enabled, but it only repeats itself: passed over while anyone else can run
  blocked,   // its pending operation is disabled
  timed,     // disabled, with a deadline
  finished,
};

// What an explorer may see of one thread.
struct thread_view {
  thread_id id;
  thread_id parent;
  stable_key key;
  thread_status status;
  const operation* pending;  // kind none while starting or finished
  std::uint32_t steps;       // visible operations it has performed
};

// A read-only view of the running execution, valid during the call it is passed to.
class execution_state {
 public:
  explicit execution_state(const execution& of) noexcept : of_(&of) {}
  [[nodiscard]] std::uint32_t thread_count() const noexcept;  // created so far, finished included
  [[nodiscard]] thread_view thread(thread_id id) const noexcept;
  [[nodiscard]] std::uint32_t steps() const noexcept;
  [[nodiscard]] virtual_time now() const noexcept;
  // Clock advances that may still come while others could run.
  [[nodiscard]] std::uint32_t early_timeouts_left() const noexcept;
  // A hash of everything later operations can depend on: object states, pending operations, thread
  // progress. Equal in every process. Linear in objects and threads.
  [[nodiscard]] std::uint64_t fingerprint() const noexcept;
  // The same without progress and time: equal again when the execution has come back to a state.
  [[nodiscard]] std::uint64_t recurrence() const noexcept;

 private:
  friend struct choice;
  const execution* of_;
};

}  // namespace heddle::sched
