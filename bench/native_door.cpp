// SPDX-License-Identifier: MIT
#include "native_door.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "child.hpp"
#include "from_outside.hpp"
#include "speed.hpp"
#include "workloads.hpp"

namespace heddle::bench {

namespace {

constexpr int rounds = 5;
constexpr int rounds_of_others = 3;   // of explorers beside the random walk
constexpr double round_points = 2e5;  // per round and door, about

void keep_least(double& least, double now) { least = std::min(least, now); }

// What does not depend on the moment.
void count_things(benchmark::State& state, const std::string& name, std::int64_t executions,
                  double points) {
  const std::int64_t many = std::min<std::int64_t>(executions, 900);
  const std::int64_t few = many / 3;
  if (few < 30) return;  // an exploration of so few has no steady state
  const double more = run_child(name, many).allocations - run_child(name, few).allocations;
  state.counters["allocations_per_execution"] =
      std::max(0.0, more / static_cast<double>(many - few));
  if (const auto calls = system_calls_per_execution(name, few, many)) {
    state.counters["system_calls_per_execution"] = std::max(0.0, *calls);
  }
  if (const auto instructions = instructions_per_execution(name, few, many)) {
    state.counters["instructions_per_point"] = *instructions / points;
  }
}

void measure(benchmark::State& state, const workload& work, const std::string& explorer) {
  const std::string source = fmt::format("{}/{}", explorer, work.name);
  const std::string native = fmt::format("{}{}", native_prefix, source);
  const bool is_random = explorer == "random";
  const double points = run_child(native, 500).points;
  const auto executions = static_cast<std::int64_t>(
      std::clamp(round_points / points, is_random ? 1'000.0 : 100.0, is_random ? 1e5 : 5e3));
  double ours = 1e300;
  double sources = 1e300;
  double bare = 1e300;
  child_figures last;
  for (auto _ : state) {
    if (is_random) keep_least(bare, run_floor_timed(work, executions));
    keep_least(sources, run_child(source, executions, true).ns);
    last = run_child(native, executions);
    keep_least(ours, last.ns);
    state.SetIterationTime(last.ns / 1e9);
  }
  state.counters["points"] = points;
  state.counters["time_per_execution"] = ours;
  state.counters["source_per_execution"] = sources;
  state.counters["ratio_to_source_door"] = ours / sources;
  state.counters["time_per_point"] = ours / points;
  state.counters["peak_memory"] = last.peak_megabytes;
  if (last.executions < executions) {
    state.counters["executions"] = static_cast<double>(last.executions);
    state.counters["time_to_finish"] = ours * static_cast<double>(last.executions) / 1e6;
  }
  if (!is_random) return;
  state.counters["floor_per_execution"] = bare;
  state.counters["ratio_to_floor"] = ours / bare;
  count_things(state, native, executions, points);
}

// What one more of `kind` costs, as the difference of two lengths. `name`: the child without them.
double time_of_one(const std::string& name, unsigned threads) {
  constexpr int few = 20'000;
  constexpr int many = 3 * few;
  constexpr int executions = 10;
  const auto time = [&](int each) {
    return run_child(fmt::format("{}:{}x{}", name, threads, each), executions, true).ns;
  };
  const double first = time(few);
  return (time(many) - first) / threads / (many - few);
}

void measure_cost(benchmark::State& state, const std::string& name, unsigned threads,
                  const char* metric) {
  double ours = 1e300;
  double sources = 1e300;
  for (auto _ : state) {
    keep_least(sources, time_of_one(name, threads));
    const double now = time_of_one(std::string(native_prefix) + name, threads);
    keep_least(ours, now);
    state.SetIterationTime(std::max(now, 0.0) / 1e9);
  }
  state.counters[metric] = ours;
  state.counters["ratio_to_source_door"] = ours / sources;
}

template <class Measure>
void add(const std::string& name, int times, Measure measure_it) {
  benchmark::RegisterBenchmark((std::string(native_prefix) + name).c_str(), measure_it)
      ->UseManualTime()
      ->Iterations(times);
}

void add_cost(const char* name, const char* child, unsigned threads, const char* metric) {
  add(fmt::format("cost/{}", name), rounds,
      [child, threads, metric](benchmark::State& s) { measure_cost(s, child, threads, metric); });
}

}  // namespace

void register_native_door() {
  if (std::string_view(HEDDLE_BENCH_NATIVE).empty()) return;
  for (const char* explorer : {"random", "pct", "bounded", "dfs", "dpor"}) {
    const bool is_random = std::string_view(explorer) == "random";
    for (const workload& work : workloads()) {
      add(fmt::format("{}/{}", explorer, work.name), is_random ? rounds : rounds_of_others,
          [&work, explorer](benchmark::State& s) { measure(s, work, explorer); });
    }
  }
  add_cost("access_outside", "outside/accesses", 1, "time_per_access");
  add_cost("access_unchecked", "unchecked/accesses", 1, "time_per_access");
  add_cost("access_checked", "random/accesses", 1, "time_per_access");
  add_cost("point", "random/stores", 2, "time_per_point");
}

}  // namespace heddle::bench
