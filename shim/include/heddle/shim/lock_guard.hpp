// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/shim/lockable.hpp>

namespace heddle {

// std::lock_guard; the place is that of the variable's declaration.
template <class Mutex>
class [[nodiscard]] lock_guard {
 public:
  using mutex_type = Mutex;
  explicit lock_guard(Mutex& on, location where = location::current()) : on_(on), where_(where) {
    detail::lock_at(on_, where_);
  }
  lock_guard(Mutex& on, adopt_lock_t, location where = location::current()) noexcept
      : on_(on), where_(where) {}
  ~lock_guard() { detail::unlock_at(on_, where_); }
  lock_guard(const lock_guard&) = delete;
  lock_guard& operator=(const lock_guard&) = delete;

 private:
  Mutex& on_;
  location where_;
};

}  // namespace heddle
