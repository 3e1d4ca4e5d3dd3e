// SPDX-License-Identifier: MIT
#include "races.hpp"

#include <algorithm>

#include "alternative_past.hpp"

namespace heddle::explorers::por {

const std::vector<race>& race_detector::find(const event_log& log, const causality& order,
                                             const sequence& pending) {
  races_.clear();
  const auto& pairs = order.conflicts();
  for (std::size_t from = 0; from < pairs.size();) {
    std::size_t to = from;
    while (to < pairs.size() && pairs[to].second == pairs[from].second) ++to;
    consider(log, order, pairs.data() + from, pairs.data() + to, log[pairs[from].second]);
    from = to;
  }
  for (const action& at : pending) {
    pairs_.clear();
    order.conflicts_of_pending(at, pairs_);
    consider(log, order, pairs_.data(), pairs_.data() + pairs_.size(), at);
  }
  for (std::size_t which = 0; which < log.late.size(); ++which) {
    pairs_.clear();
    order.conflicts_of_late(which, pairs_);
    consider(log, order, pairs_.data(), pairs_.data() + pairs_.size(), log.late[which].done);
  }
  return races_;
}

void race_detector::consider(const event_log& log, const causality& order,
                             const causality::pair* from, const causality::pair* to,
                             const action& second) {
  accepted_.clear();
  for (; from != to; ++from) {
    const std::size_t first = from->first;
    if (!may_be_coenabled(log[first].op, second.op)) continue;
    const bool between = std::any_of(accepted_.begin(), accepted_.end(), [&](std::size_t other) {
      return order.ordered(first, other);
    });
    if (between) continue;
    const alternative_past past(log, order, first, from->second);
    if (!past.enables(second)) continue;
    accepted_.push_back(first);
    races_.push_back({first, past.resolve(second), from->second});
  }
}

void reversal(const event_log& log, const causality& order, const race& of, sequence& into) {
  into.clear();
  for (std::size_t at = of.first + 1; at < log.size(); ++at) {
    if (!order.ordered(of.first, at)) into.push_back(log[at]);
  }
  into.push_back(of.second);
}

}  // namespace heddle::explorers::por
