// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/sched/point.hpp>

namespace heddle::detail {

// What the standard demands of an argument; otherwise it is misuse of `on`. Outside an execution
// std::logic_error is thrown.
inline void expect(bool holds, const sched::object& on, const char* broken, location where) {
  if (!holds) sched::report(failure_kind::misuse, broken, where, on.key);
}

}  // namespace heddle::detail
