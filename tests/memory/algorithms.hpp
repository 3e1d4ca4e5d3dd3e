// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

namespace algorithms {

enum class verdict {
  right,       // with the orders that it needs, or those of the literature
  wrong,       // one of them is too weak; what goes wrong needs no load buffering
  too_strong,  // right, and one of them is stronger than it need be
};
using enum verdict;

// Real algorithms. Each makes a test of its own: exhaustive, small.
struct algorithm {
  const char* name;
  void (*body)();
  verdict is;
};

// Families, a file each.
[[nodiscard]] std::span<const algorithm> locks();
[[nodiscard]] std::span<const algorithm> containers();
[[nodiscard]] std::span<const algorithm> deques();
[[nodiscard]] std::span<const algorithm> reclamation();
[[nodiscard]] std::span<const algorithm> signals();

[[nodiscard]] inline std::vector<algorithm> all() {
  std::vector<algorithm> every;
  for (const auto family : {locks(), containers(), deques(), reclamation(), signals()}) {
    every.insert(every.end(), family.begin(), family.end());
  }
  return every;
}

}  // namespace algorithms
