// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

#include <heddle/sched/location.hpp>
#include <heddle/shim/threading/errors.hpp>

namespace heddle::threading {

template <class Backend>
class basic_condition;

// A lock with an owner and a count: n releases for n acquisitions, by the owner alone. Needed by
// recursion, and by a method that calls another locked method of the same object.
template <class Backend>
class basic_reentrant_lock {
 public:
  explicit basic_reentrant_lock(location created = location::current()) : lock_(created) {}
  basic_reentrant_lock(const basic_reentrant_lock&) = delete;
  basic_reentrant_lock& operator=(const basic_reentrant_lock&) = delete;

  void acquire(location where = location::current()) { lock_.lock(Backend::never, where); }
  bool try_acquire(location where = location::current()) { return lock_.try_lock(where); }
  template <class Rep, class Period>
  bool acquire_for(const std::chrono::duration<Rep, Period>& time,
                   location where = location::current()) {
    return lock_.lock(Backend::in(time), where);
  }
  // Gives up one level. Throws usage_error if the calling thread is not the owner.
  void release(location where = location::current()) {
    if (!lock_.is_mine()) {
      throw usage_error("release of a reentrant lock by a thread that does not own it");
    }
    lock_.unlock(where);
  }
  // Does the calling thread own it?
  [[nodiscard]] bool is_owned() const { return lock_.is_mine(); }

  void lock(location where = location::current()) { acquire(where); }
  bool try_lock(location where = location::current()) { return try_acquire(where); }
  void unlock(location where = location::current()) { release(where); }

  // Its place in the order in which guard_all takes locks.
  [[nodiscard]] std::uint64_t rank() noexcept { return Backend::rank(lock_); }
  [[nodiscard]] auto& model() noexcept { return lock_.model(); }

 private:
  friend class basic_condition<Backend>;
  typename Backend::owned_lock lock_;
};

}  // namespace heddle::threading
