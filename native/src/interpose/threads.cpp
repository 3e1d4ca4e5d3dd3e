// SPDX-License-Identifier: MIT
#include <pthread.h>
#include <sched.h>
#include <signal.h>

#include <cerrno>
#include <cstdio>
#include <exception>

#include <heddle/sched/point.hpp>

#include "places/places.hpp"
#include "real.hpp"
#include "threads.hpp"
#include "unsupported.hpp"
#include "user_code.hpp"

// Threads of user code are threads of the execution; their handle is the address of their record.
namespace {

using namespace heddle::native;
namespace sched = heddle::sched;

struct start {
  void* (*function)(void*);
  void* argument;
};

void run(void* closure) {
  const start from = *static_cast<start*>(closure);
  thread_record& self = this_record();
  self.result = from.function(from.argument);
}

// Whoever asks the C library about a thread means the one that lends itself to it.
pthread_t donor_of(pthread_t handle) noexcept {
  const thread_record* const found = in_user_code() ? record_of(handle) : nullptr;
  return found == nullptr ? handle : found->donor;
}

}  // namespace

extern "C" {

int pthread_create(pthread_t* handle, const pthread_attr_t* attributes, void* (*function)(void*),
                   void* argument) {
  if (!in_user_code()) return HEDDLE_REAL(pthread_create)(handle, attributes, function, argument);
  const section here;
  void* const closure = sched::allocate(sizeof(start), alignof(start));
  *static_cast<start*>(closure) = {function, argument};
  sched::spawned made{};
  try {
    made = sched::spawn(&run, closure, nullptr, place_of(HEDDLE_CALLER));
  } catch (const std::exception&) {  // nobody lends another stack
    return EAGAIN;
  }
  thread_record& record = record_of(made.id);
  record = {};
  record.id = made.id;
  record.handle = made;
  record.donor = reinterpret_cast<pthread_t>(sched::lent_to(made.id).pointer);
  int detached = PTHREAD_CREATE_JOINABLE;
  if (attributes != nullptr) ::pthread_attr_getdetachstate(attributes, &detached);
  record.detached = detached == PTHREAD_CREATE_DETACHED;
  *handle = handle_of(record);
  return 0;
}

int pthread_join(pthread_t handle, void** result) {
  if (!in_user_code()) return HEDDLE_REAL(pthread_join)(handle, result);
  const section here;
  thread_record* const target = record_of(handle);
  if (target == nullptr) return ESRCH;
  if (target == &this_record()) return EDEADLK;
  if (target->detached || target->joined) return EINVAL;
  target->joined = true;
  sched::join(target->handle, place_of(HEDDLE_CALLER));
  if (result != nullptr) *result = target->result;
  return 0;
}

int pthread_detach(pthread_t handle) {
  if (!in_user_code()) return HEDDLE_REAL(pthread_detach)(handle);
  const section here;
  thread_record* const target = record_of(handle);
  if (target == nullptr) return ESRCH;
  if (target->detached || target->joined) return EINVAL;
  target->detached = true;
  sched::detach(target->handle);
  return 0;
}

pthread_t pthread_self() {
  if (!in_user_code()) return HEDDLE_REAL(pthread_self)();
  return handle_of(this_record());
}

void pthread_exit(void* result) {
  if (!in_user_code()) {
    HEDDLE_REAL(pthread_exit)(result);
    __builtin_unreachable();
  }
  this_record().result = result;
  throw sched::thread_ended{};  // unwinds, as the C library does
}

int pthread_getattr_np(pthread_t handle, pthread_attr_t* attributes) {
  return HEDDLE_REAL(pthread_getattr_np)(donor_of(handle), attributes);
}

int pthread_setname_np(pthread_t handle, const char* name) {
  if (!in_user_code()) return HEDDLE_REAL(pthread_setname_np)(handle, name);
  const section here;
  const thread_record* const target = record_of(handle);
  if (target == nullptr) return ESRCH;
  sched::name_thread(target->id, name);
  return 0;
}

int pthread_getname_np(pthread_t handle, char* name, std::size_t bytes) {
  if (!in_user_code()) return HEDDLE_REAL(pthread_getname_np)(handle, name, bytes);
  const thread_record* const target = record_of(handle);
  if (target == nullptr) return ESRCH;
  const int written = std::snprintf(name, bytes, "T%u", target->id);
  return static_cast<std::size_t>(written) < bytes ? 0 : ERANGE;
}

// What the kernel may do with a thread that it does not know is of no consequence.
int pthread_setaffinity_np(pthread_t handle, std::size_t bytes, const cpu_set_t* set) {
  if (!in_user_code()) return HEDDLE_REAL(pthread_setaffinity_np)(handle, bytes, set);
  return 0;
}
int pthread_getaffinity_np(pthread_t handle, std::size_t bytes, cpu_set_t* set) {
  return HEDDLE_REAL(pthread_getaffinity_np)(donor_of(handle), bytes, set);
}
int pthread_getschedparam(pthread_t handle, int* policy, sched_param* parameters) {
  return HEDDLE_REAL(pthread_getschedparam)(donor_of(handle), policy, parameters);
}
int pthread_setschedparam(pthread_t handle, int policy, const sched_param* parameters) {
  if (!in_user_code()) return HEDDLE_REAL(pthread_setschedparam)(handle, policy, parameters);
  return 0;
}
int pthread_setschedprio(pthread_t handle, int priority) {
  if (!in_user_code()) return HEDDLE_REAL(pthread_setschedprio)(handle, priority);
  return 0;
}

int pthread_cancel(pthread_t handle) {
  if (!in_user_code()) return HEDDLE_REAL(pthread_cancel)(handle);
  not_supported("pthread_cancel", HEDDLE_CALLER);
}
int pthread_kill(pthread_t handle, int signal) {
  if (!in_user_code()) return HEDDLE_REAL(pthread_kill)(handle, signal);
  const thread_record* const target = record_of(handle);
  if (target == nullptr) return ESRCH;
  if (signal == 0) return 0;
  if (target == &this_record()) return ::raise(signal);
  not_supported("pthread_kill of another thread", HEDDLE_CALLER);
}
int pthread_tryjoin_np(pthread_t handle, void** result) {
  if (!in_user_code()) return HEDDLE_REAL(pthread_tryjoin_np)(handle, result);
  not_supported("pthread_tryjoin_np", HEDDLE_CALLER);
}
int pthread_timedjoin_np(pthread_t handle, void** result, const timespec* deadline) {
  if (!in_user_code()) return HEDDLE_REAL(pthread_timedjoin_np)(handle, result, deadline);
  not_supported("pthread_timedjoin_np", HEDDLE_CALLER);
}
int pthread_clockjoin_np(pthread_t handle, void** result, clockid_t clock,
                         const timespec* deadline) {
  if (!in_user_code()) return HEDDLE_REAL(pthread_clockjoin_np)(handle, result, clock, deadline);
  not_supported("pthread_clockjoin_np", HEDDLE_CALLER);
}

}  // extern "C"
