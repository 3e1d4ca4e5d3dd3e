// SPDX-License-Identifier: MIT
#include "once.hpp"

#include <pthread.h>

#include "callers.hpp"
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
  // What libraries do once for themselves is over after the first execution.
  if (!in_user_code() || !(is_instrumented(HEDDLE_CALLER) || objects::known(control, use::once))) {
    return HEDDLE_REAL(pthread_once)(control, function);
  }
  return once::call(control, function, HEDDLE_CALLER);
}

}  // extern "C"

namespace heddle::native::once {

int call(pthread_once_t* control, void (*function)(), std::uintptr_t caller) {
  bool mine = false;
  {
    const section here;
    if (*control == done && !objects::known(control, use::once)) return 0;  // long ago
    mine = begin(control, caller);
  }
  if (!mine) return 0;
  struct ending {
    pthread_once_t* control;
    std::uintptr_t caller;
    bool returned = false;
    ~ending() {
      const section here;
      end(control, returned, caller);
      if (returned) *control = done;
    }
  } ends{control, caller};
  function();
  ends.returned = true;
  return 0;
}

}  // namespace heddle::native::once
