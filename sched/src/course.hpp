// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "heddle/sched/object.hpp"
#include "heddle/sched/operation.hpp"
#include "heddle/sched/shape.hpp"

namespace heddle::sched {

struct supervised;  // an invariant

// What the standard allows to go wrong without cause: a choice, as often as its bound allows.
struct whim {
  std::uint32_t used = 0;
  bool left_out = false;
};

// What one execution starts with: all of it is as here when the next one begins.
struct course {
  // threads
  std::uint32_t thread_count_ = 0;
  std::uint32_t unfinished_ = 0;
  std::uint32_t awaited_ = 0;  // of these, the ones that are no daemons
  thread_id last_ = 0;         // who performed the last visible operation
  // Those who run to their next announcement before any choice, in order.
  thread_record* first_ready_ = nullptr;
  thread_record* last_ready_ = nullptr;
  object* live_ = nullptr;

  // how far it has come, and how it goes on
  std::uint32_t steps_ = 0;
  std::uint32_t run_out_limit_ = 0;
  bool running_out_ = false;
  bool assumed_ = false;
  bool skipped_ = false;
  bool over_ = false;
  bool cut_ = false;
  bool crashed_ = false;
  bool watching_ = false;  // for livelocks

  // what it rests on
  bool spun_ = false;     // a parked thread was passed over: it had read in vain
  bool hurried_ = false;  // ... or had repeated a loop without anybody else taking a step
  bool took_turns_ = false;
  bool renamed_ = false;
  bool timed_ever_ = false;
  bool back_off_left_out_ = false;
  thread_id unwinding_leak_ = no_thread;  // the failure is a leak met while this thread unwound

  // supervision
  bool observing_ = false;
  bool observed_ = false;             // by invariants
  bool has_regions_ = false;          // ... without preemptions
  supervised* invariants_ = nullptr;  // the last given first; in the execution's memory

  // weak memory
  bool weak_orders_ = false;
  bool stale_left_out_ = false;
  bool forgot_stores_ = false;
  bool by_choice_ = false;
  bool may_widen_ = false;  // it would be by choice, had there been weak orders before
  std::uint32_t stale_used_ = 0;
  std::uint64_t graph_ = 0;

  // time
  virtual_time clock_ = 0;
  virtual_time tick_ = 0;
  std::uint32_t clock_version_ = 0;
  std::uint32_t early_used_ = 0;

  // what went wrong without cause
  whim spurious_;
  whim weak_cas_failure_;
  whim deferred_async_;
  whim try_lock_failure_;
};

}  // namespace heddle::sched
