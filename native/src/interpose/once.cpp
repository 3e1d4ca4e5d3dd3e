// SPDX-License-Identifier: MIT
#include "once.hpp"

#include <pthread.h>

#include "objects.hpp"
#include "real.hpp"
#include "user_code.hpp"

namespace {

using namespace heddle::native;
constexpr pthread_once_t done = 2;  // as the C library keeps it

}  // namespace

extern "C" {

// std::call_once comes this way, too. A function that throws has not been called.
int pthread_once(pthread_once_t* control, void (*function)()) {
  if (!in_user_code()) return HEDDLE_REAL(pthread_once)(control, function);
  bool mine = false;
  {
    const section here;
    if (*control == done && !objects::known(control, use::once)) return 0;  // long ago
    mine = once::begin(control, HEDDLE_CALLER);
  }
  if (!mine) return 0;
  struct ending {
    pthread_once_t* control;
    std::uintptr_t caller;
    bool returned = false;
    ~ending() {
      const section here;
      once::end(control, returned, caller);
      if (returned) *control = done;
    }
  } ends{control, HEDDLE_CALLER};
  function();
  ends.returned = true;
  return 0;
}

}  // extern "C"
