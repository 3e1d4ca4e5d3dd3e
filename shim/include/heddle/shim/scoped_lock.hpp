// SPDX-License-Identifier: MIT
#pragma once

#include <tuple>

#include <heddle/shim/lock_algorithms.hpp>

namespace heddle {

// std::scoped_lock; the place is that of the variable's declaration.
template <class... Mutexes>
class [[nodiscard]] scoped_lock {
 public:
  explicit scoped_lock(Mutexes&... on, location where = location::current())
      : on_(on...), where_(where) {
    detail::lock_several(where, on...);
  }
  explicit scoped_lock(adopt_lock_t, Mutexes&... on, location where = location::current()) noexcept
      : on_(on...), where_(where) {}
  ~scoped_lock() {
    std::apply([this](auto&... each) { (detail::unlock_at(each, where_), ...); }, on_);
  }
  scoped_lock(const scoped_lock&) = delete;
  scoped_lock& operator=(const scoped_lock&) = delete;

 private:
  std::tuple<Mutexes&...> on_;
  location where_;
};

template <class Mutex>
class [[nodiscard]] scoped_lock<Mutex> {
 public:
  using mutex_type = Mutex;
  explicit scoped_lock(Mutex& on, location where = location::current()) : on_(on), where_(where) {
    detail::lock_at(on_, where_);
  }
  explicit scoped_lock(adopt_lock_t, Mutex& on, location where = location::current()) noexcept
      : on_(on), where_(where) {}
  ~scoped_lock() { detail::unlock_at(on_, where_); }
  scoped_lock(const scoped_lock&) = delete;
  scoped_lock& operator=(const scoped_lock&) = delete;

 private:
  Mutex& on_;
  location where_;
};

template <>
class [[nodiscard]] scoped_lock<> {
 public:
  explicit scoped_lock() = default;
  explicit scoped_lock(adopt_lock_t) noexcept {}
  ~scoped_lock() {}  // not trivial: a variable of it is not unused
  scoped_lock(const scoped_lock&) = delete;
  scoped_lock& operator=(const scoped_lock&) = delete;
};

// The trailing place would hide the mutexes from deduction.
template <class... Mutexes>
scoped_lock(Mutexes&...) -> scoped_lock<Mutexes...>;
template <class... Mutexes>
scoped_lock(adopt_lock_t, Mutexes&...) -> scoped_lock<Mutexes...>;

}  // namespace heddle
