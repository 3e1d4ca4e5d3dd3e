// SPDX-License-Identifier: MIT
#include "mutexes.hpp"

#include "callers.hpp"
#include "objects.hpp"
#include "real.hpp"
#include "time.hpp"
#include "user_code.hpp"

using namespace heddle::native;

namespace {

// A lock of a mutex that is not known yet: whose is it?
bool is_users(const pthread_mutex_t* mutex, std::uintptr_t caller) noexcept {
  return mutexes::is_known(mutex) || is_instrumented(caller);
}

}  // namespace

extern "C" {

int pthread_mutex_lock(pthread_mutex_t* mutex) {
  if (!in_user_code() || !is_users(mutex, HEDDLE_CALLER)) {
    return HEDDLE_REAL(pthread_mutex_lock)(mutex);
  }
  const section here;
  return mutexes::lock(mutex, heddle::sched::no_deadline, HEDDLE_CALLER);
}

int pthread_mutex_trylock(pthread_mutex_t* mutex) {
  if (!in_user_code() || !is_users(mutex, HEDDLE_CALLER)) {
    return HEDDLE_REAL(pthread_mutex_trylock)(mutex);
  }
  const section here;
  return mutexes::try_lock(mutex, HEDDLE_CALLER);
}

int pthread_mutex_timedlock(pthread_mutex_t* mutex, const timespec* deadline) {
  if (!in_user_code() || !is_users(mutex, HEDDLE_CALLER)) {
    return HEDDLE_REAL(pthread_mutex_timedlock)(mutex, deadline);
  }
  if (!is_valid(*deadline)) return EINVAL;
  const section here;
  return mutexes::lock(mutex, deadline_of(*deadline, CLOCK_REALTIME), HEDDLE_CALLER);
}

int pthread_mutex_clocklock(pthread_mutex_t* mutex, clockid_t clock, const timespec* deadline) {
  if (!in_user_code() || !is_users(mutex, HEDDLE_CALLER)) {
    return HEDDLE_REAL(pthread_mutex_clocklock)(mutex, clock, deadline);
  }
  if (!is_valid(*deadline)) return EINVAL;
  const section here;
  return mutexes::lock(mutex, deadline_of(*deadline, clock), HEDDLE_CALLER);
}

int pthread_mutex_unlock(pthread_mutex_t* mutex) {
  // What user code has locked before the execution began it unlocks in earnest, too.
  if (!in_user_code()) return HEDDLE_REAL(pthread_mutex_unlock)(mutex);
  if (!mutexes::is_known(mutex) && (mutex->__data.__lock != 0 || !is_instrumented(HEDDLE_CALLER))) {
    return HEDDLE_REAL(pthread_mutex_unlock)(mutex);
  }
  const section here;
  return mutexes::unlock(mutex, HEDDLE_CALLER);
}

// A mutex lies where another one was: what was known is forgotten.
int pthread_mutex_init(pthread_mutex_t* mutex, const pthread_mutexattr_t* attributes) {
  objects::begin_life(mutex, use::mutex);
  return HEDDLE_REAL(pthread_mutex_init)(mutex, attributes);
}

int pthread_mutex_destroy(pthread_mutex_t* mutex) {
  objects::end_life<heddle::sched::mutex_object>(mutex, use::mutex);
  return HEDDLE_REAL(pthread_mutex_destroy)(mutex);
}

}  // extern "C"
