// SPDX-License-Identifier: MIT
#include "paired_search.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "child.hpp"
#include "rows.hpp"

namespace heddle::bench {

namespace {

constexpr int rounds = 3;

// What both state, and what CDSChecker needs to come to an end: where threads try again, each load
// may see an older store only so often.
struct contest {
  const char* workload;
  const char* options;
};
constexpr contest contests[] = {
    {"lost_update2", ""},
    {"lost_update3", ""},
    {"same_store3", ""},
    {"same_store5", ""},
    {"store_load3", ""},
    {"store_load5", ""},
    {"readers2", ""},
    {"readers4", ""},
    {"lastzero3", ""},
    {"lastzero5", ""},
    {"fib_bench3", ""},
    {"fib_bench4", ""},
    {"sb_rlx", ""},
    {"sb_sc", ""},
    {"mp_rlx", ""},
    {"iriw_rlx", ""},
    {"mutex_counter2x1", ""},
    {"mutex_counter3x3", ""},
    {"treiber2x1", "-m 2 -y"},
    {"msqueue2x1", "-m 2 -y"},
};

struct search {
  double executions = 0;
  double milliseconds = 1e300;  // of the processor, all in all
};

double children_ms() {
  rusage used{};
  ::getrusage(RUSAGE_CHILDREN, &used);
  const auto ms = [](const timeval& at) {
    return static_cast<double>(at.tv_sec) * 1e3 + static_cast<double>(at.tv_usec) / 1e3;
  };
  return ms(used.ru_utime) + ms(used.ru_stime);
}

// With the start of its process, a few milliseconds.
search theirs(const contest& of) {
  const double before = children_ms();
  const std::string command =
      fmt::format("'{}' {} -- {} 2>&1", HEDDLE_BENCH_CDSCHECKER, of.options, of.workload);
  const double executions = number_from(command, "Total executions:");
  if (std::isnan(executions)) {
    fmt::print(stderr, "peers: this should have counted executions: {}\n", command);
    std::exit(1);
  }
  return {executions, children_ms() - before};
}

search ours(const contest& of) {
  constexpr std::int64_t all = 100'000'000;
  const child_figures figures = run_child(fmt::format("dpor/{}", of.workload), all, true);
  const auto executions = static_cast<double>(figures.executions);
  return {executions, figures.ns * executions / 1e6};
}

// Of CDSChecker's time, ours is one part in so many.
double compare(const contest& of, std::FILE* out) {
  search us;
  search them;
  for (int round = 0; round < rounds; ++round) {
    const search mine = ours(of);
    const search other = theirs(of);
    us = {mine.executions, std::min(us.milliseconds, mine.milliseconds)};
    them = {other.executions, std::min(them.milliseconds, other.milliseconds)};
  }
  const double ratio = us.milliseconds / them.milliseconds;
  fmt::print("{:<18} {:>10.0f} {:>10.2f} {:>10.1f} {:>10.0f} {:>10.2f} {:>10.1f} {:>8.4f}\n",
             of.workload, us.executions, us.milliseconds, us.milliseconds * 1e3 / us.executions,
             them.executions, them.milliseconds, them.milliseconds * 1e3 / them.executions, ratio);
  std::fflush(stdout);
  const row_writer write{out, fmt::format("search/{}", of.workload)};
  write("executions", us.executions, "1");
  write("time_to_finish", us.milliseconds, "ms");
  write("time_per_execution", us.milliseconds * 1e6 / us.executions, "ns");
  write("cdschecker_executions", them.executions, "1");
  write("cdschecker_to_finish", them.milliseconds, "ms");
  write("cdschecker_per_execution", them.milliseconds * 1e6 / them.executions, "ns");
  write("ratio_to_cdschecker", ratio, "1");
  return ratio;
}

}  // namespace

void measure_searches(const std::string& filter, std::FILE* out) {
  if (std::string_view(HEDDLE_BENCH_CDSCHECKER).empty()) {
    fmt::print(
        "searches: skipped, there is nothing to compare with. HEDDLE_CDSCHECKER=<path of a built "
        "checkout of github.com/bdemsky/cdschecker> ./dev bench peers\n");
    return;
  }
  fmt::print(
      "\nThe exhaustive searches of Heddle (dpor, memory = cxx) and of CDSChecker, alternately; "
      "time of the\nprocessor, least of {} rounds; CDSChecker's with the start of its process.\n\n"
      "{:<18} {:>10} {:>10} {:>10} {:>10} {:>10} {:>10} {:>8}\n",
      rounds, "", "Heddle", "ms", "us each", "CDSChecker", "ms", "us each", "ratio");
  for (const contest& of : contests) {
    if (std::strstr(of.workload, filter.c_str()) != nullptr) (void)compare(of, out);
  }
}

}  // namespace heddle::bench
