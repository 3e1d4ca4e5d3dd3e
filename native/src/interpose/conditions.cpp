// SPDX-License-Identifier: MIT
#include <cerrno>

#include "callers.hpp"
#include "mutexes.hpp"
#include "objects.hpp"
#include "real.hpp"
#include "shadow.hpp"
#include "time.hpp"
#include "user_code.hpp"

// Condition variables are under control whoever calls: the standard library does it for its users.
namespace {

using namespace heddle::native;
namespace sched = heddle::sched;

sched::condition_object& at(pthread_cond_t* condition) {
  return objects::find_or_make<sched::condition_object>(
      condition, use::condition, [](void* memory, sched::stable_key key) {
        return new (memory) sched::condition_object(heddle::location{}, key);
      });
}

// As the C library keeps what pthread_condattr_setclock has said.
clockid_t clock_of(const pthread_cond_t* condition) noexcept {
  return (condition->__data.__wrefs & 2) != 0 ? CLOCK_MONOTONIC : CLOCK_REALTIME;
}

// A thread that holds the mutex in earnest waits in earnest: it is library code all through.
bool is_users(const pthread_mutex_t* mutex) noexcept { return mutexes::is_known(mutex); }

int wait(pthread_cond_t* condition, pthread_mutex_t* mutex, sched::virtual_time deadline,
         std::uintptr_t caller) {
  const section here;
  const shadow::use_of_object use_here(mutex, caller);
  const bool notified = sched::wait(at(condition), mutexes::at(mutex), deadline, place_of(caller));
  return notified ? 0 : ETIMEDOUT;
}

}  // namespace

extern "C" {

int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
  if (!in_user_code() || !is_users(mutex)) return HEDDLE_REAL(pthread_cond_wait)(condition, mutex);
  return wait(condition, mutex, sched::no_deadline, HEDDLE_CALLER);
}

int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                           const timespec* deadline) {
  if (!in_user_code() || !is_users(mutex)) {
    return HEDDLE_REAL(pthread_cond_timedwait)(condition, mutex, deadline);
  }
  if (!is_valid(*deadline)) return EINVAL;
  return wait(condition, mutex, deadline_of(*deadline, clock_of(condition)), HEDDLE_CALLER);
}

int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock,
                           const timespec* deadline) {
  if (!in_user_code() || !is_users(mutex)) {
    return HEDDLE_REAL(pthread_cond_clockwait)(condition, mutex, clock, deadline);
  }
  if (!is_valid(*deadline)) return EINVAL;
  return wait(condition, mutex, deadline_of(*deadline, clock), HEDDLE_CALLER);
}

int pthread_cond_signal(pthread_cond_t* condition) {
  if (!in_user_code()) return HEDDLE_REAL(pthread_cond_signal)(condition);
  const section here;
  const shadow::use_of_object use_here(condition, HEDDLE_CALLER);
  sched::notify_one(at(condition), place_of(HEDDLE_CALLER));
  return 0;
}

int pthread_cond_broadcast(pthread_cond_t* condition) {
  if (!in_user_code()) return HEDDLE_REAL(pthread_cond_broadcast)(condition);
  const section here;
  const shadow::use_of_object use_here(condition, HEDDLE_CALLER);
  sched::notify_all(at(condition), place_of(HEDDLE_CALLER));
  return 0;
}

int pthread_cond_init(pthread_cond_t* condition, const pthread_condattr_t* attributes) {
  objects::begin_life(condition, use::condition);
  return HEDDLE_REAL(pthread_cond_init)(condition, attributes);
}

int pthread_cond_destroy(pthread_cond_t* condition) {
  objects::end_life<sched::condition_object>(condition, use::condition);
  return HEDDLE_REAL(pthread_cond_destroy)(condition);
}

}  // extern "C"
