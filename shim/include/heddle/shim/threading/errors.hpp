// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>

namespace heddle::threading {

// What the toolkit throws, at the call that is wrong. Uncaught, each is an outcome of its own.

// A rule of the primitive was broken: released while free, started twice, joined by itself, ...
class usage_error : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};
class queue_full : public std::runtime_error {
 public:
  queue_full() : std::runtime_error("the queue is full") {}
};
class queue_empty : public std::runtime_error {
 public:
  queue_empty() : std::runtime_error("the queue is empty") {}
};
// The barrier was broken by a timeout, an abort, a reset or an action that threw.
class broken_barrier_error : public std::runtime_error {
 public:
  broken_barrier_error() : std::runtime_error("the barrier is broken") {}
};
// The result of a task that was cancelled before it ran.
class cancelled_error : public std::runtime_error {
 public:
  cancelled_error() : std::runtime_error("the task was cancelled") {}
};
// A result that did not come in time.
class timeout_error : public std::runtime_error {
 public:
  timeout_error() : std::runtime_error("the result did not come in time") {}
};

// Thrown by a thread to end itself quietly: no hook, no failure.
struct thread_exit {};

}  // namespace heddle::threading
