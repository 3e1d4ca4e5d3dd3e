// SPDX-License-Identifier: MIT
#include <exception>

#include <heddle/sched/lender.hpp>

#include "mutexes.hpp"
#include "objects.hpp"
#include "user_code.hpp"

// Functions of the standard library that synchronise where nobody sees it, in code that is not
// instrumented, and that user code calls: the linker hands those calls over (--wrap, see
// program/CMakeLists.txt), whether the library is linked statically or not. The names are those of
// libstdc++.
namespace heddle::native {

namespace {

// The library has a few mutexes for the functions that treat a shared_ptr as an atomic; this stands
// for all of them.
pthread_mutex_t atomic_shared_pointers = PTHREAD_MUTEX_INITIALIZER;

void lock_shared_pointers(std::uintptr_t caller) {
  const section here;
  (void)mutexes::lock(&atomic_shared_pointers, sched::no_deadline, caller);
}

// What is known of an exception that several exception_ptrs hold: who lets it go has done with it,
// before the last one destroys it.
void let_go(void* exception) {
  const section here;
  auto& on = objects::find_or_make<sched::atomic_object>(
      exception, use::exception, [](void* memory, sched::stable_key key) {
        return new (memory) sched::atomic_object(0, nullptr, location{}, key);
      });
  sched::acquire_from(on.released);
  sched::release_to(on.released);
}

}  // namespace
}  // namespace heddle::native

using namespace heddle::native;

extern "C" {

// std::_Sp_locker(const void*), (const void*, const void*), ~_Sp_locker()
[[gnu::weak]] void __real__ZNSt10_Sp_lockerC1EPKv(void* self, const void* one);
void __wrap__ZNSt10_Sp_lockerC1EPKv(void* self, const void* one) {
  if (!in_user_code()) return __real__ZNSt10_Sp_lockerC1EPKv(self, one);
  lock_shared_pointers(HEDDLE_CALLER);
}
[[gnu::weak]] void __real__ZNSt10_Sp_lockerC1EPKvS1_(void* self, const void* one,
                                                     const void* other);
void __wrap__ZNSt10_Sp_lockerC1EPKvS1_(void* self, const void* one, const void* other) {
  if (!in_user_code()) return __real__ZNSt10_Sp_lockerC1EPKvS1_(self, one, other);
  lock_shared_pointers(HEDDLE_CALLER);
}
[[gnu::weak]] void __real__ZNSt10_Sp_lockerD1Ev(void* self);
void __wrap__ZNSt10_Sp_lockerD1Ev(void* self) {
  if (!in_user_code()) return __real__ZNSt10_Sp_lockerD1Ev(self);
  const section here;
  (void)mutexes::unlock(&atomic_shared_pointers, HEDDLE_CALLER);
}

// std::exception_ptr::_M_release(): the count goes down.
[[gnu::weak]] void __real__ZNSt15__exception_ptr13exception_ptr10_M_releaseEv(void** self);
void __wrap__ZNSt15__exception_ptr13exception_ptr10_M_releaseEv(void** self) {
  if (in_user_code() && *self != nullptr) let_go(*self);
  __real__ZNSt15__exception_ptr13exception_ptr10_M_releaseEv(self);
}

}  // extern "C"
