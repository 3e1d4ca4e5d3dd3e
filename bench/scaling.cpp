// SPDX-License-Identifier: MIT
#include "scaling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <vector>

#include "child.hpp"
#include "plot.hpp"
#include "rows.hpp"

namespace heddle::bench {

namespace {

// Per figure, about, of explorers that sample, and of those that look at each execution as a whole.
constexpr std::int64_t many_operations = 1'000'000;
constexpr std::int64_t some_operations = 100'000;

// One size of what grows.
struct size {
  std::int64_t value;
  std::string workload;
  std::int64_t points;      // visible operations of an execution
  std::int64_t executions;  // 0: as many as make up the operations per figure
};

struct contestant {
  const char* explorer;
  std::int64_t operations;
};
constexpr contestant contestants[] = {{"random", many_operations},
                                      {"pct", many_operations},
                                      {"bounded", some_operations},
                                      {"dpor", some_operations}};

struct growth {
  const char* name;
  const char* title;
  std::vector<size> sizes;
};

growth growth_of_threads(const char* name, const char* title, const char* workload) {
  growth of{name, title, {}};
  for (const std::int64_t threads : {2, 5, 10, 20, 50, 100, 200, 500}) {
    of.sizes.push_back({threads, fmt::format(fmt::runtime(workload), threads), 20 * threads, 0});
  }
  return of;
}

growth growth_of_steps() {
  growth of{"steps", "operations per execution, 2 threads", {}};
  for (std::int64_t points = 10; points <= 1'000'000; points *= 10) {
    of.sizes.push_back({points, fmt::format("stores:2x{}", points / 2), points, 0});
  }
  return of;
}

growth growth_of_executions(std::int64_t most) {
  growth of{"executions", "executions of 30 operations", {}};
  for (std::int64_t executions = 1; executions <= most; executions *= 10) {
    of.sizes.push_back({executions, "counter:3x5", 30, executions});
  }
  return of;
}

struct curves {
  panel time;
  panel memory;
};

curves measure(const growth& of, std::FILE* out) {
  curves both{{of.title, "ns per operation", {}}, {of.title, "peak MB", {}}};
  fmt::print("\n{:<12}{:<10}{:>12}{:>14}{:>10}\n", of.name, "explorer", "executions",
             "ns/operation", "peak MB");
  for (const auto& [explorer, operations] : contestants) {
    curve time{explorer, {}};
    curve memory{explorer, {}};
    for (const size& each : of.sizes) {
      const std::int64_t executions = each.executions != 0
                                          ? each.executions
                                          : std::max<std::int64_t>(5, operations / each.points);
      const child_figures figures =
          run_child(fmt::format("{}/{}", explorer, each.workload), executions);
      const double ns = figures.ns / static_cast<double>(each.points);
      const auto x = static_cast<double>(each.value);
      time.points.emplace_back(x, ns);
      memory.points.emplace_back(x, figures.peak_megabytes);
      fmt::print("{:<16}{:<10}{:>12}{:>14.1f}{:>10.1f}\n", each.value, explorer, figures.executions,
                 ns, figures.peak_megabytes);
      std::fflush(stdout);
      const row_writer write{out, fmt::format("scaling/{}/{}/{}", of.name, explorer, each.value)};
      write("time_per_point", ns, "ns");
      write("executions", static_cast<double>(figures.executions), "1");
      write("peak_memory", figures.peak_megabytes, "MB");
    }
    both.time.curves.push_back(std::move(time));
    both.memory.curves.push_back(std::move(memory));
  }
  return both;
}

}  // namespace

void measure_scaling(std::FILE* out) {
  const char* given = std::getenv("HEDDLE_BENCH_EXECUTIONS");
  const std::int64_t most = given == nullptr ? 1'000'000 : std::atoll(given);
  std::vector<panel> above;
  std::vector<panel> below;
  for (const growth& each :
       {growth_of_threads("threads", "threads of 20 operations", "stores:{}x20"),
        growth_of_threads("threads_on_lock", "threads that lock 10 times", "counter:{}x10"),
        growth_of_steps(), growth_of_executions(most)}) {
    curves both = measure(each, out);
    above.push_back(std::move(both.time));
    below.push_back(std::move(both.memory));
  }
  above.insert(above.end(), below.begin(), below.end());
  std::ofstream(HEDDLE_BENCH_PLOT) << draw(above, 4);
  fmt::print("\ncurves: {}\n", HEDDLE_BENCH_PLOT);
}

}  // namespace heddle::bench
