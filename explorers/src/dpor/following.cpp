// SPDX-License-Identifier: MIT
#include <algorithm>

#include "search.hpp"

// Within one execution: repeating the prefix, following the wakeup tree, then going on freely.
namespace heddle::explorers::por {

// The candidate that `wanted` is, or where.count.
std::uint32_t search::index_of(const sched::choice& where, const action& wanted) const {
  if (!names_thread(where.kind)) return std::min(wanted.value, where.count);
  const bool early = wanted.what == action::kind::early;
  const thread_index thread =
      where.kind == sched::choice_kind::waiter ? wanted.value : wanted.thread;
  for (std::uint32_t i = 0; i < where.count; ++i) {
    const sched::candidate at = where[i];
    if (log_.threads[at.thread] == thread && at.early_timeout == early) return i;
  }
  return where.count;
}

bool search::give_up() noexcept {
  gives_up_ = true;
  return false;
}

// What was to be repeated cannot be. The newest branch may have been impossible all along: for
// instance, its thread is parked here. Anything else is the body's fault.
void search::does_not_fit() noexcept {
  if (log_.size() + 1 == stack_.size()) {
    stack_.back().impossible = true;
  } else {
    strange_ = true;
  }
  gives_up_ = true;
}

std::uint32_t search::choose_thread(const sched::choice& where) {
  log_.learn(*where.state);
  early_.clear();
  if (replaying()) {
    const std::uint32_t index = index_of(where, stack_[log_.size()].taken);
    if (index == where.count) {
      does_not_fit();
      return 0;
    }
    chose_early_ = where[index].early_timeout;
    return index;
  }
  for (std::uint32_t i = where.count; i-- > 0 && where[i].early_timeout;) {
    could_hurry_ = true;
    if (!hurries_) break;
    be_careful();
    early_.push_back(log_.threads[where[i].thread]);
  }
  while (!inherited_.empty()) {
    const std::uint32_t index = index_of(where, inherited_.front().first);
    if (index != where.count) {
      chose_early_ = where[index].early_timeout;
      return index;
    }
    inherited_.erase(inherited_.begin());
  }
  return choose_freely(where);
}

// Threads that sleep but for something new go last: there may be nothing new that they can read.
std::uint32_t search::choose_freely(const sched::choice& where) {
  others_.clear();
  const std::uint32_t threads = where.count - where.early;
  const std::uint32_t first = shuffle_ && threads > 0 ? shuffle_->below(threads) : 0;
  std::uint32_t best = where.count;
  for (std::uint32_t i = 0; i < threads; ++i) {
    const std::uint32_t index = (first + i) % threads;
    const sched::thread_id id = where[index].thread;
    const thread_index thread = log_.threads[id];
    if (is_asleep(thread)) continue;
    if (optimal_) return index;
    const bool awake = sleeper(asleep_, thread) == nullptr;
    if (best == where.count || (awake && !chose_awake_)) best = index;
    if (best == index) chose_awake_ = awake;
    others_.push_back({action::kind::step, thread, false, 0, *where.state->thread(id).pending});
  }
  if (best != where.count) return best;
  if (threads < where.count && hurries_) {
    chose_early_ = true;
    return threads;
  }
  give_up();
  return 0;
}

bool search::permits(const sched::execution_state& state, sched::thread_id next) {
  log_.learn(state);
  const thread_index thread = log_.threads[next];
  keep_late(state);
  look_for_parking(state);
  if (gives_up_) {
    keep_pending(state);
    return false;
  }
  const action::kind what = chose_early_ ? action::kind::early : action::kind::step;
  const action now{what, thread, false, 0, *state.thread(next).pending};
  if (now.op.by_choice) optimal_ = false;  // what depends on what is less simple than it asks for
  chose_early_ = false;
  if (replaying()) {
    const action& taken = stack_[log_.size()].taken;
    const bool fits = same(taken, now);  // if not, `next` was forced
    const bool like = taken.op.kind == now.op.kind || taken.op.kind == sched::op_kind::none;
    if (fits && !like) strange_ = true;
    if (!fits || !like) {
      does_not_fit();
      return false;
    }
  } else {
    while (!inherited_.empty() && !same(inherited_.front().first, now)) {
      inherited_.erase(inherited_.begin());
    }
    if (!inherited_.empty() && !careful_ && inherited_.front().first.op.kind != now.op.kind) {
      strange_ = true;
      return give_up();
    }
    if (inherited_.empty() && what == action::kind::step && is_asleep(thread)) {
      keep_pending(state);
      return give_up();
    }
    enter(now);
    want_early(now);
  }
  early_.clear();
  log_.open(now);
  keep_timeouts(state, now);
  return true;
}

// An early clock advance may let others run here: all of that is to be explored, too.
void search::want_early(const action& now) {
  wakeup_tree& ahead = stack_.back().ahead;
  for (const thread_index at : early_) {
    const action other{action::kind::early, at, false, 0, {}};
    const bool known =
        same(now, other) || std::any_of(ahead.begin(), ahead.end(),
                                        [&](const branch& b) { return same(b.first, other); });
    if (!known) ahead.push_back({other, {}});
  }
}

// A new state, from which `taken` is explored first.
void search::enter(action taken) {
  node made;
  if (log_.opened() == journal::nothing) made.asleep = asleep_;  // otherwise step() will know
  wakeup_tree after;
  if (!inherited_.empty()) {
    after = std::move(inherited_.front().after);
    inherited_.erase(inherited_.begin());
    made.ahead = std::move(inherited_);
  }
  inherited_ = std::move(after);
  made.others = std::move(others_);
  others_.clear();
  made.taken = std::move(taken);
  stack_.push_back(std::move(made));
}

void search::ordered(sched::thread_id earlier, sched::thread_id later) {
  log_.edges.push_back({log_.size(), earlier, later});
}

}  // namespace heddle::explorers::por
