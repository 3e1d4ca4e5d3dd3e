// SPDX-License-Identifier: MIT
#include <pthread.h>

#include <cerrno>

#include "objects.hpp"
#include "real.hpp"
#include "user_code.hpp"

namespace {

using namespace heddle::native;
namespace sched = heddle::sched;

sched::mutex_object& at(pthread_spinlock_t* lock) {
  return objects::find_or_make<sched::mutex_object>(
      lock, use::mutex, [](void* memory, sched::stable_key key) {
        return new (memory) sched::mutex_object(false, heddle::location{}, key);
      });
}
void* address_of(pthread_spinlock_t* lock) noexcept { return const_cast<int*>(lock); }

}  // namespace

extern "C" {

int pthread_spin_init(pthread_spinlock_t* lock, int shared) {
  objects::begin_life(address_of(lock), use::mutex);
  return HEDDLE_REAL(pthread_spin_init)(lock, shared);
}
int pthread_spin_destroy(pthread_spinlock_t* lock) {
  objects::end_life<sched::mutex_object>(address_of(lock), use::mutex);
  return HEDDLE_REAL(pthread_spin_destroy)(lock);
}
int pthread_spin_lock(pthread_spinlock_t* lock) {
  if (!in_user_code()) return HEDDLE_REAL(pthread_spin_lock)(lock);
  const section here;
  sched::lock(at(lock), place_of(HEDDLE_CALLER));
  return 0;
}
int pthread_spin_trylock(pthread_spinlock_t* lock) {
  if (!in_user_code()) return HEDDLE_REAL(pthread_spin_trylock)(lock);
  const section here;
  auto& on = at(lock);
  if (on.owner == sched::this_thread()) return EBUSY;
  return sched::try_lock(on, place_of(HEDDLE_CALLER)) ? 0 : EBUSY;
}
int pthread_spin_unlock(pthread_spinlock_t* lock) {
  if (!in_user_code()) return HEDDLE_REAL(pthread_spin_unlock)(lock);
  const section here;
  sched::unlock(at(lock), place_of(HEDDLE_CALLER));
  return 0;
}

}  // extern "C"
