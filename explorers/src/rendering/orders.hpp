// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include "../diagnosis/history.hpp"

namespace heddle::explorers {

// An arrow between two entries of a trace, of different threads: the first let the second happen,
// or was seen by it.
struct arrow {
  std::size_t from = 0;  // indices of trace.entries
  std::size_t to = 0;
  const char* why = "";
};

// Starts, notifications, locks handed on, values read that another thread has written.
[[nodiscard]] std::vector<arrow> arrows_of(const sched::trace& of);

}  // namespace heddle::explorers
