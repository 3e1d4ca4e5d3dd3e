// SPDX-License-Identifier: MIT
#pragma once

#include <span>

namespace algorithms {

// Real algorithms with the orders that they need, and with one of them weakened. What goes wrong
// then needs no load buffering.
struct algorithm {
  const char* name;
  void (*body)();
  bool correct;
};

[[nodiscard]] std::span<const algorithm> all();

}  // namespace algorithms
