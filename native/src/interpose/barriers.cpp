// SPDX-License-Identifier: MIT
#include <pthread.h>

#include <cstring>

#include "objects.hpp"
#include "real.hpp"
#include "user_code.hpp"

namespace {

using namespace heddle::native;
namespace sched = heddle::sched;

// As the C library keeps it: arrivals so far, round, parties.
unsigned parties_of(const pthread_barrier_t* barrier) noexcept {
  unsigned words[3];
  std::memcpy(words, barrier, sizeof words);
  return words[2];
}

sched::barrier_object& at(pthread_barrier_t* barrier) {
  return objects::find_or_make<sched::barrier_object>(
      barrier, use::barrier, [&](void* memory, sched::stable_key key) {
        return new (memory) sched::barrier_object(parties_of(barrier), heddle::location{}, key);
      });
}

}  // namespace

extern "C" {

int pthread_barrier_init(pthread_barrier_t* barrier, const pthread_barrierattr_t* attributes,
                         unsigned parties) {
  objects::begin_life(barrier, use::barrier);
  return HEDDLE_REAL(pthread_barrier_init)(barrier, attributes, parties);
}

int pthread_barrier_wait(pthread_barrier_t* barrier) {
  if (!in_user_code()) return HEDDLE_REAL(pthread_barrier_wait)(barrier);
  const section here;
  auto& on = at(barrier);
  const heddle::location where = place_of(HEDDLE_CALLER);
  bool last = false;
  const std::uint64_t phase = sched::arrive(on, 1, false, last, where);
  const bool was_last = on.phase != phase;
  sched::await_phase(on, phase, where);  // at once if it was; it sees what all have done
  return was_last ? PTHREAD_BARRIER_SERIAL_THREAD : 0;
}

int pthread_barrier_destroy(pthread_barrier_t* barrier) {
  objects::end_life<sched::barrier_object>(barrier, use::barrier);
  return HEDDLE_REAL(pthread_barrier_destroy)(barrier);
}

}  // extern "C"
