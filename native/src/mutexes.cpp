// SPDX-License-Identifier: MIT
#include "mutexes.hpp"

#include <cerrno>

#include "objects.hpp"
#include "shadow.hpp"

namespace heddle::native::mutexes {

namespace {

enum class type { normal, recursive, errorcheck };

// As the C library keeps it; adaptive ones are normal ones that spin first.
type type_of(const pthread_mutex_t* mutex) noexcept {
  switch (mutex->__data.__kind & 3) {
    case PTHREAD_MUTEX_RECURSIVE_NP:
      return type::recursive;
    case PTHREAD_MUTEX_ERRORCHECK_NP:
      return type::errorcheck;
    default:
      return type::normal;
  }
}

bool is_mine(const sched::mutex_object& mutex) noexcept {
  return mutex.owner == sched::this_thread();
}

}  // namespace

bool is_known(const pthread_mutex_t* mutex) noexcept { return objects::known(mutex, use::mutex); }

sched::mutex_object& at(pthread_mutex_t* mutex, std::uintptr_t caller) {
  shadow::check_use(reinterpret_cast<std::uintptr_t>(mutex), caller);
  return objects::find_or_make<sched::mutex_object>(
      mutex, use::mutex, [&](void* memory, sched::stable_key key) {
        const type kind = type_of(mutex);
        auto* const made =
            new (memory) sched::mutex_object(kind == type::recursive, location{}, key);
        made->anyone_unlocks = kind == type::normal;
        return made;
      });
}

int lock(pthread_mutex_t* mutex, sched::virtual_time deadline, std::uintptr_t caller) {
  sched::mutex_object& on = at(mutex, caller);
  if (is_mine(on) && type_of(mutex) == type::errorcheck) return EDEADLK;
  const location where = place_of(caller);
  if (deadline == sched::no_deadline) {
    sched::lock(on, where);
    return 0;
  }
  return sched::lock_until(on, deadline, where) ? 0 : ETIMEDOUT;
}

int try_lock(pthread_mutex_t* mutex, std::uintptr_t caller) {
  sched::mutex_object& on = at(mutex, caller);
  if (is_mine(on) && !on.recursive) return EBUSY;  // nobody else can change that
  return sched::try_lock(on, place_of(caller)) ? 0 : EBUSY;
}

int unlock(pthread_mutex_t* mutex, std::uintptr_t caller) {
  sched::mutex_object& on = at(mutex, caller);
  if (!is_mine(on) && type_of(mutex) != type::normal) return EPERM;
  sched::unlock(on, place_of(caller));
  return 0;
}

}  // namespace heddle::native::mutexes
