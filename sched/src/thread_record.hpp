// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "clocks.hpp"
#include "fiber.hpp"
#include "heddle/sched/event.hpp"
#include "heddle/sched/execution_state.hpp"
#include "heddle/sched/point.hpp"
#include "spin_window.hpp"

namespace heddle::sched {

// Something to be done at the end of a thread; in the execution's memory.
struct exit_action {
  void (*act)(void* argument);
  void* argument;
  exit_action* next;
};

struct thread_state {
  // identity
  thread_id id = no_thread;
  thread_id parent = no_thread;
  stable_key key = 0;
  const char* name = nullptr;
  location spawned_at;
  std::uint32_t children = 0;  // threads created by it
  std::uint32_t objects = 0;   // objects created by it

  // what it runs, and on what
  void (*entry)(void*) = nullptr;
  void* closure = nullptr;
  fiber* on = nullptr;

  // where it stands
  thread_status status = thread_status::starting;
  static constexpr std::uint32_t never = 0xffff'ffff;
  std::uint32_t last_enabled = never;  // the step when what it waits for was last to be had
  bool unreported = false;             // `performed` has not been passed to the explorer yet
  std::uint32_t steps = 0;
  bool started = false;
  bool detached = false;
  bool daemon = false;  // the execution does not wait for it
  bool joined = false;
  bool repeats = false;             // it has read in vain at one place again and again
  bool parked_alone = false;        // parked because it ran alone, not because nothing changed
  std::uint32_t uninterrupted = 0;  // regions that it is in
  bool in_effect = false;           // carries out the effect of a call: must not announce anything
  bool ending = false;              // a failed check or assume ends it
  clock_storage clock;              // happens-before

  // the result of the operation performed last
  std::uint64_t value = 0;
  bool success = false;

  // blocked: neighbours in the object's list of pending threads, and in a condition's queue
  thread_record* next_pending = nullptr;
  thread_record* previous_pending = nullptr;
  thread_record* next_waiter = nullptr;
  thread_record* previous_waiter = nullptr;
  bool waiting = false;     // in the queue
  std::uint32_t seen = 0;   // the version of the atomic when it entered the queue
  std::uint32_t depth = 0;  // levels of the mutex given up by a wait
  thread_record* joiner = nullptr;
  thread_record* next_ready = nullptr;

  // what fences make of weaker operations: released by later relaxed writes, acquired by the next
  // acquire fence
  clock_storage fence_released;
  clock_storage fence_acquirable;

  // for shims, see thread_hooks.hpp
  void* local_word = nullptr;
  exit_action* exit_actions[2] = {};  // by exit_phase
};

// One logical thread of the running execution. Records are reused from execution to execution.
struct thread_record : thread_state {
  // Its clock, as long as there are no more threads than fit: nothing is allocated.
  clocks::entry first_block[clocks::block];
  operation pending;
  event performed;  // its last visible event, kept when somebody asked for steps
  spin_window spins;

  // `pending` is as new already: see finish() and drop_unfinished().
  void reset() noexcept {
    static_cast<thread_state&>(*this) = {};
    clocks::clear_block(first_block);
    clock = {first_block, clocks::block};
    spins.clear();
  }
};

}  // namespace heddle::sched
