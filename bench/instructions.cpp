// SPDX-License-Identifier: MIT
#include "instructions.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "speed.hpp"

namespace heddle::bench {

namespace {

double count(const std::string& workload, int executions) {
  const std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
  const std::string command = fmt::format(
      "valgrind --tool=callgrind --callgrind-out-file=/dev/null '{}' --count={} {} 2>&1", program,
      workload, executions);
  std::FILE* output = ::popen(command.c_str(), "r");
  if (output == nullptr) return 0;
  char line[512];
  double collected = 0;
  while (std::fgets(line, sizeof line, output) != nullptr) {
    if (const char* at = std::strstr(line, "Collected :")) collected = std::atof(at + 11);
  }
  ::pclose(output);
  return collected;
}

}  // namespace

double instructions_per_execution(const std::string& workload) {
  constexpr int few = 200;
  constexpr int many = 1'200;
  const double first = count(workload, few);
  const double second = count(workload, many);
  return first > 0 && second > first ? (second - first) / (many - few) : 0;
}

int run_for_counter(const std::string& name, std::int64_t executions) {
  const workload* work = find_workload(name);
  if (work == nullptr) return 1;
  return explore(options_of(*work, "random", executions), work->body).passed() ? 0 : 1;
}

}  // namespace heddle::bench
