// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "bugs.hpp"
#include "heddle/heddle.hpp"
#include "instructions.hpp"
#include "workloads.hpp"

// What an execution and a visible operation cost, beside the floor measured in the same run: the
// two take turns, and the least of several rounds counts. Figures go to the screen as a table and
// to HEDDLE_BENCH_RESULTS as one JSON object per line.
namespace {

using namespace heddle;
using namespace heddle::bench;

double run_heddle(const workload& work, std::int64_t executions, std::uint64_t seed) {
  options how;
  how.name = std::string(work.name);
  how.explorer = "random";
  how.executions = executions;
  how.time = {};
  how.seed = seed;
  how.statistics = false;  // telling classes of executions apart is measured by itself
  how.capture = false;
  how.environment = false;
  const report result = explore(how, work.body);
  if (!result.passed() || result.executions != executions) {
    fmt::print(stderr, "{}", result.text());
    std::exit(1);
  }
  return static_cast<double>(result.elapsed.count()) / static_cast<double>(executions);
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

void write_line(std::FILE* out, std::string_view name, const char* metric, double value,
                const char* unit) {
  if (out == nullptr) return;
  fmt::print(out,
             "{{\"bench\":\"random/{}\",\"metric\":\"{}\",\"value\":{:.3f},\"unit\":\"{}\"}}\n",
             name, metric, value, unit);
}

void measure(const workload& work, std::FILE* out) {
  constexpr int rounds = 7;
  const std::int64_t executions = std::max<std::int64_t>(1'000, 400'000 / work.points);
  double ours = 1e300;
  double bare = 1e300;
  run_heddle(work, 100, 1);
  for (int round = 0; round < rounds; ++round) {
    bare = std::min(bare, run_floor(work, executions));
    ours = std::min(ours, run_heddle(work, executions, static_cast<std::uint64_t>(round)));
  }
  const double instructions = instructions_per_execution(std::string(work.name));
  const auto per_point = [&](double value) { return value / work.points; };
  fmt::print("{:<18} {:>6} {:>9.0f} {:>9.0f} {:>7.2f} {:>9.1f} {:>9.1f}", work.name, work.points,
             ours, bare, ours / bare, per_point(ours), per_point(bare));
  if (instructions > 0) fmt::print(" {:>12.0f}", per_point(instructions));
  fmt::print("\n");
  write_line(out, work.name, "time_per_execution", ours, "ns");
  write_line(out, work.name, "floor_per_execution", bare, "ns");
  write_line(out, work.name, "ratio_to_floor", ours / bare, "1");
  write_line(out, work.name, "time_per_point", per_point(ours), "ns");
  if (instructions > 0) {
    write_line(out, work.name, "instructions_per_point", per_point(instructions), "instructions");
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::string filter;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument.starts_with("--benchmark_filter=")) filter = argument.substr(19);
    if (argument.starts_with("--count=") && i + 1 < argc) {  // for the instruction counter
      for (const workload& work : workloads()) {
        if (work.name == argument.substr(8)) run_heddle(work, std::atoll(argv[i + 1]), 1);
      }
      return 0;
    }
  }
  std::FILE* out = std::fopen(HEDDLE_BENCH_RESULTS, "w");
  if (filter.starts_with("bugs")) {  // bugs, or bugs/<part of a name>
    measure_bugs(filter.size() > 5 ? filter.substr(5) : std::string(), out);
    if (out != nullptr) std::fclose(out);
    return 0;
  }
  fmt::print("{:<18} {:>6} {:>9} {:>9} {:>7} {:>9} {:>9} {:>12}\n", "random walk", "points",
             "ns/exec", "floor", "ratio", "ns/point", "floor", "instr/point");
  for (const workload& work : workloads()) {
    if (work.name.find(filter) != std::string_view::npos) measure(work, out);
  }
  if (out != nullptr) std::fclose(out);
  return 0;
}
