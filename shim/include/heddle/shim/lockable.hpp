// SPDX-License-Identifier: MIT
#pragma once

#include <mutex>
#include <system_error>

#include <heddle/sched/point.hpp>

// What the guards share. They work on any lockable; a heddle one also learns the caller's place
// (through std::lock_guard every report would name a line of the standard library).
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

// How unique_lock and shared_lock hold a mutex.
struct exclusively {
  static constexpr const char* unmapped = "heddle::unique_lock: it has no mutex";
  static constexpr const char* owned = "heddle::unique_lock: it owns the lock already";
  static constexpr const char* unowned = "heddle::unique_lock::unlock: it owns no lock";
  template <class Mutex>
  static void lock(Mutex& on, location where) {
    lock_at(on, where);
  }
  template <class Mutex>
  static bool try_lock(Mutex& on, location where) {
    return try_lock_at(on, where);
  }
  template <class Mutex>
  static void unlock(Mutex& on, location where) {
    unlock_at(on, where);
  }
  template <class Mutex, class Duration>
  static bool try_lock_for(Mutex& on, const Duration& time, location where) {
    if constexpr (requires { on.try_lock_for(time, where); }) {
      return on.try_lock_for(time, where);
    } else {
      return on.try_lock_for(time);
    }
  }
  template <class Mutex, class Instant>
  static bool try_lock_until(Mutex& on, const Instant& deadline, location where) {
    if constexpr (requires { on.try_lock_until(deadline, where); }) {
      return on.try_lock_until(deadline, where);
    } else {
      return on.try_lock_until(deadline);
    }
  }
};

struct shared {
  static constexpr const char* unmapped = "heddle::shared_lock: it has no mutex";
  static constexpr const char* owned = "heddle::shared_lock: it owns the lock already";
  static constexpr const char* unowned = "heddle::shared_lock::unlock: it owns no lock";
  template <class Mutex>
  static void lock(Mutex& on, location where) {
    if constexpr (requires { on.lock_shared(where); }) {
      on.lock_shared(where);
    } else {
      on.lock_shared();
    }
  }
  template <class Mutex>
  static bool try_lock(Mutex& on, location where) {
    if constexpr (requires { on.try_lock_shared(where); }) {
      return on.try_lock_shared(where);
    } else {
      return on.try_lock_shared();
    }
  }
  template <class Mutex>
  static void unlock(Mutex& on, location where) {
    if constexpr (requires { on.unlock_shared(where); }) {
      on.unlock_shared(where);
    } else {
      on.unlock_shared();
    }
  }
  template <class Mutex, class Duration>
  static bool try_lock_for(Mutex& on, const Duration& time, location where) {
    if constexpr (requires { on.try_lock_shared_for(time, where); }) {
      return on.try_lock_shared_for(time, where);
    } else {
      return on.try_lock_shared_for(time);
    }
  }
  template <class Mutex, class Instant>
  static bool try_lock_until(Mutex& on, const Instant& deadline, location where) {
    if constexpr (requires { on.try_lock_shared_until(deadline, where); }) {
      return on.try_lock_shared_until(deadline, where);
    } else {
      return on.try_lock_shared_until(deadline);
    }
  }
};

}  // namespace detail
}  // namespace heddle
