// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <exception>

namespace heddle::sched {

// While one exists, faults, aborts and calls of std::terminate made by a thread of an execution end
// that execution as a crash instead of the process, and a thread that reaches no scheduling point
// for `stuck_seconds` (0: no watch) is given up. Elsewhere they mean what they meant before. Guards
// nest and may live on several OS threads, each destroyed where it was made; the last one restores
// the previous handlers. If the process crashes again while a crash is being put away, or hangs
// then (a heap that is locked for ever), it ends with a message: nothing can be explored there any
// more.
class signal_guard {
 public:
  explicit signal_guard(std::uint32_t stuck_seconds);
  ~signal_guard();
  signal_guard(const signal_guard&) = delete;
  signal_guard& operator=(const signal_guard&) = delete;
  static void survived() noexcept;  // the execution that crashed has been put away
  // Of the calling OS thread, for execution::watch.
  [[nodiscard]] static void* state() noexcept;
};

}  // namespace heddle::sched
