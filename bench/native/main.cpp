// SPDX-License-Identifier: MIT
// heddle_bench_native: the workloads of the benchmarks with the types of the standard library,
// instrumented, for the native door. A program of its own, for the native door puts itself in front
// of the C library. heddle_bench runs it, and asks it what it asks its own children.
#include <fmt/format.h>

#include <cstdio>

#include "child.hpp"
#include "run.hpp"

int main(int argc, char** argv) {
  using namespace heddle::bench;
  // Threads that lend their stacks are made once in the life of a process, not once for each
  // exploration. More than most workloads need, so that it is not they who pay.
  static constexpr workload many{"many threads", 0, [] { find_workload("reorder_20")->body(); }, 0,
                                 nullptr};
  (void)run_workload(options_of(many, "random", 1), many);

  const int status = be_child(argc, argv);
  if (status >= 0) return status;
  fmt::print(stderr, "usage: {} {}<explorer>/<workload> <executions> [cxx]\n", argv[0],
             mark_of_child);
  return 2;
}
