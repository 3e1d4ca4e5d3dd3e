// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <mutex>
#include <system_error>
#include <tuple>
#include <utility>

#include <heddle/sched/point.hpp>

// The standard's guards, with the caller's place: through std::lock_guard every report would name a
// line of the standard library. They work on any lockable; a heddle one also learns the place.
namespace heddle {

using std::adopt_lock;
using std::adopt_lock_t;
using std::defer_lock;
using std::defer_lock_t;
using std::try_to_lock;
using std::try_to_lock_t;

namespace detail {

template <class Lockable>
void lock_at(Lockable& on, location where) {
  if constexpr (requires { on.lock(where); }) {
    on.lock(where);
  } else {
    on.lock();
  }
}
template <class Lockable>
bool try_lock_at(Lockable& on, location where) {
  if constexpr (requires { on.try_lock(where); }) {
    return on.try_lock(where);
  } else {
    return on.try_lock();
  }
}
template <class Lockable>
void unlock_at(Lockable& on, location where) {
  if constexpr (requires { on.unlock(where); }) {
    on.unlock(where);
  } else {
    on.unlock();
  }
}

}  // namespace detail

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

template <class Mutex>
class [[nodiscard]] unique_lock {
 public:
  using mutex_type = Mutex;
  unique_lock() noexcept = default;
  explicit unique_lock(Mutex& on, location where = location::current()) : on_(&on), where_(where) {
    lock(where);
  }
  unique_lock(Mutex& on, defer_lock_t, location where = location::current()) noexcept
      : on_(&on), where_(where) {}
  unique_lock(Mutex& on, try_to_lock_t, location where = location::current())
      : on_(&on), where_(where), owns_(detail::try_lock_at(on, where)) {}
  unique_lock(Mutex& on, adopt_lock_t, location where = location::current()) noexcept
      : on_(&on), where_(where), owns_(true) {}
  ~unique_lock() {
    if (owns_) detail::unlock_at(*on_, where_);
  }
  unique_lock(unique_lock&& other) noexcept
      : on_(std::exchange(other.on_, nullptr)),
        where_(other.where_),
        owns_(std::exchange(other.owns_, false)) {}
  unique_lock& operator=(unique_lock&& other) noexcept {
    unique_lock(std::move(other)).swap(*this);
    return *this;
  }

  // Throws std::system_error as the standard's: without a mutex, or when it owns it already.
  void lock(location where = location::current()) {
    expect_unowned();
    detail::lock_at(*on_, where);
    where_ = where;
    owns_ = true;
  }
  bool try_lock(location where = location::current()) {
    expect_unowned();
    where_ = where;
    return owns_ = detail::try_lock_at(*on_, where);
  }
  void unlock(location where = location::current()) {
    if (!owns_) {
      throw std::system_error(std::make_error_code(std::errc::operation_not_permitted),
                              "heddle::unique_lock::unlock: it owns no lock");
    }
    owns_ = false;
    detail::unlock_at(*on_, where);
  }
  void swap(unique_lock& other) noexcept {
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
                              "heddle::unique_lock: it has no mutex");
    }
    if (owns_) {
      throw std::system_error(std::make_error_code(std::errc::resource_deadlock_would_occur),
                              "heddle::unique_lock: it owns the lock already");
    }
  }
  Mutex* on_ = nullptr;
  location where_;
  bool owns_ = false;
};

template <class Mutex>
void swap(unique_lock<Mutex>& a, unique_lock<Mutex>& b) noexcept {
  a.swap(b);
}

namespace detail {

template <class Lockable>
concept heddle_mutex = requires(Lockable& on) {
  { on.model() } -> std::same_as<sched::mutex_object&>;
};

// Takes all locks after `first` or none; returns the position of the one that was not free, or -1.
template <class... Locks>
int try_rest(location where, std::size_t first, std::tuple<Locks&...> locks) {
  constexpr std::size_t count = sizeof...(Locks);
  int failed = -1;
  std::size_t taken = 0;
  const auto visit = [&](std::size_t position, auto&& act) {
    std::size_t i = 0;
    std::apply([&](auto&... each) { ((i++ == position ? act(each) : void()), ...); }, locks);
  };
  for (std::size_t step = 1; step < count && failed < 0; ++step) {
    const std::size_t at = (first + step) % count;
    visit(at, [&](auto& each) {
      if (try_lock_at(each, where)) {
        ++taken;
      } else {
        failed = static_cast<int>(at);
      }
    });
  }
  if (failed < 0) return -1;
  for (std::size_t step = taken; step > 0; --step) {
    visit((first + step) % count, [&](auto& each) { unlock_at(each, where); });
  }
  visit(first, [&](auto& each) { unlock_at(each, where); });
  return failed;
}

// Several locks without a global order, as implementations do it: take one, try the others, and on
// a failure give all back and begin with the one that was not free.
// Heddle's own mutexes are taken all at once: it has no deadlock either, and no endless politeness.
template <class... Locks>
void lock_all(location where, Locks&... locks) {
  if constexpr (sizeof...(Locks) == 1) {
    (lock_at(locks, where), ...);
  } else if constexpr (sizeof...(Locks) > 1 && (heddle_mutex<Locks> && ...)) {
    sched::mutex_object* const all[] = {&locks.model()...};
    sched::lock_all(all, sizeof...(Locks), where);
  } else if constexpr (sizeof...(Locks) > 1) {
    std::size_t first = 0;
    for (;;) {
      std::size_t i = 0;
      ((i++ == first ? lock_at(locks, where) : void()), ...);
      const int failed = try_rest(where, first, std::tuple<Locks&...>(locks...));
      if (failed < 0) return;
      first = static_cast<std::size_t>(failed);
    }
  }
}

}  // namespace detail

// As std::lock, but std::lock itself cannot tell where it was called.
template <class First, class Second, class... Rest>
void lock(First& first, Second& second, Rest&... rest) {
  detail::lock_all(location{}, first, second, rest...);
}

// As std::scoped_lock; the place is that of the variable's declaration.
template <class... Mutexes>
class [[nodiscard]] scoped_lock {
 public:
  explicit scoped_lock(Mutexes&... on, location where = location::current())
      : on_(on...), where_(where) {
    detail::lock_all(where, on...);
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

// The trailing place would hide the mutexes from deduction.
template <class... Mutexes>
scoped_lock(Mutexes&...) -> scoped_lock<Mutexes...>;
template <class... Mutexes>
scoped_lock(adopt_lock_t, Mutexes&...) -> scoped_lock<Mutexes...>;

}  // namespace heddle
