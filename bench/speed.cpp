// SPDX-License-Identifier: MIT
// Google Benchmark runs these and prints them, but does not take the time: a figure that is quoted
// as a multiple of the floor has to come from the same moment as the floor, so the two take turns
// within one benchmark, and the least of several rounds counts, which is what repeats best on a
// machine that does other things too; all times are of the processor. Its own column of times is
// the mean over the rounds.
#include "speed.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "allocations.hpp"
#include "child.hpp"
#include "cpu_time.hpp"
#include "from_outside.hpp"
#include "run.hpp"

namespace heddle::bench {

namespace {

constexpr int rounds = 7;             // of the random walk, and of the floor
constexpr int rounds_of_others = 3;   // of the other explorers
constexpr double round_points = 4e5;  // per round, about

struct timed {
  report result;
  double ns;  // per execution
};

timed run_timed(const options& how, const workload& work) {
  const double begun = cpu_ns();
  report result = run_workload(how, work);
  const double ns = (cpu_ns() - begun) / static_cast<double>(result.executions);
  return {std::move(result), ns};
}

// Visible operations of an execution.
double points_of(const workload& work) {
  if (work.points != 0) return work.points;
  const report few = run_workload(options_of(work, "random", 1'000), work);
  return static_cast<double>(few.steps) / static_cast<double>(few.executions);
}

// The difference of a run with `few` executions and one with `many`.
double allocations_per_execution(const workload& work, const std::string& explorer,
                                 std::int64_t few, std::int64_t many) {
  const auto count = [&](std::int64_t executions) {
    const std::uint64_t before = allocations();
    run_workload(options_of(work, explorer, executions), work);
    return static_cast<double>(allocations() - before);
  };
  const double first = count(few);
  return std::max(0.0, (count(many) - first) / static_cast<double>(many - few));
}

// What does not depend on the moment. `executions`: how many there are to be had.
void count_things(benchmark::State& state, const workload& work, const std::string& explorer,
                  std::int64_t executions, double points) {
  const std::string name = fmt::format("{}/{}", explorer, work.name);
  state.counters["peak_memory"] = run_child(name, executions).peak_megabytes;
  const std::int64_t many = std::min<std::int64_t>(executions, 900);
  const std::int64_t few = many / 3;
  if (few < 30) return;  // an exploration of so few has no steady state
  state.counters["allocations_per_execution"] =
      allocations_per_execution(work, explorer, few, many);
  if (const auto calls = system_calls_per_execution(name, few, many)) {
    state.counters["system_calls_per_execution"] = *calls;
  }
  if (const auto instructions = instructions_per_execution(name, few, many)) {
    state.counters["instructions_per_point"] = *instructions / points;
  }
}

void measure_random(benchmark::State& state, const workload& work) {
  const double points = points_of(work);
  const auto executions =
      std::max<std::int64_t>(1'000, static_cast<std::int64_t>(round_points / points));
  double ours = 1e300;
  double bare = 1e300;
  std::uint64_t round = 0;
  for (auto _ : state) {
    const options how = options_of(work, "random", executions, ++round);
    bare = std::min(bare, run_floor_timed(work, executions));
    const double now = run_timed(how, work).ns;
    ours = std::min(ours, now);
    state.SetIterationTime(now / 1e9);
  }
  state.counters["time_per_execution"] = ours;
  state.counters["floor_per_execution"] = bare;
  state.counters["ratio_to_floor"] = ours / bare;
  state.counters["points"] = points;
  state.counters["time_per_point"] = ours / points;
  count_things(state, work, "random", executions, points);
}

// Those that remember: about as many executions, or all there are.
void measure_other(benchmark::State& state, const workload& work, const std::string& explorer) {
  const double points = points_of(work);
  const auto executions =
      std::clamp<std::int64_t>(static_cast<std::int64_t>(round_points / 4 / points), 100, 5'000);
  double least = 1e300;
  report last;
  for (auto _ : state) {
    timed now = run_timed(options_of(work, explorer, executions), work);
    least = std::min(least, now.ns);
    state.SetIterationTime(now.ns / 1e9);
    last = std::move(now.result);
  }
  state.counters["points"] = points;
  state.counters["time_per_execution"] = least;
  state.counters["time_per_point"] = least / points;
  if (last.coverage == coverage::exhaustive) {
    state.counters["executions"] = static_cast<double>(last.executions);
    state.counters["time_to_finish"] = least * static_cast<double>(last.executions) / 1e6;
  }
  count_things(state, work, explorer, last.executions, points);
}

template <class Measure>
void add(const std::string& explorer, const workload& work, int rounds, Measure measure) {
  benchmark::RegisterBenchmark(fmt::format("{}/{}", explorer, work.name).c_str(), measure)
      ->UseManualTime()
      ->Iterations(rounds);
}

}  // namespace

double run_floor_timed(const workload& work, std::int64_t executions) {
  static bare_fibers fibers;
  const double begun = cpu_ns();
  for (std::int64_t i = 0; i < executions; ++i) {
    fibers.run(work.threads, work.bare, static_cast<std::uint64_t>(i));
  }
  return (cpu_ns() - begun) / static_cast<double>(executions);
}

void register_speed() {
  for (const workload& work : workloads()) {
    add("random", work, rounds, [&work](benchmark::State& s) { measure_random(s, work); });
  }
  for (const char* explorer : {"pct", "surw", "bounded", "dfs", "dpor"}) {
    for (const workload& work : workloads()) {
      add(explorer, work, rounds_of_others,
          [&work, explorer](benchmark::State& s) { measure_other(s, work, explorer); });
    }
  }
}

}  // namespace heddle::bench
