// SPDX-License-Identifier: MIT
#include "child.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>
#include <optional>

#include "cpu_time.hpp"
#include "scaled.hpp"
#include "speed.hpp"

namespace heddle::bench {

namespace {

constexpr const char* mark_of_child = "--run=";

// The most memory that this process has had at once.
double peak_kilobytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    double kilobytes = 0;
    if (word == "VmHWM:" && status >> kilobytes) return kilobytes;
  }
  return 0;
}

}  // namespace

std::string child_command(std::string_view name, std::int64_t executions, bool with_cxx_memory) {
  static const std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
  return fmt::format("'{}' {}{} {}{}", program, mark_of_child, name, executions,
                     with_cxx_memory ? " cxx" : "");
}

child_figures run_child(std::string_view name, std::int64_t executions, bool with_cxx_memory) {
  const std::string command = child_command(name, executions, with_cxx_memory);
  std::FILE* answer = ::popen(command.c_str(), "r");
  child_figures figures;
  double kilobytes = 0;
  long long ran = 0;
  const bool read =
      answer != nullptr && std::fscanf(answer, "%lf %lld %lf", &figures.ns, &ran, &kilobytes) == 3;
  const bool ended_well = answer != nullptr && ::pclose(answer) == 0;
  if (!read || !ended_well) {
    fmt::print(stderr, "bench: this should have printed figures: {}\n", command);
    std::exit(1);
  }
  figures.executions = ran;
  figures.peak_megabytes = kilobytes / 1024;
  return figures;
}

int be_child(int argc, char** argv) {
  if (argc < 3 || std::strncmp(argv[1], mark_of_child, std::strlen(mark_of_child)) != 0) return -1;
  const std::string name = argv[1] + std::strlen(mark_of_child);
  const std::size_t slash = name.find('/');
  const std::string workload_name = slash == std::string::npos ? "" : name.substr(slash + 1);
  const workload* const listed = find_workload(workload_name);
  const std::optional<workload> work = listed ? *listed : scaled_workload(workload_name);
  if (!work) {
    fmt::print(stderr, "bench: {} is no explorer/workload\n", name);
    return 2;
  }
  options how = options_of(*work, name.substr(0, slash), std::atoll(argv[2]));
  if (argc > 3) how.memory = memory::cxx;
  const double begun = cpu_ns();
  const report result = explore(how, work->body);
  const double spent = cpu_ns() - begun;
  if (!result.passed()) {
    fmt::print(stderr, "{}", result.text());
    return 1;
  }
  fmt::print("{:.3f} {} {}\n", spent / static_cast<double>(result.executions), result.executions,
             peak_kilobytes());
  return 0;
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
