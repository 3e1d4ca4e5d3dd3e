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

// Outside an execution, state left over from one is as good as new.
template <class Object>
Object& outside(Object& on, void (*reset)(Object&) noexcept) {
  if (on.epoch != 0) {
    reset(on);
    on.epoch = 0;
  }
  return on;
}

[[noreturn]] inline void would_block(const char* what) {
  throw std::logic_error(std::string("heddle: ") + what +
                         " outside an execution would block for ever: there is no other thread; "
                         "use it inside the body given to heddle::explore or HEDDLE_TEST");
}

}  // namespace heddle::sched
