// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <system_error>
#include <utility>

#include <heddle/sched/point.hpp>
#include <heddle/shim/chrono.hpp>
#include <heddle/shim/lock.hpp>

namespace heddle {

// std::shared_mutex and std::shared_timed_mutex under control. Which of several waiting readers and
// writers goes first is explored, not laid down. Giving up what one does not hold is misuse.
class shared_mutex {
 public:
  explicit shared_mutex(location created = location::current()) noexcept : model_(created) {}
  ~shared_mutex() { sched::destroy(model_); }
  shared_mutex(const shared_mutex&) = delete;
  shared_mutex& operator=(const shared_mutex&) = delete;

  void lock(location where = location::current()) {
    sched::lock_exclusive(model_, sched::no_deadline, where);
  }
  bool try_lock(location where = location::current()) {
    return sched::try_lock_exclusive(model_, where);
  }
  void unlock(location where = location::current()) { sched::unlock_exclusive(model_, where); }
  void lock_shared(location where = location::current()) {
    sched::lock_shared(model_, sched::no_deadline, where);
  }
  bool try_lock_shared(location where = location::current()) {
    return sched::try_lock_shared(model_, where);
  }
  void unlock_shared(location where = location::current()) { sched::unlock_shared(model_, where); }

  [[nodiscard]] sched::shared_mutex_object& model() noexcept { return model_; }

 private:
  sched::shared_mutex_object model_;
};

class shared_timed_mutex : public shared_mutex {
 public:
  explicit shared_timed_mutex(location created = location::current()) noexcept
      : shared_mutex(created) {}
  template <class Rep, class Period>
  bool try_lock_for(const std::chrono::duration<Rep, Period>& time,
                    location where = location::current()) {
    return sched::lock_exclusive(model(), detail::from_now(time), where);
  }
  template <class Clock, class Duration>
  bool try_lock_until(const std::chrono::time_point<Clock, Duration>& deadline,
                      location where = location::current()) {
    return sched::lock_exclusive(model(), detail::to_virtual(deadline), where);
  }
  template <class Rep, class Period>
  bool try_lock_shared_for(const std::chrono::duration<Rep, Period>& time,
                           location where = location::current()) {
    return sched::lock_shared(model(), detail::from_now(time), where);
  }
  template <class Clock, class Duration>
  bool try_lock_shared_until(const std::chrono::time_point<Clock, Duration>& deadline,
                             location where = location::current()) {
    return sched::lock_shared(model(), detail::to_virtual(deadline), where);
  }
};

// std::shared_lock, with the caller's place.
template <class Mutex>
class [[nodiscard]] shared_lock {
 public:
  using mutex_type = Mutex;
  shared_lock() noexcept = default;
  explicit shared_lock(Mutex& on, location where = location::current()) : on_(&on), where_(where) {
    on.lock_shared(where);
    owns_ = true;
  }
  shared_lock(Mutex& on, defer_lock_t, location where = location::current()) noexcept
      : on_(&on), where_(where) {}
  shared_lock(Mutex& on, try_to_lock_t, location where = location::current())
      : on_(&on), where_(where), owns_(on.try_lock_shared(where)) {}
  shared_lock(Mutex& on, adopt_lock_t, location where = location::current()) noexcept
      : on_(&on), where_(where), owns_(true) {}
  ~shared_lock() {
    if (owns_) on_->unlock_shared(where_);
  }
  shared_lock(shared_lock&& other) noexcept
      : on_(std::exchange(other.on_, nullptr)),
        where_(other.where_),
        owns_(std::exchange(other.owns_, false)) {}
  shared_lock& operator=(shared_lock&& other) noexcept {
    shared_lock(std::move(other)).swap(*this);
    return *this;
  }

  void lock(location where = location::current()) {
    expect_unowned();
    on_->lock_shared(where);
    owns_ = true;
  }
  bool try_lock(location where = location::current()) {
    expect_unowned();
    return owns_ = on_->try_lock_shared(where);
  }
  void unlock(location where = location::current()) {
    if (!owns_) {
      throw std::system_error(std::make_error_code(std::errc::operation_not_permitted),
                              "heddle::shared_lock::unlock: it owns no lock");
    }
    owns_ = false;
    on_->unlock_shared(where);
  }
  void swap(shared_lock& other) noexcept {
    std::swap(on_, other.on_);
    std::swap(where_, other.where_);
    std::swap(owns_, other.owns_);
  }
  Mutex* release() noexcept {
    owns_ = false;
    return std::exchange(on_, nullptr);
  }
  [[nodiscard]] bool owns_lock() const noexcept { return owns_; }
  [[nodiscard]] explicit operator bool() const noexcept { return owns_; }
  [[nodiscard]] Mutex* mutex() const noexcept { return on_; }

 private:
  void expect_unowned() const {
    if (on_ == nullptr) {
      throw std::system_error(std::make_error_code(std::errc::operation_not_permitted),
                              "heddle::shared_lock: it has no mutex");
    }
    if (owns_) {
      throw std::system_error(std::make_error_code(std::errc::resource_deadlock_would_occur),
                              "heddle::shared_lock: it owns the lock already");
    }
  }
  Mutex* on_ = nullptr;
  location where_;
  bool owns_ = false;
};

template <class Mutex>
void swap(shared_lock<Mutex>& a, shared_lock<Mutex>& b) noexcept {
  a.swap(b);
}

}  // namespace heddle
