// SPDX-License-Identifier: MIT
#include "paired.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "child.hpp"
#include "rows.hpp"
#include "workloads.hpp"

namespace heddle::bench {

namespace {

constexpr int rounds = 7;
constexpr double round_ns = 8e7;  // of each side

double ours(std::string_view workload, std::int64_t executions) {
  return run_child(fmt::format("random/{}", workload), executions, true).ns;
}

double relacys(std::string_view workload, std::int64_t executions) {
  const std::string command = fmt::format("'{}' {} {}", HEDDLE_BENCH_RELACY, workload, executions);
  const double ns = number_from(command, "");
  if (!std::isnan(ns)) return ns;
  fmt::print(stderr, "peers: this should have printed a figure: {}\n", command);
  std::exit(1);
}

// Ours as a multiple of Relacy's.
double compare(const workload& work, std::FILE* out) {
  const auto executions =
      std::max<std::int64_t>(500, static_cast<std::int64_t>(round_ns / relacys(work.name, 500)));
  double us = 1e300;
  double them = 1e300;
  for (int round = 0; round < rounds; ++round) {
    us = std::min(us, ours(work.name, executions));
    them = std::min(them, relacys(work.name, executions));
  }
  const double ratio = us / them;
  fmt::print("{:<18} {:>11} {:>11.0f} {:>11.0f} {:>7.2f}{}\n", work.name, executions, us, them,
             ratio, ratio > 1 ? "  slower" : "");
  std::fflush(stdout);
  const row_writer write{out, fmt::format("paired/{}", work.name)};
  write("time_per_execution", us, "ns");
  write("relacy_per_execution", them, "ns");
  write("ratio_to_relacy", ratio, "1");
  return ratio;
}

}  // namespace

bool measure_peers(const std::string& filter, std::FILE* out) {
  if (std::string_view(HEDDLE_BENCH_RELACY).empty()) {
    fmt::print(
        "peers: skipped, there is nothing to compare with. HEDDLE_RELACY=<path of a checkout of "
        "github.com/dvyukov/relacy> ./dev bench peers\n");
    return false;
  }
  fmt::print(
      "The random walks of Heddle (races = report, memory = cxx) and of Relacy, alternately;\n"
      "ns of the processor per execution, least of {} rounds.\n\n{:<18} {:>11} {:>11} {:>11} "
      "{:>7}\n",
      rounds, "", "executions", "Heddle", "Relacy", "ratio");
  double logarithms = 0;
  double most = 0;
  int compared = 0;
  int slower = 0;
  for (const workload& work : workloads()) {
    if (work.name.find(filter) == std::string_view::npos) continue;
    const double ratio = compare(work, out);
    logarithms += std::log(ratio);
    most = std::max(most, ratio);
    ++compared;
    slower += ratio > 1 ? 1 : 0;
  }
  if (compared == 0) return true;
  const double mean = std::exp(logarithms / compared);
  fmt::print("{} workloads, geometric mean {:.2f}, most {:.2f}, slower on {}\n", compared, mean,
             most, slower);
  const row_writer write{out, "paired/all"};
  write("ratio_to_relacy", mean, "1");
  write("slower_than_relacy", slower, "workloads");
  return true;
}

}  // namespace heddle::bench
