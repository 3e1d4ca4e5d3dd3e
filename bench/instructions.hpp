// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

namespace heddle::bench {

// Instructions of one execution of a workload, counted by valgrind's callgrind as the difference of
// two runs of this program, so that start-up cancels: free of noise. 0 where there is no valgrind.
[[nodiscard]] double instructions_per_execution(const std::string& workload);

// What the counter counts: runs a workload under the random walk. An exit status.
int run_for_counter(const std::string& name, std::int64_t executions);

}  // namespace heddle::bench
