// SPDX-License-Identifier: MIT
#include "unsupported.hpp"

#include <string>

#include <heddle/sched/point.hpp>

#include "places/places.hpp"
#include "user_code.hpp"

namespace heddle::native {

void not_supported(const char* function, std::uintptr_t caller) {
  {
    const section here;
    sched::report(failure_kind::misuse,
                  std::string("it calls ") + function +
                      ", which the native door does not support; see docs/native.md",
                  place_of(caller));
  }
  throw sched::thread_ended{};
}

}  // namespace heddle::native
