// SPDX-License-Identifier: MIT
#include "paired.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <filesystem>

#include "rows.hpp"
#include "speed.hpp"

namespace heddle::bench {

namespace {

constexpr int rounds = 7;
constexpr double round_ns = 8e7;  // of each side

double spent_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

// What a process prints; ends the program if it is no number.
double ask(const std::string& command) {
  std::FILE* answer = ::popen(command.c_str(), "r");
  double number = 0;
  const bool read = answer != nullptr && std::fscanf(answer, "%lf", &number) == 1;
  const bool ended_well = answer != nullptr && ::pclose(answer) == 0;
  if (read && ended_well) return number;
  fmt::print(stderr, "peers: this printed no figure: {}\n", command);
  std::exit(1);
}

double ours(std::string_view workload, std::int64_t executions) {
  static const std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
  return ask(fmt::format("'{}' --time={} {}", program, workload, executions));
}

double relacys(std::string_view workload, std::int64_t executions) {
  return ask(fmt::format("'{}' {} {}", HEDDLE_BENCH_RELACY, workload, executions));
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

int time_for_peers(const std::string& name, std::int64_t executions) {
  const workload* work = find_workload(name);
  if (work == nullptr || executions <= 0) return 2;
  options how = options_of(*work, "random", executions);
  how.races = races::report;
  how.memory = memory::cxx;
  const double begun = spent_ns();
  const report result = explore(how, work->body);
  const double spent = spent_ns() - begun;
  if (!result.passed()) return 1;
  fmt::print("{:.3f}\n", spent / static_cast<double>(result.executions));
  return 0;
}

}  // namespace heddle::bench
