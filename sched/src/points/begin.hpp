// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>

#include "../execution.hpp"

// What the functions of <heddle/sched/point.hpp> share. Each of them has two halves: inside an
// execution it announces an operation, outside it acts at once for the only thread there is.
namespace heddle::sched {

inline constexpr thread_id outside_thread = no_thread - 1;

// The announced operation lives in the thread's record: it is built there.
inline operation& begin(thread_record& self, op_kind kind, object* on, location where) {
  operation& op = self.pending;
  op = {};
  op.kind = kind;
  op.where = where;
  op.target = on;
  if (on != nullptr) op.object = on->key;
  return op;
}

// Announces an operation of the running thread on `on`, with what `fill` adds to it, and returns
// the thread with the result: once the operation has been performed.
template <class Object, class... Fill>
thread_record& announce(execution& now, Object& on, op_kind kind, location where, Fill&&... fill) {
  thread_record& self = now.running();
  now.touch(on, where);
  operation& op = begin(self, kind, &on, where);
  (fill(op), ...);
  now.announce(self);
  return self;
}

// The same for an operation on no object.
template <class... Fill>
thread_record& announce(execution& now, op_kind kind, location where, Fill&&... fill) {
  thread_record& self = now.running();
  operation& op = begin(self, kind, nullptr, where);
  (fill(op), ...);
  now.announce(self);
  return self;
}

// Outside an execution, state left over from one is as good as new.
template <class Object>
Object& outside(Object& on, void (*reset)(Object&) noexcept) {
  if (on.epoch != 0) {
    reset(on);
    on.epoch = 0;
  }
  return on;
}

// Is `on` in use by the execution that runs now? Elsewhere its death concerns nobody.
inline bool lives_in_execution(const object& on) noexcept {
  const execution* now = execution::current();
  return now != nullptr && on.epoch == now->number();
}

// The running thread destroys an object that another one still holds or waits for.
inline void destroyed_in_use(const object& on, const char* what, thread_id other,
                             location other_where) noexcept {
  execution* now = execution::current();
  failure_record failure{failure_kind::misuse, what, now->running().id, on.created};
  failure.object = on.key;
  failure.other = other;
  failure.other_where = other_where;
  now->fail(std::move(failure));
}

// An object dies while a thread still has a blocked operation on it.
inline void destroy_awaited(object& on, const char* what) noexcept {
  if (!lives_in_execution(on) || on.pending == nullptr) return;
  destroyed_in_use(on, what, on.pending->id, on.pending->pending.where);
}

[[noreturn]] inline void would_block(const char* what) {
  throw std::logic_error(std::string("heddle: ") + what +
                         " outside an execution would block for ever: there is no other thread; "
                         "use it inside the body given to heddle::explore or HEDDLE_TEST");
}

}  // namespace heddle::sched
