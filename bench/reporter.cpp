// SPDX-License-Identifier: MIT
#include "reporter.hpp"

#include <fmt/format.h>

#include "rows.hpp"

namespace heddle::bench {

namespace {

// A counter, which is also the metric of its rows, as a column of the table.
struct column {
  const char* metric;
  const char* unit;
  const char* heading;
  int decimals;
  int width;
};
constexpr column columns[] = {
    {"points", "1", "points", 1, 7},
    {"time_per_execution", "ns", "ns/exec", 0, 9},
    {"floor_per_execution", "ns", "floor", 0, 8},
    {"ratio_to_floor", "1", "ratio", 2, 6},
    {"source_per_execution", "ns", "source", 0, 8},  // through the source door
    {"ratio_to_source_door", "1", "to source", 2, 9},
    {"time_per_point", "ns", "ns/point", 1, 9},
    {"time_per_access", "ns", "ns/access", 1, 9},
    {"instructions_per_point", "instructions", "instr/point", 0, 12},
    {"allocations_per_execution", "1", "allocations", 2, 12},
    {"system_calls_per_execution", "1", "syscalls", 2, 9},
    {"peak_memory", "MB", "peak MB", 1, 8},
    {"executions", "1", "all", 0, 7},  // that there are
    {"time_to_finish", "ms", "in ms", 2, 8},
};

}  // namespace

void reporter::ReportRuns(const std::vector<Run>& runs) {
  for (const Run& run : runs) {
    const std::string& name = run.run_name.function_name;
    const std::size_t slash = name.rfind('/');
    if (const std::string family = name.substr(0, slash); family != family_) {
      family_ = family;
      fmt::print("\n{:<18}", family);
      for (const column& each : columns) fmt::print(" {:>{}}", each.heading, each.width);
      fmt::print("\n");
    }
    std::string line = fmt::format("{:<18}", name.substr(slash + 1));
    const row_writer write{out_, name};
    for (const column& each : columns) {
      const auto found = run.counters.find(each.metric);
      if (found == run.counters.end()) {
        line += std::string(static_cast<std::size_t>(each.width) + 1, ' ');
        continue;
      }
      const double value = found->second.value;
      line += fmt::format(" {:>{}.{}f}", value, each.width, each.decimals);
      write(each.metric, value, each.unit);
      if (found->first == "time_per_execution") {
        write("executions_per_second", 1e9 / value, "1/s");
      }
    }
    fmt::print("{}\n", line.substr(0, line.find_last_not_of(' ') + 1));
    std::fflush(stdout);
  }
}

}  // namespace heddle::bench
