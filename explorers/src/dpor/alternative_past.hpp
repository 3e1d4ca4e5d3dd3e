// SPDX-License-Identifier: MIT
#pragma once

#include "causality.hpp"

namespace heddle::explorers::por {

// The past that the second action of a race would have if the race were reversed: what came before
// the first one, and what came between the two and does not depend on the first. From it follows
// whether the second would be enabled there, and how it would turn out.
class alternative_past {
 public:
  alternative_past(const event_log& log, const causality& order, std::size_t first,
                   std::size_t second) noexcept
      : log_(log), order_(order), first_(first), second_(second) {}

  [[nodiscard]] bool enables(const action& second) const;
  // With the result it would have; `pending` where that cannot be told.
  [[nodiscard]] action resolve(const action& second) const;

 private:
  struct holder {
    bool taken = false;
    thread_index by = 0;
  };
  [[nodiscard]] bool contains(std::size_t at) const noexcept {
    return at < first_ || (at > first_ && !order_.ordered(first_, at));
  }
  [[nodiscard]] holder holder_of(sched::stable_key mutex) const;
  [[nodiscard]] bool can_take(sched::stable_key mutex, thread_index thread) const;
  [[nodiscard]] bool is_ready(const sched::operation& call) const;
  [[nodiscard]] std::uint64_t value_of(sched::stable_key object) const;
  [[nodiscard]] bool has_permit(const sched::operation& acquire) const;
  [[nodiscard]] bool is_open(const sched::operation& await) const;
  [[nodiscard]] bool is_over(const sched::operation& await) const;
  [[nodiscard]] bool is_free(const sched::operation& lock) const;
  [[nodiscard]] bool is_woken(const action& wake) const;

  const event_log& log_;
  const causality& order_;
  std::size_t first_;
  std::size_t second_;  // log_.size() for an action that was not performed
};

}  // namespace heddle::explorers::por
