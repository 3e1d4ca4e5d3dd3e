// SPDX-License-Identifier: MIT
#include "from_outside.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

#include "child.hpp"

namespace heddle::bench {

namespace {

// What counts, with the command to be counted as {}; the count follows `mark` in its output.
struct counter {
  const char* command;
  const char* mark;
};
constexpr counter callgrind{
    "valgrind --tool=callgrind --callgrind-out-file=/dev/null {} 2>&1 >/dev/null", "Collected :"};
// One column of figures, in which the sum is the last.
constexpr counter strace{"strace -f -c -U calls,name {} 2>&1 >/dev/null | grep total", ""};

std::optional<double> per_execution(const counter& with, const std::string& name, std::int64_t few,
                                    std::int64_t many) {
  const auto count = [&](std::int64_t executions) {
    return number_from(fmt::format(fmt::runtime(with.command), child_command(name, executions)),
                       with.mark);
  };
  const double first = count(few);
  const double second = count(many);
  if (std::isnan(first) || std::isnan(second) || first <= 0) return std::nullopt;
  return (second - first) / static_cast<double>(many - few);
}

// Whether a program can watch another one here.
bool works(const char* program) {
  return std::system(fmt::format("{} true >/dev/null 2>&1", program).c_str()) == 0;
}
bool callgrind_works() {
  static const bool it_does = works("valgrind --tool=none");
  return it_does;
}
bool strace_works() {
  static const bool it_does = works("strace -c");
  return it_does;
}

}  // namespace

std::optional<double> instructions_per_execution(const std::string& name, std::int64_t few,
                                                 std::int64_t many) {
  if (!callgrind_works()) return std::nullopt;
  return per_execution(callgrind, name, few, many);
}

std::optional<double> system_calls_per_execution(const std::string& name, std::int64_t few,
                                                 std::int64_t many) {
  if (!strace_works()) return std::nullopt;
  return per_execution(strace, name, few, many);
}

std::string missing_counters() {
  std::string text;
  if (!callgrind_works()) text += "no instructions per point: valgrind is not there or may not\n";
  if (!strace_works()) text += "no system calls per execution: strace is not there or may not\n";
  return text;
}

}  // namespace heddle::bench
