// SPDX-License-Identifier: MIT
#include "speed.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "instructions.hpp"
#include "rows.hpp"

namespace heddle::bench {

namespace {

constexpr int rounds = 7;

// One run of an explorer, which must find nothing.
report run(const options& how, const workload& work) {
  report result = explore(how, work.body);
  if (result.passed()) return result;
  fmt::print(stderr, "{}", result.text());
  std::exit(1);
}

double per_execution(const report& of) {
  return static_cast<double>(of.elapsed.count()) / static_cast<double>(of.executions);
}

double run_floor(const workload& work, std::int64_t executions) {
  static bare_fibers fibers;
  const auto start = std::chrono::steady_clock::now();
  for (std::int64_t i = 0; i < executions; ++i) {
    fibers.run(work.threads, work.bare, static_cast<std::uint64_t>(i));
  }
  const std::chrono::duration<double, std::nano> time = std::chrono::steady_clock::now() - start;
  return time.count() / static_cast<double>(executions);
}

void measure_random(const workload& work, std::FILE* out) {
  const report few = run(options_of(work, "random", 1'000), work);
  const double points = work.points != 0
                            ? work.points
                            : static_cast<double>(few.steps) / static_cast<double>(few.executions);
  const auto executions =
      std::max<std::int64_t>(1'000, static_cast<std::int64_t>(400'000 / points));
  double ours = 1e300;
  double bare = 1e300;
  for (int round = 0; round < rounds; ++round) {
    const options how = options_of(work, "random", executions, static_cast<std::uint64_t>(round));
    bare = std::min(bare, run_floor(work, executions));
    ours = std::min(ours, per_execution(run(how, work)));
  }
  const double instructions = instructions_per_execution(std::string(work.name));
  fmt::print("{:<18} {:>7.1f} {:>9.0f} {:>9.0f} {:>7.2f} {:>9.1f} {:>9.1f}", work.name, points,
             ours, bare, ours / bare, ours / points, bare / points);
  if (instructions > 0) fmt::print(" {:>12.0f}", instructions / points);
  fmt::print("\n");
  std::fflush(stdout);
  const row_writer write{out, fmt::format("random/{}", work.name)};
  write("time_per_execution", ours, "ns");
  write("executions_per_second", 1e9 / ours, "1/s");
  write("floor_per_execution", bare, "ns");
  write("ratio_to_floor", ours / bare, "1");
  write("time_per_point", ours / points, "ns");
  if (instructions > 0) write("instructions_per_point", instructions / points, "instructions");
}

// Those that remember: a fixed number of executions, or all there are.
void measure_others(const workload& work, std::FILE* out) {
  fmt::print("{:<18}", work.name);
  for (const char* explorer : {"pct", "surw", "bounded", "dfs", "dpor"}) {
    double least = 1e300;
    std::int64_t executions = 0;
    bool finished = false;
    for (int round = 0; round < 3; ++round) {
      const report result = run(options_of(work, explorer, 5'000), work);
      least = std::min(least, per_execution(result));
      executions = result.executions;
      finished = result.coverage == coverage::exhaustive;
    }
    fmt::print(" {:>9.0f}{}", least, finished ? '*' : ' ');
    const row_writer write{out, fmt::format("{}/{}", explorer, work.name)};
    write("time_per_execution", least, "ns");
    write("executions_per_second", 1e9 / least, "1/s");
    if (finished) write("time_to_finish", least * static_cast<double>(executions) / 1e6, "ms");
  }
  fmt::print("\n");
  std::fflush(stdout);
}

}  // namespace

options options_of(const workload& work, const char* explorer, std::int64_t executions,
                   std::uint64_t seed) {
  options how;
  how.name = std::string(work.name);
  how.explorer = explorer;
  how.executions = executions;
  how.time = {};
  how.seed = seed;
  how.statistics = how.predict = how.watch = false;
  how.capture = false;
  how.environment = false;
  return how;
}

void measure_speed(const std::string& filter, std::FILE* out) {
  const auto chosen = [&](const workload& work) {
    return work.name.find(filter) != std::string_view::npos;
  };
  fmt::print("{:<18} {:>7} {:>9} {:>9} {:>7} {:>9} {:>9} {:>12}\n", "random walk", "points",
             "ns/exec", "floor", "ratio", "ns/point", "floor", "instr/point");
  for (const workload& work : workloads()) {
    if (chosen(work)) measure_random(work, out);
  }
  fmt::print("\n{:<18} {:>9}  {:>9}  {:>9}  {:>9}  {:>9}   (*: all there are)\n", "ns/exec", "pct",
             "surw", "bounded", "dfs", "dpor");
  for (const workload& work : workloads()) {
    if (chosen(work)) measure_others(work, out);
  }
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const double megabytes = static_cast<double>(used.ru_maxrss) / 1024;
  fmt::print("\npeak memory {:.1f} MB\n", megabytes);
  row_writer{out, "all"}("peak_memory", megabytes, "MB");
}

}  // namespace heddle::bench
