// SPDX-License-Identifier: MIT
//
// Small programs on the primitives of the standard library, and an abstract machine that runs them:
// an explicit state, copied at every branch, written from the standard's words and the counting
// rules (docs/standard-library.md). It shares no code with the library.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace primitives {

// One object of each kind. Results go into the thread's log.
enum class op {
  lock,
  try_lock,  // fails: the next `skip` operations are passed over; so for all that try
  unlock,
  r_lock,  // recursive mutex
  r_try_lock,
  r_unlock,
  x_lock,  // shared mutex, exclusively
  x_try_lock,
  x_unlock,
  s_lock,  // and shared
  s_try_lock,
  s_unlock,
  acquire,
  try_acquire,
  release,
  count_down,
  try_wait,
  await_latch,
  arrive,  // keeps its token
  await_barrier,
  drop,
  call_once,  // two operations of the thread that makes the call
  call_throwing,
  set_value,
  get,
  request_stop,
  stop_requested,
  load,
  store,             // value
  add,               // value
  compare_exchange,  // from 0 to value
  wait,              // on the atomic, while it is 0
  notify_one,
  notify_all,
  any_wait,  // on the condition_variable_any, with the mutex; four operations
  any_notify_one,
  any_notify_all,
};
struct step {
  op what;
  int value = 0;
  int skip = 0;
};
using program = std::vector<std::vector<step>>;

struct settings {  // the constructor's arguments
  int permits = 1;
  int latch = 2;
  int parties = 2;
};

struct census {
  std::map<std::string, int> outcomes;  // of the logs; a thread that ended has a full stop
  std::set<std::string> classes;
  int executions = 0;
  int deadlocked = 0;
  bool capped = false;
};
// Every interleaving, up to `limit` executions.
census every_execution(const program& code, const settings& made, int limit);

std::string to_string(const program& code);

}  // namespace primitives
