// SPDX-License-Identifier: MIT
#include "heddle/explorers/event_counts.hpp"

#include <algorithm>
#include <array>

namespace heddle::explorers {

namespace {

constexpr sched::stable_key every_object = 0;

// The objects that the operation competes for; 0: none.
std::array<sched::stable_key, 2> contested(const sched::operation& op) noexcept {
  switch (op.kind) {
    case sched::op_kind::unlock:
    case sched::op_kind::unlock_exclusive:
    case sched::op_kind::unlock_shared:
      return {0, 0};
    case sched::op_kind::wait:  // gives the mutex up
      return {op.object, 0};
    case sched::op_kind::wake:  // takes the mutex back
      return {0, op.second};
    default:
      return {op.object, op.second};
  }
}

}  // namespace

bool event_subset::contains(const sched::operation& op) const noexcept {
  if (all) return true;
  for (const sched::stable_key object : contested(op)) {
    if (object != 0 && (object == first || object == second)) return true;
  }
  return false;
}

// Adds to the expectation of each thread its own average number of events on `object`.
void event_counts::expect(sched::stable_key object) {
  for (auto at = seen_.lower_bound({object, 0}); at != seen_.end(); ++at) {
    const auto [which, thread] = at->first;
    if (which != object) break;
    const std::uint64_t among = known_[thread].executions;
    known_[thread].expected += static_cast<std::uint32_t>((at->second + among - 1) / among);
  }
}

void event_counts::begin_execution(const event_subset& subset) {
  subset_ = subset;
  here_.clear();
  for (known_thread& at : known_) at.expected = 0;
  if (subset.all) expect(every_object);
  if (subset.first != 0) expect(subset.first);
  if (subset.second != 0) expect(subset.second);
  for (std::size_t i = known_.size(); i-- > 1;) {
    known_[known_[i].creator].expected += known_[i].expected;
  }
}

void event_counts::meet(const sched::thread_view& created) {
  thread_here here{unknown, 0};
  const bool body = here_.empty();
  if (const auto found = positions_.find(created.key); found != positions_.end()) {
    here.known = found->second;
  } else if (learning() && (body || here_[created.parent].known != unknown)) {
    here.known = static_cast<std::uint32_t>(known_.size());
    positions_.emplace(created.key, here.known);
    known_.push_back({body ? unknown : here_[created.parent].known});
  }
  if (here.known != unknown) {
    known_thread& known = known_[here.known];
    known.executions += learning();
    here.remaining = known.expected;
    if (!body) {
      std::uint32_t& of_creator = here_[created.parent].remaining;
      of_creator -= std::min(of_creator, here.remaining);
    }
  }
  here_.push_back(here);
}

void event_counts::perform(sched::thread_id by, const sched::operation& op) {
  thread_here& here = here_[by];
  if (learning()) {
    ++seen_[{every_object, here.known}];
    for (const sched::stable_key object : contested(op)) {
      if (object != 0) ++seen_[{object, here.known}];
    }
  }
  if (here.remaining != 0 && subset_.contains(op)) --here.remaining;
}

void event_counts::end_execution(const sched::outcome& result) {
  if (!result.racy.empty()) {  // from now on there are more events
    *this = {};
    return;
  }
  if (!learning()) return;
  ++executions_;
  shared_.clear();
  for (auto at = seen_.lower_bound({every_object + 1, 0}); at != seen_.end();) {
    const sched::stable_key object = at->first.first;
    std::uint32_t threads = 0;
    std::uint64_t events = 0;
    for (; at != seen_.end() && at->first.first == object; ++at, ++threads) events += at->second;
    if (threads > 1) shared_.emplace_back(object, events);
  }
}

}  // namespace heddle::explorers
