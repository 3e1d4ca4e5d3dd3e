// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace heddle {

// What to do about unordered accesses to plain data.
enum class races : std::uint8_t {
  report,       // every race is a failure; plain accesses are no scheduling points
  explore_all,  // every plain access is a scheduling point; what races do to a test is explored,
                // but no race is reported
  off,          // not checked
};

// What loads of atomics may read.
enum class memory : std::uint8_t {
  sc,   // the newest store: atomics of every order behave as seq_cst
  cxx,  // whatever C++20 allows, as far as nothing is read before it has been written
};
[[nodiscard]] std::string_view to_string(memory model) noexcept;

namespace sched {

// Without a bound on stale reads.
inline constexpr std::uint32_t any_number = 0xffff'ffff;

// How an execution was run: choices can be repeated only in the same way.
struct memory_use {
  heddle::memory model = memory::sc;
  std::uint32_t stale_reads = 0;
  friend bool operator==(const memory_use&, const memory_use&) = default;
};

// The limits of one execution and the bounds on its nondeterminism.
struct settings {
  std::uint32_t steps = 10'000'000;      // visible operations; more: the execution is cut
  std::uint32_t threads = 10'000;        // created; more: the execution is cut
  std::size_t stack_bytes = 256 * 1024;  // of each thread, plus a guard page
  heddle::races races = heddle::races::report;
  heddle::memory memory = heddle::memory::sc;
  // Where `memory` is not sc: reads of another store than the newest, and stores that are not put
  // at the end of the modification order, per execution.
  std::uint32_t stale_reads = 2;
  std::uint32_t early_timeouts = 1;     // clock advances while others could run, per execution
  std::uint32_t spurious = 0;           // wake-ups without a notify, per execution
  std::uint32_t weak_cas_failures = 0;  // weak compare-exchanges that fail without cause
  std::uint32_t try_lock_failures = 0;  // try_locks that fail although the lock is free
  std::uint32_t deferred_asyncs = 0;    // calls of async without a policy that run deferred
  std::uint32_t lock_back_offs = 1;     // of each std::lock; then all are taken at once
  std::uint32_t rereads = 2;            // unchanged re-reads in a row before a thread is parked
  std::uint32_t pump_rounds = 1'000;    // identical rounds that make a livelock
  std::uint32_t stuck_seconds = 10;  // without any scheduling point: an endless loop; 0: no watch
};

}  // namespace sched
}  // namespace heddle
