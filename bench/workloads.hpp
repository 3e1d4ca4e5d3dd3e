// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "floor.hpp"

namespace heddle::bench {

// A body to explore, and the same operations on bare fibers.
struct workload {
  std::string_view name;
  unsigned points;   // visible operations of the body; 0: they differ, the mean is measured
  void (*body)();    // under Heddle
  unsigned threads;  // on bare fibers
  bare_fibers::body bare;
};

// All of them, in the order of the tables.
[[nodiscard]] const std::vector<workload>& workloads();

// Null: there is none of that name.
[[nodiscard]] const workload* find_workload(std::string_view name);

// By what they are made of.
[[nodiscard]] std::vector<workload> atomic_workloads();     // loads and stores
[[nodiscard]] std::vector<workload> lock_workloads();       // mutexes and condition variables
[[nodiscard]] std::vector<workload> structure_workloads();  // lock-free stacks and queues
[[nodiscard]] std::vector<workload> litmus_workloads();     // weak memory
[[nodiscard]] std::vector<workload>
order_workloads();  // bodies with a bug, which is not looked for

}  // namespace heddle::bench
