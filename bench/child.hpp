// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace heddle::bench {

// This program, or the one with the native door, running one workload in a process of its own: what
// measures from outside (valgrind, strace), and what must not be measured in a process that has
// done other things before.

inline constexpr const char* mark_of_child = "--run=";
// In front of an explorer: what runs is heddle_bench_native, always with memory = cxx.
inline constexpr std::string_view native_prefix = "native/";

// What such a process says about its exploration.
struct child_figures {
  double ns = 0;  // of the processor, per execution
  std::int64_t executions = 0;
  double peak_megabytes = 0;  // of the process, all in all
  double points = 0;          // visible operations per execution
  double allocations = 0;     // of the process, all in all
};

// The command line, for a shell. `name`: explorer/workload. `with_cxx_memory`: memory = cxx.
[[nodiscard]] std::string child_command(std::string_view name, std::int64_t executions,
                                        bool with_cxx_memory = false);

// Runs it; ends the program, with a message, where that fails.
[[nodiscard]] child_figures run_child(std::string_view name, std::int64_t executions,
                                      bool with_cxx_memory = false);

// What runs in the child, given its arguments, if they are those of a child: an exit status, else
// -1.
[[nodiscard]] int be_child(int argc, char** argv);

// The first number that the output of a command has after `mark`; `mark` may be empty. Not a
// number (std::isnan) where there is none, or where the command fails.
[[nodiscard]] double number_from(const std::string& command, std::string_view mark);

}  // namespace heddle::bench
