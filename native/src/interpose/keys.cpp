// SPDX-License-Identifier: MIT
#include <pthread.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstring>
#include <utility>

#include <heddle/sched/thread_hooks.hpp>

#include "callers.hpp"
#include "keys.hpp"
#include "real.hpp"
#include "threads.hpp"
#include "user_code.hpp"

// Thread-specific data. Keys that user code makes have one value per logical thread; for those of
// the test framework all logical threads are the OS thread that explores.
namespace heddle::native {

struct thread_values {
  std::array<const void*, PTHREAD_KEYS_MAX> at;
};

namespace keys {

namespace {
struct key_state {
  bool users = false;
  bool made_here = false;  // in the running execution
  void (*destructor)(void*) = nullptr;
};
std::array<key_state, PTHREAD_KEYS_MAX> all;
std::uint32_t made = 0;
}  // namespace

void delete_made() noexcept {
  for (pthread_key_t key = 0; key < all.size() && made != 0; ++key) {
    if (!all[key].made_here) continue;
    --made;
    ::pthread_key_delete(key);
  }
  made = 0;
}

}  // namespace keys
}  // namespace heddle::native

namespace {

using namespace heddle::native;
namespace sched = heddle::sched;

bool is_users(pthread_key_t key) noexcept { return key < keys::all.size() && keys::all[key].users; }

// Rounds, as the C library does: a destructor may set values.
void destroy_values(void*) {
  thread_record& self = this_record();
  for (int round = 0; round < PTHREAD_DESTRUCTOR_ITERATIONS; ++round) {
    bool any = false;
    for (std::size_t key = 0; key < keys::all.size(); ++key) {
      const void* const value = std::exchange(self.values->at[key], nullptr);
      if (value == nullptr || keys::all[key].destructor == nullptr) continue;
      any = true;
      keys::all[key].destructor(const_cast<void*>(value));
    }
    if (!any) return;
  }
}

}  // namespace

extern "C" {

// A key exists in the C library as well, so that numbers are not given twice.
int pthread_key_create(pthread_key_t* key, void (*destructor)(void*)) {
  const bool users = in_user_code() || is_instrumented(HEDDLE_CALLER);
  const int error = HEDDLE_REAL(pthread_key_create)(key, destructor);
  if (error == 0 && users) {
    keys::all[*key] = {true, in_user_code(), destructor};
    keys::made += in_user_code();
  }
  return error;
}

int pthread_key_delete(pthread_key_t key) {
  if (key < keys::all.size()) keys::all[key] = {};
  return HEDDLE_REAL(pthread_key_delete)(key);
}

void* pthread_getspecific(pthread_key_t key) {
  if (!in_user_code()) return HEDDLE_REAL(pthread_getspecific)(key);
  if (is_users(key)) {
    const thread_record& self = this_record();
    return self.values == nullptr ? nullptr : const_cast<void*>(self.values->at[key]);
  }
  const as_host here;
  return HEDDLE_REAL(pthread_getspecific)(key);
}

int pthread_setspecific(pthread_key_t key, const void* value) {
  if (!in_user_code()) return HEDDLE_REAL(pthread_setspecific)(key, value);
  if (!is_users(key)) {
    const as_host here;
    return HEDDLE_REAL(pthread_setspecific)(key, value);
  }
  thread_record& self = this_record();
  if (self.values == nullptr) {
    const section here;
    self.values =
        static_cast<thread_values*>(sched::allocate(sizeof(thread_values), alignof(thread_values)));
    std::memset(static_cast<void*>(self.values), 0, sizeof *self.values);
    sched::at_thread_exit(sched::exit_phase::signals, &destroy_values, nullptr);
  }
  self.values->at[key] = value;
  return 0;
}

}  // extern "C"

// thread_local objects are destroyed before thread-specific data. Exit actions of the first kind
// run last asked for first, which is what the language wants.
namespace __cxxabiv1 {

using destructor = void (*)(void*);

extern "C" int __cxa_thread_atexit(void (*function)(void*), void* object, void* module) {
  if (!in_user_code()) {
    using real = int (*)(destructor, void*, void*);
    return HEDDLE_REAL_AS(real, "__cxa_thread_atexit_impl")(function, object, module);
  }
  const section here;
  sched::at_thread_exit(sched::exit_phase::destructors, function, object);
  return 0;
}

}  // namespace __cxxabiv1
