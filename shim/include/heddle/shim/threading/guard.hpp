// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/sched/location.hpp>

namespace heddle::threading {

// Acquires when made, releases on every way out: for everything with acquire() and release().
//   threading::guard hold(accounts_lock);
template <class Lock>
class [[nodiscard]] guard {
 public:
  explicit guard(Lock& on, location where = location::current()) : on_(on), where_(where) {
    on_.acquire(where);
  }
  ~guard() { on_.release(where_); }
  guard(const guard&) = delete;
  guard& operator=(const guard&) = delete;

 private:
  Lock& on_;
  location where_;
};

}  // namespace heddle::threading
