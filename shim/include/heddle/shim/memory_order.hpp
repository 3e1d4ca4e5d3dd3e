// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>

#include <heddle/sched/point.hpp>

namespace heddle {

using std::kill_dependency;
using std::memory_order;
using std::memory_order_acq_rel;
using std::memory_order_acquire;
using std::memory_order_consume;
using std::memory_order_relaxed;
using std::memory_order_release;
using std::memory_order_seq_cst;

namespace detail {

constexpr memory_order failure_order_of(memory_order success) noexcept {
  return success == memory_order_acq_rel   ? memory_order_acquire
         : success == memory_order_release ? memory_order_relaxed
                                           : success;
}

// What reads cannot release, what writes cannot acquire: undefined behaviour in the standard.
inline void expect_load_order(memory_order order, const sched::object& on, const char* what,
                              location where) {
  if ((order == memory_order_release || order == memory_order_acq_rel) && sched::in_execution()) {
    sched::report(failure_kind::misuse, what, where, on.key);
  }
}
inline void expect_store_order(memory_order order, const sched::object& on, const char* what,
                               location where) {
  if ((order == memory_order_acquire || order == memory_order_consume ||
       order == memory_order_acq_rel) &&
      sched::in_execution()) {
    sched::report(failure_kind::misuse, what, where, on.key);
  }
}

}  // namespace detail
}  // namespace heddle
