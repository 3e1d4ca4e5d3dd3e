// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/sched/event.hpp>
#include <heddle/sched/racy_key.hpp>
#include <heddle/sched/shape.hpp>

namespace heddle {

// The words in which a report names a cause; docs/causes.md has a row for each situation.
enum class failure_kind : std::uint8_t {
  data_race,
  deadlock,
  missed_notification,
  lost_update,
  order_violation,
  livelock,
  failed_check,
  uncaught_exception,
  crash,
  misuse,
  leak,
  limit,
};
[[nodiscard]] std::string_view to_string(failure_kind kind) noexcept;

namespace sched {

// What went wrong first in an execution, as sched saw it. A diagnosis may refine the kind later.
struct failure_record {
  failure_kind kind = failure_kind::failed_check;
  std::string message{};
  thread_id thread = no_thread;  // who did it
  location where{};
  stable_key object = 0;
  std::uint32_t step = 0;       // visible operations performed before it
  thread_id other = no_thread;  // of a race: the other thread
  location other_where{};
  std::vector<event> cycle{};  // of a livelock: one round
  // What was left behind may be there for good (a function-local static), which this first
  // execution cannot tell: it is a failure if the next one finds it, too.
  bool tentative = false;
};

// A thread that could not finish, and what it waits for.
struct unfinished_thread {
  thread_id thread = no_thread;
  stable_key key = 0;  // of the thread
  operation pending;
  thread_id owner = no_thread;  // of the mutex it waits for, or the thread it joins
  location acquired;            // where the owner took the mutex
  bool parked = false;          // it spins rather than waits
  bool waiting = false;         // on a condition variable, not notified
};

// A plain object on which threads race.
struct racy_object {
  racy_key key = 0;
  location created{};
  std::string name{};  // given by heddle::name(), or what a lender knows
};

// Adds what is not among them; they stay sorted.
void add_keys(std::vector<racy_key>& to, const std::vector<racy_object>& found);

enum class verdict : std::uint8_t {
  passed,
  failed,      // see failure
  deadlocked,  // see unfinished (and failure)
  blocked,     // assume(false)
  redundant,   // given up by the explorer
  cut,         // a limit; see failure, which says which one
};
[[nodiscard]] std::string_view to_string(verdict verdict) noexcept;

// The result of one execution. Allocates nothing unless something went wrong.
struct outcome {
  verdict result = verdict::passed;
  std::optional<failure_record> failure;
  std::vector<unfinished_thread> unfinished;
  std::uint32_t steps = 0;    // visible operations performed
  std::uint32_t threads = 0;  // created, the body included
  bool abandoned = false;     // daemons were left when everybody else had finished
  bool crashed = false;       // the process may be damaged: explore no further
  bool renamed = false;       // something from an earlier execution was used: its key has changed
  // What the coverage of an exploration of such executions rests on:
  bool parked = false;      // a thread that re-read unchanged values was passed over
  bool hurried = false;     // a thread that repeated a loop alone was passed over
  bool took_turns = false;  // nobody but parked threads was left, and they took turns
  bool timed = false;       // somebody waited with a deadline
  // Where operations alone do not say which executions differ: there were
  bool observed = false;       // invariants, which see states between independent operations
  bool uninterrupted = false;  // regions without preemptions
  // What may go wrong without cause was left out at least once, because its bound was used up:
  bool spurious_left_out = false;
  bool weak_cas_failure_left_out = false;
  bool try_lock_failure_left_out = false;
  bool deferred_async_left_out = false;
  bool back_off_left_out = false;
  bool weak_orders = false;  // an atomic operation was weaker than seq_cst
  memory_use memory;         // how it was run
  bool widened = false;  // it met a weaker order for the first time, while only newest stores were
                         // read; from the next execution on there are more choices
  bool newest_only = false;  // loads might have read other stores, had the explorer wanted it
  bool stale_read_left_out = false;  // beyond the bound
  bool forgot_stores = false;        // too many to keep: the oldest could not be read any more
  std::uint64_t graph = 0;           // a hash of what was read from where, and of the modification
                                     // orders, of operations by choice; 0 where nobody wanted steps
  bool skipped = false;              // the body asked to skip the test
  // With races::explore: found to race here, and no scheduling points yet.
  std::vector<racy_object> racy;

  // What is remembered of this and earlier executions says nothing about the next one: things have
  // other names, or there are more scheduling points, or more choices.
  [[nodiscard]] bool starts_over() const noexcept { return renamed || widened || !racy.empty(); }
};

}  // namespace sched
}  // namespace heddle
