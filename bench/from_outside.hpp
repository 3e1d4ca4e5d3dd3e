// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace heddle::bench {

// Of one execution in steady state: counted as the difference of two runs of this program with
// `few` and with `many` executions, so that start-up cancels. `name`: explorer/workload. Nothing
// where the program that counts is not there or may not.

// By valgrind's callgrind: free of noise.
[[nodiscard]] std::optional<double> instructions_per_execution(const std::string& name,
                                                               std::int64_t few, std::int64_t many);
// By strace.
[[nodiscard]] std::optional<double> system_calls_per_execution(const std::string& name,
                                                               std::int64_t few, std::int64_t many);

// What is missing of the programs that count, in words; empty if nothing is.
[[nodiscard]] std::string missing_counters();

}  // namespace heddle::bench
