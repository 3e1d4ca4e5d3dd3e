// SPDX-License-Identifier: MIT
#pragma once

#include "causality.hpp"

namespace heddle::explorers::por {

// Two conflicting actions with nothing between them, and the other order possible.
struct race {
  std::size_t first;  // its position
  action second;      // resolved as it would turn out before `first`
  std::size_t second_position;
};

// Finds the races of an execution. A race of two locks is one of the lock operations: reversed, the
// second comes before the first, not between it and its unlock.
class race_detector {
 public:
  // `pending`: what threads did not come to perform, waiting for a mutex.
  const std::vector<race>& find(const event_log& log, const causality& order,
                                const sequence& pending);

 private:
  void consider(const event_log& log, const causality& order, const causality::pair* from,
                const causality::pair* to, const action& second);

  std::vector<race> races_;
  std::vector<causality::pair> pairs_;
  std::vector<std::size_t> accepted_;
};

// The actions after `first` that do not happen after it, then `second`.
void reversal(const event_log& log, const causality& order, const race& of, sequence& into);

}  // namespace heddle::explorers::por
