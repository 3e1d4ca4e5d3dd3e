// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include <heddle/sched/settings.hpp>

namespace heddle {

// How to explore. Every field has a default; explore() throws std::invalid_argument that names the
// field for a value that makes no sense. With `environment`, variables override fields as noted.
struct options {
  std::string name;  // of the test; schedules carry its hash
  // auto dpor source_dpor bounded delay dfs random pct pos urw surw bytes
  std::string explorer = "auto";     // HEDDLE_EXPLORER
  std::int64_t executions = 10'000;  // 0: no limit            HEDDLE_EXECUTIONS
  std::chrono::nanoseconds time = std::chrono::seconds(10);  // 0: no limit   HEDDLE_TIME (seconds)
  // By which the process may grow, in 10^6 bytes, before the exploration ends: what threads that
  // can never go on had allocated stays. 0: no limit                               HEDDLE_MEGABYTES
  std::int64_t megabytes = 2'000;
  std::int64_t steps = 10'000'000;       // visible operations per execution
  std::int64_t threads = 10'000;         // per execution
  std::size_t stack_bytes = 256 * 1024;  // of each thread
  std::uint64_t seed = 1;                // HEDDLE_SEED
  std::int64_t preemptions = 2;          // of bounded: the greatest bound; of delay: delays
                                         //                            HEDDLE_PREEMPTIONS
  std::int64_t depth = 0;  // of the bugs that pct looks for; 0: 1 to 10 in turn, by chance
  std::string bytes;       // from which the explorer of this name takes its choices
  bool stop_at_first_failure = true;
  std::int64_t minimise = 2'000;  // executions spent on a simpler schedule; 0: none
                                  //                         HEDDLE_MINIMISE
  bool diagnose = true;  // confirm a cause by running the failure again with one thing changed
  std::chrono::nanoseconds examination = std::chrono::seconds(1);  // for each of these; 0: no limit
  bool watch = true;  // run the first execution twice more, to see that it is deterministic
  bool relaxed =
      false;  // a replay follows the schedule as far as it can   HEDDLE_REPLAY_MODE=relaxed
  std::string remember;  // directory of schedules that have failed: rerun first, and added to
                         //                                                   HEDDLE_REMEMBER
  bool predict = true;   // where only a sample passed: go for deadlocks that the order of locks in
                         // a few more executions hints at
  // What loads of atomics may read: cxx (the newest stores as long as all orders are seq_cst),
  // rc11, sc                                                                         HEDDLE_MEMORY
  heddle::memory memory = heddle::memory::cxx;
  // With weak memory: reads of other than the newest stores, and stores not put at the end of the
  // modification order, per execution.
  std::int64_t stale_reads = 2;
  sched::order_book* orders = nullptr;          // see heddle::advise
  heddle::races races = heddle::races::report;  // or explore, explore_all, off   HEDDLE_RACES
  std::int64_t early_timeouts = 1;  // clock advances while others could run, per execution
  // What the standard allows to go wrong without cause, times per execution:
  std::int64_t spurious = 0;           // wake-ups of condition variables without a notify
  std::int64_t weak_cas_failures = 0;  // weak compare-exchanges that fail
  std::int64_t try_lock_failures = 0;  // try_locks that fail although the lock is free
  std::int64_t deferred_asyncs = 0;    // calls of async without a policy that run deferred
  std::int64_t lock_back_offs = 1;     // of each std::lock; then, or if 0, all are taken at once
  std::int64_t rereads = 2;            // unchanged re-reads in a row before a thread must wait
  std::chrono::seconds stuck = std::chrono::seconds(10);  // without a scheduling point; 0: no watch
  bool statistics = true;   // report.distinct and report.statistics; costs about as much as running
  bool capture = true;      // the body's stdout and stderr, shown for the final run only
  bool environment = true;  // let HEDDLE_* variables override; obey HEDDLE_REPLAY
  std::string out;          // directory for schedule files             HEDDLE_OUT
  std::string rerun;        // command that reruns this test, for the report; a default is
                            // made from the running program
};

}  // namespace heddle
