// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <system_error>
#include <utility>

#include <heddle/shim/lockable.hpp>

namespace heddle::detail {

// What unique_lock and shared_lock have in common: a mutex or none, owned or not. `Mode` says how
// it is locked. Throws std::system_error as the standard's: operation_not_permitted without a
// mutex, resource_deadlock_would_occur when it owns it already.
template <class Mutex, class Mode>
class movable_lock {
 public:
  using mutex_type = Mutex;

  movable_lock() noexcept = default;
  explicit movable_lock(Mutex& on, location where = location::current()) : on_(&on), where_(where) {
    Mode::lock(on, where);
    owns_ = true;
  }
  movable_lock(Mutex& on, defer_lock_t, location where = location::current()) noexcept
      : on_(&on), where_(where) {}
  movable_lock(Mutex& on, try_to_lock_t, location where = location::current())
      : on_(&on), where_(where), owns_(Mode::try_lock(on, where)) {}
  movable_lock(Mutex& on, adopt_lock_t, location where = location::current()) noexcept
      : on_(&on), where_(where), owns_(true) {}
  template <class Rep, class Period>
  movable_lock(Mutex& on, const std::chrono::duration<Rep, Period>& time,
               location where = location::current())
      : on_(&on), where_(where), owns_(Mode::try_lock_for(on, time, where)) {}
  template <class Clock, class Duration>
  movable_lock(Mutex& on, const std::chrono::time_point<Clock, Duration>& deadline,
               location where = location::current())
      : on_(&on), where_(where), owns_(Mode::try_lock_until(on, deadline, where)) {}
  ~movable_lock() {
    if (owns_) Mode::unlock(*on_, where_);
  }
  movable_lock(movable_lock&& other) noexcept
      : on_(std::exchange(other.on_, nullptr)),
        where_(other.where_),
        owns_(std::exchange(other.owns_, false)) {}
  movable_lock& operator=(movable_lock&& other) noexcept {
    movable_lock(std::move(other)).swap(*this);
    return *this;
  }

  void lock(location where = location::current()) {
    expect_unowned();
    Mode::lock(*on_, where);
    where_ = where;
    owns_ = true;
  }
  bool try_lock(location where = location::current()) {
    expect_unowned();
    where_ = where;
    return owns_ = Mode::try_lock(*on_, where);
  }
  template <class Rep, class Period>
  bool try_lock_for(const std::chrono::duration<Rep, Period>& time,
                    location where = location::current()) {
    expect_unowned();
    where_ = where;
    return owns_ = Mode::try_lock_for(*on_, time, where);
  }
  template <class Clock, class Duration>
  bool try_lock_until(const std::chrono::time_point<Clock, Duration>& deadline,
                      location where = location::current()) {
    expect_unowned();
    where_ = where;
    return owns_ = Mode::try_lock_until(*on_, deadline, where);
  }
  void unlock(location where = location::current()) {
    if (!owns_) fail(std::errc::operation_not_permitted, Mode::unowned);
    owns_ = false;
    Mode::unlock(*on_, where);
  }
  Mutex* release() noexcept {
    owns_ = false;
    return std::exchange(on_, nullptr);
  }
  [[nodiscard]] bool owns_lock() const noexcept { return owns_; }
  [[nodiscard]] explicit operator bool() const noexcept { return owns_; }
  [[nodiscard]] Mutex* mutex() const noexcept { return on_; }

  // For heddle::lock, which may take the mutex itself.
  void expect_unowned() const {
    if (on_ == nullptr) fail(std::errc::operation_not_permitted, Mode::unmapped);
    if (owns_) fail(std::errc::resource_deadlock_would_occur, Mode::owned);
  }
  void taken(location where) noexcept {
    where_ = where;
    owns_ = true;
  }

 protected:
  void swap(movable_lock& other) noexcept {
    std::swap(on_, other.on_);
    std::swap(where_, other.where_);
    std::swap(owns_, other.owns_);
  }

 private:
  [[noreturn]] static void fail(std::errc code, const char* what) {
    throw std::system_error(std::make_error_code(code), what);
  }
  Mutex* on_ = nullptr;
  location where_;
  bool owns_ = false;
};

}  // namespace heddle::detail
