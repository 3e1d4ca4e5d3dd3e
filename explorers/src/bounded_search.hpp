// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "measuring.hpp"

namespace heddle::explorers {

// Depth-first search of every schedule that is not more complicated than a bound, which may be
// tightened on the way: branch and bound over (preemptions, choices that are not boring).
class bounded_search final : public measuring {
 public:
  // At most `preemptions`, and nothing more complicated than `than`.
  bounded_search(std::uint32_t preemptions, const schedule_size& than,
                 std::uint32_t longest) noexcept
      : measuring(longest), preemptions_(preemptions), best_(than) {}
  bool begin_execution() override;  // false: there is none left
  void tighten(const schedule_size& best) noexcept { best_ = best; }

 protected:
  std::uint32_t pick(const sched::choice& where) override;

 private:
  struct node {
    std::uint32_t index = 0;
    std::uint32_t count = 0;
    std::uint32_t free_below = 0;  // candidates from here on are preemptions
    schedule_size before;          // of the schedule up to here
  };
  [[nodiscard]] bool within(const node& at, std::uint32_t index) const noexcept;

  std::uint32_t preemptions_;
  schedule_size best_;
  std::vector<node> stack_;
  std::size_t depth_ = 0;
  bool started_ = false;
};

}  // namespace heddle::explorers
