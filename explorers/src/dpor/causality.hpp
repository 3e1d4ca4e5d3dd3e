// SPDX-License-Identifier: MIT
#pragma once

#include "conflict_chains.hpp"
#include "event_log.hpp"

namespace heddle::explorers::por {

// Happens-before of one execution for the purpose of reduction: program order, creation, join,
// notify, and the order of conflicting actions. Vector clocks count the actions of each thread.
// These are not the clocks of the C++ memory model: here a notify orders, and two locks of one
// mutex may be exchanged.
class causality {
 public:
  // A conflict that is not ordered by anything else that `second`'s thread knew before.
  struct pair {
    std::uint32_t first;
    std::uint32_t second;
  };

  // Which conflicts are found: those there were, or also those there might have been if the second
  // action had turned out otherwise, as it may where it comes earlier.
  enum class seconds : std::uint8_t { as_performed, at_worst };
  void build(const event_log& log, std::uint32_t threads, seconds how = seconds::as_performed);

  [[nodiscard]] bool ordered(std::size_t earlier, std::size_t later) const noexcept {
    const auto& entry = log_->entries[earlier];
    return clock(later)[entry.done.thread] >= entry.index;
  }
  // By `second`, the latest `first` first.
  [[nodiscard]] const std::vector<pair>& conflicts() const noexcept { return conflicts_; }
  // The conflicts of an action that its thread did not come to perform.
  void conflicts_of_pending(const action& pending, std::vector<pair>& into) const;
  // The conflicts of log.late[which].
  void conflicts_of_late(std::size_t which, std::vector<pair>& into) const;

 private:
  [[nodiscard]] const std::uint32_t* clock(std::size_t at) const noexcept {
    return clocks_.data() + at * width_;
  }
  void apply(const event_log::edge& edge);
  [[nodiscard]] bool orders(const event_log::entry& first, const event_log::entry& second,
                            seconds how) const noexcept;
  const action& worst_case(const action& of);
  std::uint32_t* local(thread_index of) noexcept { return locals_.data() + of * width_; }
  [[nodiscard]] const std::uint32_t* local(thread_index of) const noexcept {
    return locals_.data() + of * width_;
  }
  void conflicts_of(const action& what, const std::uint32_t* known, std::size_t position,
                    std::vector<pair>& into) const;
  void join(std::uint32_t* into, const std::uint32_t* from) const noexcept;

  const event_log* log_ = nullptr;
  std::uint32_t width_ = 0;
  std::vector<std::uint32_t> clocks_;  // one per entry
  std::vector<std::uint32_t> locals_;  // one per thread: what it knows before its next action
  void remember_late(std::size_t position, std::size_t& next);

  std::vector<std::uint32_t> late_locals_;  // one per late action: what its thread knew before
  std::vector<pair> conflicts_;
  action worst_;
  conflict_chains chains_;
  std::vector<std::uint8_t>
      closed_;  // by entry: it happens after all that is before it on its chains
};

}  // namespace heddle::explorers::por
