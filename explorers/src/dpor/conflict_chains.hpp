// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "action.hpp"

namespace heddle::explorers::por {

// The actions of a log, chained to the ones before them with which they might conflict: those on an
// object they name, those with deadlines, those that park. Who looks for the conflicts of an action
// follows its chains and need not compare it with everything before.
class conflict_chains {
 public:
  static constexpr std::uint32_t none = 0xffff'ffff;

  void clear() noexcept;

  // The next action of the log. Afterwards for_each_earlier() speaks of it.
  void append(const action& what);

  // Calls visit(position) for the positions of earlier actions from the latest on, without those
  // that cannot conflict with the last one appended. True from `visit`: everything before that one
  // which is on its chains is of no interest either.
  template <class Visit>
  void for_each_earlier(const Visit& visit) const {
    const auto last = static_cast<std::uint32_t>(count_ - 1);
    if (with_all_) {
      for (std::uint32_t at = last; at-- > 0;) visit(at);
      return;
    }
    std::array<std::uint32_t, chains_of_one> next;
    std::copy_n(links_.begin() + last * chains_of_one, chains_of_one, next.begin());
    for (;;) {
      std::uint32_t latest = 0;  // position + 1
      for (const std::uint32_t node : next) latest = std::max(latest, position_after(node));
      if (latest == 0) return;
      const bool stop = visit(latest - 1);
      for (std::uint32_t& node : next) {
        if (position_after(node) == latest) node = stop ? none : links_[node];
      }
    }
  }

 private:
  // An action is on the chains of its two objects, of deadlines, of parking, and of what conflicts
  // with everything; not all need be used. A node is position * chains_of_one + which.
  static constexpr std::uint32_t chains_of_one = 5;
  struct slot {
    std::uint64_t key = 0;
    std::uint32_t newest = none;
    std::uint32_t generation = 0;  // of an older one: empty
  };

  [[nodiscard]] static std::uint32_t position_after(std::uint32_t node) noexcept {
    return node == none ? 0 : node / chains_of_one + 1;
  }
  std::uint32_t& newest_of(std::uint64_t key);
  void grow();

  std::size_t count_ = 0;
  bool with_all_ = false;             // the last action may conflict with any
  std::vector<std::uint32_t> links_;  // by node: the one before it on the same chain
  std::uint32_t newest_timed_ = none;
  std::uint32_t newest_parking_ = none;
  std::uint32_t newest_of_any_ = none;
  std::vector<slot> table_;  // objects to chains: open addressing, at most half full
  std::uint32_t used_ = 0;
  std::uint32_t generation_ = 0;
};

}  // namespace heddle::explorers::por
