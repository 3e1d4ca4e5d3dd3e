// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace heddle::bench {

// Instructions of one execution of a workload, counted by valgrind's callgrind as the difference of
// two runs of this program, so that start-up cancels: free of noise. 0 where there is no valgrind.
[[nodiscard]] double instructions_per_execution(const std::string& workload);

}  // namespace heddle::bench
