// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "heddle/sched/trace.hpp"

namespace heddle::explorers {

// A mutex, or a lock of the toolkit, that a thread holds.
struct held_lock {
  sched::stable_key mutex = 0;
  location where;
  std::uint32_t at = 0;  // it is taken by the thread's step after that many
  bool shared = false;
};

// One event of a trace, with what led up to it.
struct moment {
  const sched::trace_entry* entry = nullptr;
  const sched::event* event = nullptr;  // null for entries that are no events
  sched::thread_id thread = sched::no_thread;
  std::uint32_t steps = 0;      // visible operations its thread has performed before
  std::vector<held_lock> held;  // by its thread, before it
};

// A trace read for diagnosis.
class history {
 public:
  explicit history(const sched::trace& of);
  [[nodiscard]] const std::vector<moment>& moments() const noexcept { return moments_; }
  // What `thread` holds at the end.
  [[nodiscard]] const std::vector<held_lock>& held_at_end(sched::thread_id thread) const;
  [[nodiscard]] sched::stable_key key(sched::thread_id thread) const;
  [[nodiscard]] const sched::trace& trace() const noexcept { return of_; }

 private:
  void take(sched::thread_id thread, sched::stable_key mutex, const moment& at, bool shared);
  void give(sched::thread_id thread, sched::stable_key mutex);
  void give_whose(sched::thread_id thread, sched::stable_key mutex);
  const sched::trace& of_;
  std::vector<moment> moments_;
  std::vector<std::vector<held_lock>> held_;
};

// Accesses to data.
[[nodiscard]] bool is_access(const sched::event& event) noexcept;
[[nodiscard]] bool reads(const sched::event& event) noexcept;   // uses what was there
[[nodiscard]] bool writes(const sched::event& event) noexcept;  // changes what is there
// Replaces what was there without regard to it.
[[nodiscard]] bool overwrites(const sched::event& event) noexcept;

// Hands on what its thread has done so far, to whoever takes the same object next.
[[nodiscard]] bool gives(const sched::event& event) noexcept;
[[nodiscard]] bool takes(const sched::event& event) noexcept;

// The thread must not be let beyond this many steps, or it performs `at`. At least the lock that
// protects `at` has to be left to others, too. Negative: nothing can keep it from it.
[[nodiscard]] std::int64_t steps_to_stop_at(const moment& at) noexcept;
// `at` is done when its thread has performed that many.
[[nodiscard]] std::uint32_t steps_when_done(const moment& at) noexcept;

}  // namespace heddle::explorers
