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

constexpr std::int64_t operations = 1'000'000;  // per figure, about

// One size of what grows.
struct size {
  std::int64_t value;
  std::string workload;
  std::int64_t points;      // visible operations of an execution
  std::int64_t executions;  // at most
};

// What grows, and which explorers are measured up to which size.
struct growth {
  struct contestant {
    const char* explorer;
    std::int64_t up_to;
  };
  const char* name;
  const char* title;
  std::vector<contestant> explorers;
  std::vector<size> sizes;
};

growth growth_of_threads() {
  growth of{"threads",
            "threads of 20 operations each",
            {{"random", 500}, {"pct", 500}, {"bounded", 500}, {"dpor", 500}},
            {}};
  for (const std::int64_t threads : {2, 5, 10, 20, 50, 100, 200, 500}) {
    const std::int64_t points = 20 * threads;
    of.sizes.push_back({threads, fmt::format("counter:{}x10", threads), points,
                        std::max<std::int64_t>(10, operations / points)});
  }
  return of;
}

growth growth_of_steps() {
  growth of{
      "steps",
      "operations per execution, 2 threads",
      {{"random", 1'000'000}, {"pct", 1'000'000}, {"bounded", 1'000'000}, {"dpor", 1'000'000}},
      {}};
  for (std::int64_t points = 10; points <= 1'000'000; points *= 10) {
    of.sizes.push_back({points, fmt::format("stores:2x{}", points / 2), points,
                        std::max<std::int64_t>(2, operations / points)});
  }
  return of;
}

growth growth_of_executions(std::int64_t most) {
  growth of{"executions",
            "executions of 30 operations",
            {{"random", most}, {"pct", most}, {"bounded", most}, {"dpor", most}},
            {}};
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
  curves both{{"time", of.title, "ns per operation", {}}, {"memory", of.title, "peak MB", {}}};
  fmt::print("\n{:<12}{:<10}{:>12}{:>14}{:>10}\n", of.name, "explorer", "executions",
             "ns/operation", "peak MB");
  for (const auto& [explorer, up_to] : of.explorers) {
    curve time{explorer, {}};
    curve memory{explorer, {}};
    for (const size& each : of.sizes) {
      if (each.value > up_to) break;
      const child_figures figures =
          run_child(fmt::format("{}/{}", explorer, each.workload), each.executions);
      const double ns = figures.ns / static_cast<double>(each.points);
      const auto x = static_cast<double>(each.value);
      time.points.emplace_back(x, ns);
      memory.points.emplace_back(x, figures.peak_megabytes);
      fmt::print("{:<12}{:<10}{:>12}{:>14.1f}{:>10.1f}\n", each.value, explorer, figures.executions,
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
  for (const growth& each : {growth_of_threads(), growth_of_steps(), growth_of_executions(most)}) {
    curves both = measure(each, out);
    above.push_back(std::move(both.time));
    below.push_back(std::move(both.memory));
  }
  above.insert(above.end(), below.begin(), below.end());
  std::ofstream(HEDDLE_BENCH_PLOT) << draw(above, 3);
  fmt::print("\ncurves: {}\n", HEDDLE_BENCH_PLOT);
}

}  // namespace heddle::bench
