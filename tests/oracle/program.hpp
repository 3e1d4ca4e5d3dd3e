// SPDX-License-Identifier: MIT
//
// A tiny concurrent program as a value, so that two unrelated machines can run it: the brute-force
// interpreter (brute_force.hpp) and the real library (heddle_runner.hpp).
//
// Thread 0 is the body: it starts the other threads that no operation starts, performs its own
// operations, then joins all in order. Every thread has one register, `last`: the result of its
// latest operation that has one (starting at 0). Every such result is also appended to the thread's
// log.
#pragma once

#include <string>
#include <vector>

namespace oracle {

// A thread is a list of operations. Only forward skips exist, and a wait; so every thread ends.
enum class op {
  load,              // last = variable
  store,             // variable = value (+ last, if plus_last)
  fetch_add,         // last = variable; variable += value
  compare_exchange,  // last = variable; if it is `expected`, variable = value
  lock,
  unlock,
  try_lock,         // last = 1 or 0; on failure the next `skip` operations are passed over
  wait,             // one wait on a condition, no predicate
  wait_while_zero,  // while (variable == 0) wait
  notify_one,
  notify_all,
  acquire,      // a permit of a semaphore
  try_acquire,  // last = 1 or 0; on failure the next `skip` operations are passed over
  release,      // `value` permits
  start,        // thread `object`, which has a higher number
  join,         // that thread, which this one has started
  point,        // a visible operation on no object
  pick,         // last = any of 0 .. value - 1
  skip_unless,  // unless last == value, the next `skip` operations are passed over
  expect,       // a check: last == value
  assume,       // last == value, or this execution does not count
};

struct operation {
  op kind = op::point;
  int object = 0;  // the variable, mutex, condition (notify, wait) or semaphore
  int value = 0;
  int expected = 0;
  int skip = 0;
  int mutex = 0;      // wait and wait_while_zero: held on entry, released meanwhile
  int condition = 0;  // wait_while_zero
  bool plus_last = false;

  friend bool operator==(const operation&, const operation&) = default;
};

// Atomic, or plain data that is only touched while `guard` is held. Plain accesses are not visible.
struct variable {
  int initial = 0;
  bool plain = false;
  int guard = 0;

  friend bool operator==(const variable&, const variable&) = default;
};

using thread_code = std::vector<operation>;

struct program {
  std::vector<variable> variables = {};
  int mutexes = 0;
  int conditions = 0;
  std::vector<int> semaphores = {};       // the permits that each has at first
  std::vector<thread_code> threads = {};  // [0] is the body; always present

  friend bool operator==(const program&, const program&) = default;
};

operation load(int x);
operation store(int x, int v);
operation store_last_plus(int x, int v);
operation fetch_add(int x, int v);
operation compare_exchange(int x, int expected, int desired);
operation lock(int m);
operation unlock(int m);
operation try_lock(int m, int skip_on_failure);
operation wait(int c, int m);
operation wait_while_zero(int x, int c, int m);
operation notify_one(int c);
operation notify_all(int c);
operation acquire(int s);
operation try_acquire(int s, int skip_on_failure);
operation release(int s, int n = 1);
operation start(int t);
operation join(int t);
operation point();
operation pick(int n);
operation skip_unless(int v, int n);
operation expect(int v);
operation assume(int v);

// `n` atomic variables, all 0.
std::vector<variable> atomics(int n);

// Is thread `t` started by an operation?
bool started_late(const program& p, int t);

// One line per operation, in words close to the builders above.
std::string to_string(const operation& o);
std::string to_string(const program& p);

}  // namespace oracle
