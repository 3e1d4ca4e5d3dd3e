// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include <heddle/sched/explorer.hpp>

namespace heddle::explorers {

// One execution in which threads take turns, in the order of their creation: a switch at every
// scheduling point. Gross errors do not survive it.
class round_robin final : public sched::explorer {
 public:
  bool begin_execution() override { return !std::exchange(done_, true); }
  std::uint32_t choose(const sched::choice& where) override {
    if (where.kind != sched::choice_kind::thread) return 0;
    // After the current thread, if any, candidates come by id.
    const std::uint32_t first = where.acting_enabled ? 1 : 0;
    std::uint32_t next = first;
    while (next < where.count && !where[next].early_timeout && where[next].thread < where.acting) {
      ++next;
    }
    const bool none = next == where.count || where[next].early_timeout;
    if (!none) return next;
    return first < where.count && !where[first].early_timeout ? first : 0;
  }
  [[nodiscard]] coverage claim() const override { return coverage::sampled; }

 private:
  bool done_ = false;
};

}  // namespace heddle::explorers
