// SPDX-License-Identifier: MIT
#include <semaphore.h>

#include <cerrno>
#include <climits>
#include <cstring>

#include "objects.hpp"
#include "real.hpp"
#include "time.hpp"
#include "user_code.hpp"

namespace {

using namespace heddle::native;
namespace sched = heddle::sched;

// As the C library keeps it: the value in the low half of the first eight bytes.
std::uint32_t value_of(const sem_t* semaphore) noexcept {
  std::uint32_t value;
  std::memcpy(&value, semaphore, sizeof value);
  return value;
}

sched::semaphore_object& at(sem_t* semaphore) {
  return objects::find_or_make<sched::semaphore_object>(
      semaphore, use::semaphore, [&](void* memory, sched::stable_key key) {
        return new (memory)
            sched::semaphore_object(value_of(semaphore), SEM_VALUE_MAX, heddle::location{}, key);
      });
}

int result_of(int error) noexcept {
  if (error == 0) return 0;
  errno = error;
  return -1;
}

int wait(sem_t* semaphore, sched::virtual_time deadline, std::uintptr_t caller) {
  const section here;
  return result_of(sched::acquire(at(semaphore), deadline, place_of(caller)) ? 0 : ETIMEDOUT);
}

}  // namespace

extern "C" {

int sem_init(sem_t* semaphore, int shared, unsigned value) {
  objects::begin_life(semaphore, use::semaphore);
  return HEDDLE_REAL(sem_init)(semaphore, shared, value);
}
int sem_destroy(sem_t* semaphore) {
  objects::end_life<sched::semaphore_object>(semaphore, use::semaphore);
  return HEDDLE_REAL(sem_destroy)(semaphore);
}
int sem_wait(sem_t* semaphore) {
  if (!in_user_code()) return HEDDLE_REAL(sem_wait)(semaphore);
  return wait(semaphore, sched::no_deadline, HEDDLE_CALLER);
}
int sem_timedwait(sem_t* semaphore, const timespec* deadline) {
  if (!in_user_code()) return HEDDLE_REAL(sem_timedwait)(semaphore, deadline);
  if (!is_valid(*deadline)) return result_of(EINVAL);
  return wait(semaphore, deadline_of(*deadline, CLOCK_REALTIME), HEDDLE_CALLER);
}
int sem_clockwait(sem_t* semaphore, clockid_t clock, const timespec* deadline) {
  if (!in_user_code()) return HEDDLE_REAL(sem_clockwait)(semaphore, clock, deadline);
  if (!is_valid(*deadline)) return result_of(EINVAL);
  return wait(semaphore, deadline_of(*deadline, clock), HEDDLE_CALLER);
}
int sem_trywait(sem_t* semaphore) {
  if (!in_user_code()) return HEDDLE_REAL(sem_trywait)(semaphore);
  const section here;
  return result_of(sched::try_acquire(at(semaphore), place_of(HEDDLE_CALLER)) ? 0 : EAGAIN);
}
int sem_post(sem_t* semaphore) {
  if (!in_user_code()) return HEDDLE_REAL(sem_post)(semaphore);
  const section here;
  auto& on = at(semaphore);
  if (on.count == on.max) return result_of(EOVERFLOW);
  sched::release(on, 1, place_of(HEDDLE_CALLER));
  return 0;
}
int sem_getvalue(sem_t* semaphore, int* value) {
  if (!in_user_code()) return HEDDLE_REAL(sem_getvalue)(semaphore, value);
  const section here;
  *value = static_cast<int>(at(semaphore).count);
  return 0;
}

}  // extern "C"
