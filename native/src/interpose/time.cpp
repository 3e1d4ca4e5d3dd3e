// SPDX-License-Identifier: MIT
#include "time.hpp"

#include <sched.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>

#include "places/places.hpp"
#include "real.hpp"
#include "user_code.hpp"

// Sleeps, yields and clocks: in an execution all of them know virtual time only.
namespace {

using namespace heddle::native;
namespace sched = heddle::sched;

// Who sleeps for no time at all gives way, as spin locks do.
void sleep_until(sched::virtual_time deadline, std::uintptr_t caller) {
  const section here;
  if (deadline <= sched::peek_now()) {
    sched::yield(place_of(caller));
  } else {
    sched::sleep_until(deadline, place_of(caller));
  }
}
timespec now(clockid_t clock, std::uintptr_t caller) {
  const section here;
  return to_timespec(start_of(clock) + sched::now(place_of(caller)));
}

}  // namespace

extern "C" {

int nanosleep(const timespec* time, timespec* left) {
  if (!in_user_code()) return HEDDLE_REAL(nanosleep)(time, left);
  if (!is_valid(*time) || time->tv_sec < 0) {
    errno = EINVAL;
    return -1;
  }
  sleep_until(deadline_after(*time), HEDDLE_CALLER);
  if (left != nullptr) *left = {};
  return 0;
}

int clock_nanosleep(clockid_t clock, int flags, const timespec* time, timespec* left) {
  if (!in_user_code()) return HEDDLE_REAL(clock_nanosleep)(clock, flags, time, left);
  if (!is_valid(*time)) return EINVAL;
  const bool absolute = (flags & TIMER_ABSTIME) != 0;
  sleep_until(absolute ? deadline_of(*time, clock) : deadline_after(*time), HEDDLE_CALLER);
  return 0;
}

int usleep(useconds_t microseconds) {
  if (!in_user_code()) return HEDDLE_REAL(usleep)(microseconds);
  sleep_until(sched::peek_now() + std::uint64_t{microseconds} * 1'000, HEDDLE_CALLER);
  return 0;
}

unsigned sleep(unsigned seconds) {
  if (!in_user_code()) return HEDDLE_REAL(sleep)(seconds);
  sleep_until(sched::peek_now() + seconds * second, HEDDLE_CALLER);
  return 0;
}

int sched_yield() {
  if (!in_user_code()) return HEDDLE_REAL(sched_yield)();
  const section here;
  sched::yield(place_of(HEDDLE_CALLER));
  return 0;
}

int clock_gettime(clockid_t clock, timespec* time) {
  if (!in_user_code()) return HEDDLE_REAL(clock_gettime)(clock, time);
  *time = now(clock, HEDDLE_CALLER);
  return 0;
}

int timespec_get(timespec* time, int base) {
  if (!in_user_code()) return HEDDLE_REAL(timespec_get)(time, base);
  if (base != TIME_UTC) return 0;
  *time = now(CLOCK_REALTIME, HEDDLE_CALLER);
  return base;
}

int gettimeofday(timeval* time, void* zone) {
  if (!in_user_code()) return HEDDLE_REAL(gettimeofday)(time, zone);
  const timespec at = now(CLOCK_REALTIME, HEDDLE_CALLER);
  *time = {at.tv_sec, at.tv_nsec / 1'000};
  return 0;
}

time_t time(time_t* result) {
  if (!in_user_code()) return HEDDLE_REAL(time)(result);
  const time_t at = now(CLOCK_REALTIME, HEDDLE_CALLER).tv_sec;
  if (result != nullptr) *result = at;
  return at;
}

// How much processor time was used nobody can tell; it goes by as the clock does.
clock_t clock() {
  if (!in_user_code()) return HEDDLE_REAL(clock)();
  return static_cast<clock_t>(sched::peek_now() / (second / CLOCKS_PER_SEC));
}

}  // extern "C"
