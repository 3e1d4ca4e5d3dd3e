// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <string_view>
#include <vector>

#include <heddle/sched/operation.hpp>

namespace heddle::sched {

// One operation on atomics, or a fence, as it stands in the source: where the order of memory is
// written.
struct order_site {
  op_kind kind = op_kind::none;
  bool on_failure = false;  // the second order of a compare-exchange
  location where;
  std::memory_order order = std::memory_order_seq_cst;

  [[nodiscard]] bool same_place(const order_site& other) const noexcept {
    return kind == other.kind && on_failure == other.on_failure && where.line == other.where.line &&
           std::string_view(where.file) == other.where.file;
  }
};

// Orders of memory to be used instead of those in the source; and, if asked for, which there are.
struct order_book {
  std::vector<order_site> instead;
  bool collects = false;
  std::vector<order_site> seen;

  // What to use where the source says `as_written`. Places that are not known keep their order.
  [[nodiscard]] std::memory_order order_at(const order_site& as_written);
};

}  // namespace heddle::sched
