// SPDX-License-Identifier: MIT
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <string_view>

#include "bugs.hpp"
#include "child.hpp"
#include "from_outside.hpp"
#include "gate.hpp"
#include "native_door.hpp"
#include "paired.hpp"
#include "paired_search.hpp"
#include "reporter.hpp"
#include "scaling.hpp"
#include "speed.hpp"

namespace {

using namespace heddle::bench;

// What Google Benchmark runs: everything whose name the filter (a regular expression) matches.
void measure_speed(int argc, char** argv, std::FILE* out) {
  benchmark::Initialize(&argc, argv);
  register_speed();
  register_native_door();
  reporter to(out);
  if (benchmark::RunSpecifiedBenchmarks(&to) == 0) {
    fmt::print(
        "there is no such workload: explorer/name, as in random/lost_update2 or "
        "native/random/lost_update2\n");
  }
  fmt::print("\n{}", missing_counters());
}

}  // namespace

// heddle_bench [--benchmark_filter=<what>]: `bugs` (or bugs/<part of a name>) how many executions
// explorers take to find known bugs; `gate` whether an operation has become dearer; `peers` (or
// peers/<part of a name>) the random walk beside that of Relacy, and exhaustive search beside that
// of CDSChecker; `scaling` curves; anything else, a
// regular expression for explorer/workload, what executions and operations cost. Figures go to the
// screen as tables and to HEDDLE_BENCH_RESULTS as one JSON object per line.
int main(int argc, char** argv) {
  if (const int status = be_child(argc, argv); status >= 0) return status;
  std::string_view what;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument.starts_with("--benchmark_filter=")) what = argument.substr(19);
  }
  const std::size_t slash = what.find('/');
  const std::string_view kind = what.substr(0, slash);
  const std::string part(slash == what.npos ? std::string_view() : what.substr(slash + 1));

  if (kind == "gate") return pass_gate() ? 0 : 1;
  std::FILE* out = std::fopen(HEDDLE_BENCH_RESULTS, "w");
  if (kind == "bugs") {
    measure_bugs(part, out);
  } else if (kind == "peers") {
    (void)measure_peers(part, out);
    measure_searches(part, out);
  } else if (kind == "scaling") {
    measure_scaling(out);
  } else {
    measure_speed(argc, argv, out);
  }
  if (out != nullptr) std::fclose(out);
  return 0;
}
