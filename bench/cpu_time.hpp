// SPDX-License-Identifier: MIT
#pragma once

#include <ctime>

namespace heddle::bench {

// Nanoseconds of the processor that this process has had: what other programs do meanwhile does not
// count.
[[nodiscard]] inline double cpu_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

}  // namespace heddle::bench
