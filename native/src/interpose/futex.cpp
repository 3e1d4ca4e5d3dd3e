// SPDX-License-Identifier: MIT
#include <linux/futex.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstdarg>

#include "atomics.hpp"
#include "places/places.hpp"
#include "real.hpp"
#include "shadow.hpp"
#include "time.hpp"
#include "unsupported.hpp"
#include "user_code.hpp"

// Waiting for an atomic to change: what std::atomic::wait, semaphores, latches, barriers and
// futures come down to.
namespace {

using namespace heddle::native;
namespace sched = heddle::sched;

long failed(int error) noexcept {
  errno = error;
  return -1;
}

long wait(int* word, int expected, sched::virtual_time deadline, std::uintptr_t caller) {
  const section here;
  const shadow::use_of_object use_here(word, caller);
  const auto old = static_cast<std::uint32_t>(expected);
  switch (
      sched::atomic_wait_until(atomics::at(word, sizeof *word), old, deadline, place_of(caller))) {
    case sched::atomic_wait_end::differs:
      return failed(EAGAIN);
    case sched::atomic_wait_end::timed_out:
      return failed(ETIMEDOUT);
    default:
      return 0;
  }
}

long wake(int* word, int count, std::uintptr_t caller) {
  const section here;
  sched::atomic_object& on = atomics::at(word, sizeof *word);
  const std::uint32_t waiting = on.waiters;
  if (count == 1) {
    sched::atomic_notify_one(on, place_of(caller));
  } else {
    sched::atomic_notify_all(on, place_of(caller));
  }
  return static_cast<long>(waiting < static_cast<std::uint32_t>(count) ? waiting : count);
}

long futex(int* word, int operation, int value, const timespec* timeout, std::uintptr_t caller) {
  if (timeout != nullptr && (operation & FUTEX_CMD_MASK) != FUTEX_WAKE && !is_valid(*timeout)) {
    return failed(EINVAL);
  }
  switch (operation & FUTEX_CMD_MASK) {
    case FUTEX_WAIT:
      return wait(word, value, timeout == nullptr ? sched::no_deadline : deadline_after(*timeout),
                  caller);
    case FUTEX_WAIT_BITSET: {
      const clockid_t clock =
          (operation & FUTEX_CLOCK_REALTIME) != 0 ? CLOCK_REALTIME : CLOCK_MONOTONIC;
      return wait(word, value,
                  timeout == nullptr ? sched::no_deadline : deadline_of(*timeout, clock), caller);
    }
    case FUTEX_WAKE:
    case FUTEX_WAKE_BITSET:
      return wake(word, value, caller);
    default:
      not_supported("this operation of the futex system call", caller);
  }
}

}  // namespace

extern "C" {

long syscall(long number, ...) noexcept {
  std::va_list arguments;
  va_start(arguments, number);
  long given[6];
  for (long& at : given) at = va_arg(arguments, long);
  va_end(arguments);
  if (!in_user_code() || number != SYS_futex) {
    return HEDDLE_REAL(syscall)(number, given[0], given[1], given[2], given[3], given[4], given[5]);
  }
  return futex(reinterpret_cast<int*>(given[0]), static_cast<int>(given[1]),
               static_cast<int>(given[2]), reinterpret_cast<const timespec*>(given[3]),
               HEDDLE_CALLER);
}

}  // extern "C"
