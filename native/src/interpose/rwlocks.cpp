// SPDX-License-Identifier: MIT
#include <cerrno>

#include "callers.hpp"
#include "objects.hpp"
#include "real.hpp"
#include "shadow.hpp"
#include "time.hpp"
#include "user_code.hpp"

// Read-write locks: std::shared_mutex and pthread_rwlock_t. Whose one is, is decided as for
// mutexes: the standard library has some of its own.
namespace {

using namespace heddle::native;
namespace sched = heddle::sched;

bool is_users(const pthread_rwlock_t* lock, std::uintptr_t caller) noexcept {
  return in_user_code() && (objects::known(lock, use::shared_mutex) || is_instrumented(caller));
}

sched::shared_mutex_object& at(pthread_rwlock_t* lock) {
  return objects::find_or_make<sched::shared_mutex_object>(
      lock, use::shared_mutex, [](void* memory, sched::stable_key key) {
        return new (memory) sched::shared_mutex_object(heddle::location{}, key);
      });
}

bool is_mine(const sched::shared_mutex_object& lock) noexcept {
  return lock.owner == sched::this_thread();
}

int lock(pthread_rwlock_t* lock, bool shared, sched::virtual_time deadline, std::uintptr_t caller) {
  const section here;
  const shadow::use_of_object use_here(lock, caller);
  auto& on = at(lock);
  if (is_mine(on)) return EDEADLK;
  const heddle::location where = place_of(caller);
  const bool taken =
      shared ? sched::lock_shared(on, deadline, where) : sched::lock_exclusive(on, deadline, where);
  return taken ? 0 : ETIMEDOUT;
}
int try_lock(pthread_rwlock_t* lock, bool shared, std::uintptr_t caller) {
  const section here;
  const shadow::use_of_object use_here(lock, caller);
  auto& on = at(lock);
  if (is_mine(on)) return EBUSY;
  const heddle::location where = place_of(caller);
  const bool taken =
      shared ? sched::try_lock_shared(on, where) : sched::try_lock_exclusive(on, where);
  return taken ? 0 : EBUSY;
}

}  // namespace

extern "C" {

int pthread_rwlock_rdlock(pthread_rwlock_t* on) {
  if (!is_users(on, HEDDLE_CALLER)) return HEDDLE_REAL(pthread_rwlock_rdlock)(on);
  return lock(on, true, sched::no_deadline, HEDDLE_CALLER);
}
int pthread_rwlock_wrlock(pthread_rwlock_t* on) {
  if (!is_users(on, HEDDLE_CALLER)) return HEDDLE_REAL(pthread_rwlock_wrlock)(on);
  return lock(on, false, sched::no_deadline, HEDDLE_CALLER);
}
int pthread_rwlock_tryrdlock(pthread_rwlock_t* on) {
  if (!is_users(on, HEDDLE_CALLER)) return HEDDLE_REAL(pthread_rwlock_tryrdlock)(on);
  return try_lock(on, true, HEDDLE_CALLER);
}
int pthread_rwlock_trywrlock(pthread_rwlock_t* on) {
  if (!is_users(on, HEDDLE_CALLER)) return HEDDLE_REAL(pthread_rwlock_trywrlock)(on);
  return try_lock(on, false, HEDDLE_CALLER);
}
int pthread_rwlock_timedrdlock(pthread_rwlock_t* on, const timespec* deadline) {
  if (!is_users(on, HEDDLE_CALLER)) return HEDDLE_REAL(pthread_rwlock_timedrdlock)(on, deadline);
  if (!is_valid(*deadline)) return EINVAL;
  return lock(on, true, deadline_of(*deadline, CLOCK_REALTIME), HEDDLE_CALLER);
}
int pthread_rwlock_timedwrlock(pthread_rwlock_t* on, const timespec* deadline) {
  if (!is_users(on, HEDDLE_CALLER)) return HEDDLE_REAL(pthread_rwlock_timedwrlock)(on, deadline);
  if (!is_valid(*deadline)) return EINVAL;
  return lock(on, false, deadline_of(*deadline, CLOCK_REALTIME), HEDDLE_CALLER);
}
int pthread_rwlock_clockrdlock(pthread_rwlock_t* on, clockid_t clock, const timespec* deadline) {
  if (!is_users(on, HEDDLE_CALLER)) {
    return HEDDLE_REAL(pthread_rwlock_clockrdlock)(on, clock, deadline);
  }
  if (!is_valid(*deadline)) return EINVAL;
  return lock(on, true, deadline_of(*deadline, clock), HEDDLE_CALLER);
}
int pthread_rwlock_clockwrlock(pthread_rwlock_t* on, clockid_t clock, const timespec* deadline) {
  if (!is_users(on, HEDDLE_CALLER)) {
    return HEDDLE_REAL(pthread_rwlock_clockwrlock)(on, clock, deadline);
  }
  if (!is_valid(*deadline)) return EINVAL;
  return lock(on, false, deadline_of(*deadline, clock), HEDDLE_CALLER);
}

int pthread_rwlock_unlock(pthread_rwlock_t* lock) {
  if (!in_user_code() || !objects::known(lock, use::shared_mutex)) {
    return HEDDLE_REAL(pthread_rwlock_unlock)(lock);
  }
  const section here;
  const shadow::use_of_object use_here(lock, HEDDLE_CALLER);
  auto& on = at(lock);
  const heddle::location where = place_of(HEDDLE_CALLER);
  if (on.owner != sched::no_thread) {
    sched::unlock_exclusive(on, where);
  } else {
    sched::unlock_shared(on, where);
  }
  return 0;
}

int pthread_rwlock_init(pthread_rwlock_t* lock, const pthread_rwlockattr_t* attributes) {
  objects::begin_life(lock, use::shared_mutex);
  return HEDDLE_REAL(pthread_rwlock_init)(lock, attributes);
}

int pthread_rwlock_destroy(pthread_rwlock_t* lock) {
  objects::end_life<sched::shared_mutex_object>(lock, use::shared_mutex);
  return HEDDLE_REAL(pthread_rwlock_destroy)(lock);
}

}  // extern "C"
