// SPDX-License-Identifier: MIT
#include <cstdio>
#include <cstdlib>
#include <string>

#include "bugs.hpp"
#include "gate.hpp"
#include "instructions.hpp"
#include "paired.hpp"
#include "speed.hpp"

// heddle_bench [--benchmark_filter=<what>]: `bugs` (or bugs/<part of a name>) how many executions
// explorers take to find known bugs; `gate` whether an operation has become dearer; `peers` (or
// peers/<part of a name>) the random walk beside that of Relacy; anything else, a part of the names
// of workloads, what executions and operations cost. Figures go to the screen
// as tables and to HEDDLE_BENCH_RESULTS as one JSON object per line.
int main(int argc, char** argv) {
  using namespace heddle::bench;
  std::string filter;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument.starts_with("--benchmark_filter=")) filter = argument.substr(19);
    if (argument.starts_with("--count=") && i + 1 < argc) {  // for the instruction counter
      return run_for_counter(argument.substr(8), std::atoll(argv[i + 1]));
    }
    if (argument.starts_with("--time=") && i + 1 < argc) {  // for the comparison with peers
      return time_for_peers(argument.substr(7), std::atoll(argv[i + 1]));
    }
  }
  if (filter == "gate") return pass_gate() ? 0 : 1;
  std::FILE* out = std::fopen(HEDDLE_BENCH_RESULTS, "w");
  if (filter.starts_with("bugs")) {
    measure_bugs(filter.size() > 5 ? filter.substr(5) : std::string(), out);
  } else if (filter.starts_with("peers")) {
    (void)measure_peers(filter.size() > 6 ? filter.substr(6) : std::string(), out);
  } else {
    measure_speed(filter, out);
  }
  if (out != nullptr) std::fclose(out);
  return 0;
}
