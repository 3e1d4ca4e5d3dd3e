// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <heddle/sched/racy_key.hpp>

namespace heddle {

// What to do about unordered accesses to plain data.
enum class races : std::uint8_t {
  report,   // every race is a failure; plain accesses are no scheduling points
  explore,  // accesses of plain objects on which threads race are scheduling points, once such a
            // race has been seen; what races do to a test is explored, but no race is reported
  explore_all,  // every plain access is a scheduling point, and no race is reported
  off,          // not checked
};

namespace sched {

// The limits of one execution and the bounds on its nondeterminism.
struct settings {
  std::uint32_t steps = 10'000'000;      // visible operations; more: the execution is cut
  std::uint32_t threads = 10'000;        // created; more: the execution is cut
  std::size_t stack_bytes = 256 * 1024;  // of each thread, plus a guard page
  heddle::races races = heddle::races::report;
  std::vector<racy_key> racy =
      {};  // with races::explore: the objects whose accesses are points; sorted
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
