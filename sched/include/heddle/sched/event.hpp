// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <heddle/sched/operation.hpp>

namespace heddle::sched {

// An operation performed, with its resolved result.
struct event {
  thread_id thread = no_thread;
  std::uint32_t step = 0;       // number of visible operations before it in this execution
  std::uint64_t value = 0;      // read, or written; for notify: the number of threads woken
  std::uint64_t previous = 0;   // the value overwritten, of stores and read-modify-writes
  thread_id other = no_thread;  // the waiter woken by notify_one
  // With weak memory, of an operation on an atomic: the event that stored what it read, or what it
  // was put behind; and the newest store there was. No event: the initial value.
  static constexpr std::uint32_t no_step = 0xffff'ffff;
  std::uint32_t source = no_step;
  std::uint32_t newest = no_step;
  operation op;  // op.result is resolved; its pointers must not be followed
};

}  // namespace heddle::sched
