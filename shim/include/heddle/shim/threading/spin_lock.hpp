// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/shim/threading/lock.hpp>

namespace heddle::threading {

// A lock that is waited for actively: for short sections. Under control a plain acquire is one
// operation that waits, like that of any lock; the other forms try in a loop.
template <class Backend>
class basic_spin_lock {
 public:
  explicit basic_spin_lock(location created = location::current()) : lock_(created) {}

  void acquire(location where = location::current()) {
    if constexpr (Backend::explores) {
      lock_.acquire(where);
    } else {
      while (!lock_.try_acquire(where)) Backend::yield(where);
    }
  }
  bool try_acquire(location where = location::current()) { return lock_.try_acquire(where); }
  template <class Rep, class Period>
  bool acquire_for(const std::chrono::duration<Rep, Period>& time,
                   location where = location::current()) {
    return lock_.acquire_for(time, where);
  }
  // Gives up after `attempts` tries, with a pause between them. Returns whether it was acquired.
  bool acquire_within(unsigned attempts, location where = location::current()) {
    for (unsigned tried = 0; tried < attempts; ++tried) {
      if (tried != 0) Backend::yield(where);
      if (lock_.try_acquire(where)) return true;
    }
    return false;
  }
  // Calls work() after each try that failed.
  template <class Work>
  void acquire_while(Work&& work, location where = location::current()) {
    while (!lock_.try_acquire(where)) work();
  }
  // Throws usage_error if nobody holds it.
  void release(location where = location::current()) { lock_.release(where); }
  [[nodiscard]] bool locked(location where = location::current()) { return lock_.locked(where); }

  void lock(location where = location::current()) { acquire(where); }
  bool try_lock(location where = location::current()) { return try_acquire(where); }
  void unlock(location where = location::current()) { release(where); }
  // Its place in the order in which guard_all takes locks.
  [[nodiscard]] std::uint64_t rank() noexcept { return lock_.rank(); }
  [[nodiscard]] auto& model() noexcept { return lock_.model(); }

 private:
  basic_lock<Backend> lock_;
};

}  // namespace heddle::threading
