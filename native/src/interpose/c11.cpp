// SPDX-License-Identifier: MIT
#include <threads.h>

#include <cerrno>
#include <type_traits>

#include <heddle/sched/point.hpp>

#include "mutexes.hpp"
#include "once.hpp"
#include "real.hpp"
#include "time.hpp"
#include "user_code.hpp"

// The threads of the C standard come down to POSIX threads inside the C library, where nobody can
// stand in between; here they do so in the open. Its types hold the POSIX ones.
namespace {

using namespace heddle::native;

static_assert(sizeof(mtx_t) >= sizeof(pthread_mutex_t));
static_assert(sizeof(cnd_t) >= sizeof(pthread_cond_t));
static_assert(std::is_same_v<thrd_t, pthread_t>);

pthread_mutex_t* posix(mtx_t* mutex) noexcept { return reinterpret_cast<pthread_mutex_t*>(mutex); }
pthread_cond_t* posix(cnd_t* condition) noexcept {
  return reinterpret_cast<pthread_cond_t*>(condition);
}

int result_of(int error) noexcept {
  switch (error) {
    case 0:
      return thrd_success;
    case ENOMEM:
      return thrd_nomem;
    case ETIMEDOUT:
      return thrd_timedout;
    case EBUSY:
      return thrd_busy;
    default:
      return thrd_error;
  }
}

struct start {
  thrd_start_t function;
  void* argument;
};
void* run(void* closure) {
  const start from = *static_cast<start*>(closure);
  return reinterpret_cast<void*>(static_cast<std::intptr_t>(from.function(from.argument)));
}

}  // namespace

extern "C" {

int thrd_create(thrd_t* thread, thrd_start_t function, void* argument) {
  if (!in_user_code()) return HEDDLE_REAL(thrd_create)(thread, function, argument);
  void* const closure = heddle::sched::allocate(sizeof(start), alignof(start));
  *static_cast<start*>(closure) = {function, argument};
  return result_of(::pthread_create(thread, nullptr, &run, closure));
}
int thrd_join(thrd_t thread, int* result) {
  if (!in_user_code()) return HEDDLE_REAL(thrd_join)(thread, result);
  void* value = nullptr;
  const int error = ::pthread_join(thread, &value);
  if (result != nullptr) *result = static_cast<int>(reinterpret_cast<std::intptr_t>(value));
  return result_of(error);
}
int thrd_detach(thrd_t thread) {
  if (!in_user_code()) return HEDDLE_REAL(thrd_detach)(thread);
  return result_of(::pthread_detach(thread));
}
thrd_t thrd_current() { return ::pthread_self(); }
void thrd_exit(int result) {
  ::pthread_exit(reinterpret_cast<void*>(static_cast<std::intptr_t>(result)));
}
int thrd_sleep(const timespec* time, timespec* left) {
  if (!in_user_code()) return HEDDLE_REAL(thrd_sleep)(time, left);
  return ::nanosleep(time, left);
}
void thrd_yield() { ::sched_yield(); }

int mtx_init(mtx_t* mutex, int type) {
  if (!in_user_code()) return HEDDLE_REAL(mtx_init)(mutex, type);
  pthread_mutexattr_t attributes;
  ::pthread_mutexattr_init(&attributes);
  if ((type & mtx_recursive) != 0) {
    ::pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
  }
  const int error = ::pthread_mutex_init(posix(mutex), &attributes);
  ::pthread_mutexattr_destroy(&attributes);
  return result_of(error);
}
int mtx_lock(mtx_t* mutex) {
  if (!in_user_code()) return HEDDLE_REAL(mtx_lock)(mutex);
  const section here;
  return result_of(mutexes::lock(posix(mutex), heddle::sched::no_deadline, HEDDLE_CALLER));
}
int mtx_timedlock(mtx_t* mutex, const timespec* deadline) {
  if (!in_user_code()) return HEDDLE_REAL(mtx_timedlock)(mutex, deadline);
  const section here;
  return result_of(
      mutexes::lock(posix(mutex), deadline_of(*deadline, CLOCK_REALTIME), HEDDLE_CALLER));
}
int mtx_trylock(mtx_t* mutex) {
  if (!in_user_code()) return HEDDLE_REAL(mtx_trylock)(mutex);
  const section here;
  return result_of(mutexes::try_lock(posix(mutex), HEDDLE_CALLER));
}
int mtx_unlock(mtx_t* mutex) {
  if (!in_user_code()) return HEDDLE_REAL(mtx_unlock)(mutex);
  const section here;
  return result_of(mutexes::unlock(posix(mutex), HEDDLE_CALLER));
}
void mtx_destroy(mtx_t* mutex) { ::pthread_mutex_destroy(posix(mutex)); }

int cnd_init(cnd_t* condition) { return result_of(::pthread_cond_init(posix(condition), nullptr)); }
int cnd_wait(cnd_t* condition, mtx_t* mutex) {
  if (!in_user_code()) return HEDDLE_REAL(cnd_wait)(condition, mutex);
  return result_of(::pthread_cond_wait(posix(condition), posix(mutex)));
}
int cnd_timedwait(cnd_t* condition, mtx_t* mutex, const timespec* deadline) {
  if (!in_user_code()) return HEDDLE_REAL(cnd_timedwait)(condition, mutex, deadline);
  return result_of(::pthread_cond_timedwait(posix(condition), posix(mutex), deadline));
}
int cnd_signal(cnd_t* condition) {
  if (!in_user_code()) return HEDDLE_REAL(cnd_signal)(condition);
  return result_of(::pthread_cond_signal(posix(condition)));
}
int cnd_broadcast(cnd_t* condition) {
  if (!in_user_code()) return HEDDLE_REAL(cnd_broadcast)(condition);
  return result_of(::pthread_cond_broadcast(posix(condition)));
}
void cnd_destroy(cnd_t* condition) { ::pthread_cond_destroy(posix(condition)); }

void call_once(once_flag* flag, void (*function)()) {
  if (!in_user_code()) {
    HEDDLE_REAL(call_once)(flag, function);
    return;
  }
  once::call(reinterpret_cast<pthread_once_t*>(flag), function, HEDDLE_CALLER);
}

int tss_create(tss_t* key, tss_dtor_t destructor) {
  return result_of(::pthread_key_create(key, destructor));
}
void tss_delete(tss_t key) { ::pthread_key_delete(key); }
void* tss_get(tss_t key) { return ::pthread_getspecific(key); }
int tss_set(tss_t key, void* value) { return result_of(::pthread_setspecific(key, value)); }

}  // extern "C"
