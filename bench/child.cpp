// SPDX-License-Identifier: MIT
#include "child.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <limits>

namespace heddle::bench {

std::string child_command(std::string_view name, std::int64_t executions, bool with_cxx_memory) {
  static const std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
  const bool is_native = name.starts_with(native_prefix);
  if (is_native) name.remove_prefix(native_prefix.size());
  return fmt::format("'{}' {}{} {}{}", is_native ? HEDDLE_BENCH_NATIVE : program, mark_of_child,
                     name, executions, is_native || with_cxx_memory ? " cxx" : "");
}

child_figures run_child(std::string_view name, std::int64_t executions, bool with_cxx_memory) {
  const std::string command = child_command(name, executions, with_cxx_memory);
  std::FILE* answer = ::popen(command.c_str(), "r");
  child_figures figures;
  double kilobytes = 0;
  long long ran = 0;
  long long made = 0;
  const bool read = answer != nullptr && std::fscanf(answer, "%lf %lld %lf %lf %lld", &figures.ns,
                                                     &ran, &kilobytes, &figures.points, &made) == 5;
  const bool ended_well = answer != nullptr && ::pclose(answer) == 0;
  if (!read || !ended_well) {
    fmt::print(stderr, "bench: this should have printed figures: {}\n", command);
    std::exit(1);
  }
  figures.executions = ran;
  figures.peak_megabytes = kilobytes / 1024;
  figures.allocations = static_cast<double>(made);
  return figures;
}

double number_from(const std::string& command, std::string_view mark) {
  std::FILE* output = ::popen(command.c_str(), "r");
  double number = std::numeric_limits<double>::quiet_NaN();
  if (output == nullptr) return number;
  bool found = false;
  char line[512];
  while (std::fgets(line, sizeof line, output) != nullptr) {
    const char* at = std::strstr(line, std::string(mark).c_str());
    if (at == nullptr || found) continue;
    number = std::atof(at + mark.size());
    found = true;
  }
  const bool ended_well = ::pclose(output) == 0;
  return ended_well ? number : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace heddle::bench
