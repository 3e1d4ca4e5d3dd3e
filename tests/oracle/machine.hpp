// SPDX-License-Identifier: MIT
//
// The abstract machine of the oracle: an explicit state that is copied at every branch, and the
// effect of each operation on it. It shares no code with the library, on purpose; it is written
// straight from the counting rules:
//
//  * every thread stands before its next visible operation; a blocked one is disabled;
//  * what is not visible (plain accesses, picks, checks, skips, start, end, join) happens at once,
//  a
//    join as soon as it can;
//  * a wait is two visible operations: release-and-enqueue, and the re-acquisition;
//  * a failed check or assume ends its own thread only.
#pragma once

#include <vector>

#include "outcome.hpp"
#include "program.hpp"

namespace oracle {

// What happened, in the terms that the class of an execution is made of (see class_form.hpp).
enum class access {
  hidden,           // nothing that another thread could tell
  pick,             // a data choice: hidden, but part of the class
  read,             // object is a variable; also a compare_exchange that failed
  write,            // object is a variable
  mutex,            // object is a mutex: lock, unlock, successful try_lock, re-acquisition
  mutex_peek,       // a failed try_lock
  mutex_condition,  // release-and-enqueue: object is the mutex, other the condition
  condition,        // a notify: object is the condition, other the thread woken, or -1
  permit,           // object is a semaphore: acquire, successful try_acquire
  permit_peek,      // a failed try_acquire
  release,          // object is a semaphore
  point,
};

struct event {
  int thread = 0;
  access what = access::hidden;
  int object = 0;
  int other = -1;
  bool logged = false;
  int result = 0;

  bool visible() const { return what != access::hidden && what != access::pick; }
};

class machine {
 public:
  explicit machine(const program& p);

  int threads() const { return static_cast<int>(threads_.size()); }
  // The thread was started, has not ended, and has something left to do other than the last joins.
  bool active(int t) const;
  // REQUIRES: active(t). Its next operation is a scheduling point.
  bool visible(int t) const;
  // REQUIRES: active(t).
  bool enabled(int t) const;
  // In how many ways the next operation of `t` can go: candidates of a pick, waiters to wake.
  // REQUIRES: active(t) and enabled(t).
  int ways(int t) const;
  // Performs the next operation of `t` in its `way`-th way.
  // REQUIRES: enabled(t), way < ways(t).
  event step(int t, int way);

  // Without the logs: those are in the events. REQUIRES: no active thread is enabled.
  outcome result() const;

 private:
  // Where inside a waiting operation a thread stands.
  enum class phase { start, release, asleep, reacquire };
  struct thread_state {
    std::size_t pc = 0;
    phase at = phase::start;
    int last = 0;
    bool started = true;
    bool ended = false;
    thread_end end = thread_end::waiting;
  };

  const operation& next(int t) const;
  bool atomic(int x) const { return !program_->variables[static_cast<std::size_t>(x)].plain; }
  int& permits(int s) { return permits_[static_cast<std::size_t>(s)]; }
  int& owner(int m) { return owners_[static_cast<std::size_t>(m)]; }
  bool free(int m) const { return owners_[static_cast<std::size_t>(m)] < 0; }
  event step_variable(thread_state& s, const operation& o, event e);
  event step_mutex(thread_state& s, const operation& o, event e);
  event step_semaphore(thread_state& s, const operation& o, event e);
  event step_wait(thread_state& s, const operation& o, event e);
  event step_notify(const operation& o, event e, int way);
  event step_hidden(thread_state& s, const operation& o, event e, int way);
  void settle(int t);

  const program* program_;
  std::vector<thread_state> threads_;
  std::vector<int> memory_;
  std::vector<int> owners_;
  std::vector<int> permits_;               // per semaphore
  std::vector<std::vector<int>> waiters_;  // per condition, longest waiting first
};

}  // namespace oracle
