// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

#include "allocations.hpp"
#include "child.hpp"
#include "cpu_time.hpp"
#include "run.hpp"
#include "scaled.hpp"

namespace heddle::bench {

namespace {

// The most memory that this process has had at once.
double peak_kilobytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    double kilobytes = 0;
    if (word == "VmHWM:" && status >> kilobytes) return kilobytes;
  }
  return 0;
}

// With two words in the place of an explorer, for what single accesses cost: "outside", not in an
// exploration at all; "unchecked", the random walk without the check for races.
report run(const workload& work, std::string_view explorer, std::int64_t executions,
           bool with_cxx_memory) {
  if (explorer == "outside") {
    for (std::int64_t i = 0; i < executions; ++i) work.body();
    report nothing;
    nothing.executions = executions;
    return nothing;
  }
  const bool unchecked = explorer == "unchecked";
  options how = options_of(work, unchecked ? "random" : explorer, executions);
  if (with_cxx_memory) how.memory = memory::cxx;
  if (unchecked) how.races = races::off;
  return run_workload(how, work);
}

}  // namespace

int be_child(int argc, char** argv) {
  if (argc < 3 || std::strncmp(argv[1], mark_of_child, std::strlen(mark_of_child)) != 0) return -1;
  const std::string name = argv[1] + std::strlen(mark_of_child);
  const std::size_t slash = name.find('/');
  const std::string workload_name = slash == std::string::npos ? "" : name.substr(slash + 1);
  const workload* const listed = find_workload(workload_name);
  const std::optional<workload> work = listed ? *listed : scaled_workload(workload_name);
  if (!work) {
    fmt::print(stderr, "bench: {} is no explorer/workload\n", name);
    return 2;
  }
  // Two that are compared are both warm.
  if (argc > 3) (void)run(*work, "random", 1, true);
  const double begun = cpu_ns();
  const report result = run(*work, name.substr(0, slash), std::atoll(argv[2]), argc > 3);
  const double spent = cpu_ns() - begun;
  const auto executions = static_cast<double>(result.executions);
  fmt::print("{:.3f} {} {} {} {}\n", spent / executions, result.executions, peak_kilobytes(),
             static_cast<double>(result.steps) / executions, allocations());
  return 0;
}

}  // namespace heddle::bench
