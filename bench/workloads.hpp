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

[[nodiscard]] const std::vector<workload>& workloads();

}  // namespace heddle::bench
