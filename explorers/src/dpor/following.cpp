// SPDX-License-Identifier: MIT
#include <algorithm>

#include "search.hpp"

// Within one execution: repeating the prefix, following the wakeup tree, then going on freely.
namespace heddle::explorers::por {

void search::learn(const sched::execution_state& state) {
  while (log_.threads.size() < state.thread_count()) {
    const auto id = static_cast<sched::thread_id>(log_.threads.size());
    const auto next = static_cast<thread_index>(indices_.size());
    const thread_index index = indices_.emplace(state.thread(id).key, next).first->second;
    log_.threads.push_back(index);
    if (counts_.size() <= index) counts_.resize(index + 1, 0);
  }
}

const action* search::sleeper(const sequence& among, thread_index thread) const noexcept {
  const auto found = std::find_if(among.begin(), among.end(), [thread](const action& at) {
    return at.thread == thread && at.what == action::kind::step;
  });
  return found == among.end() ? nullptr : &*found;
}

bool search::is_asleep(thread_index thread) const noexcept {
  const action* found = sleeper(asleep_, thread);
  return found != nullptr && found->fresh.empty();
}

// `taken` has been explored, with everything it can read there.
void search::fall_asleep(node& at) {
  std::erase_if(at.asleep, [&](const action& other) {
    return !other.fresh.empty() && other.thread == at.taken.thread;
  });
  if (at.taken.op.by_choice) at.taken.op.result = sched::resolution::pending;
  at.asleep.push_back(std::move(at.taken));
}

// What sleeps on after an action. With weak memory what could be done before it can be done after
// it just the same; new is what it has stored.
void search::stay_asleep(const sequence& before, const event_log::entry& done) {
  asleep_.clear();
  for (const action& other : before) {
    const bool wakes = conflict(other, done.done);
    if (wakes && !by_choice(other, done.done)) continue;
    asleep_.push_back(other);
    if (wakes && reads_atomic(other.op) && writes_atomic(done.done.op)) {
      asleep_.back().fresh.push_back(done.step);
    }
  }
}

// The thread that was let run could only have done what has been explored elsewhere. It may take
// another one to bring it anything new.
void search::try_others(node& at) {
  give_up();
  for (const action& other : at.others) {
    const auto is_it = [&](const action& known) { return known.thread == other.thread; };
    if (is_it(at.taken) || std::any_of(at.asleep.begin(), at.asleep.end(), [&](const action& a) {
          return is_it(a) && a.fresh.empty();
        })) {
      continue;
    }
    if (at.ahead.empty()) at.ahead.push_back({other, {}});
  }
}

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
  learn(*where.state);
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
  std::uint32_t best = where.count;
  for (std::uint32_t i = 0; i < where.count && !optimal_; ++i) {
    const sched::candidate at = where[i];
    const thread_index thread = log_.threads[at.thread];
    if (at.early_timeout || is_asleep(thread)) continue;
    const bool awake = sleeper(asleep_, thread) == nullptr;
    if (best == where.count || (awake && !chose_awake_)) best = i;
    if (best == i) chose_awake_ = awake;
    others_.push_back(
        {action::kind::step, thread, false, 0, *where.state->thread(at.thread).pending});
  }
  if (best != where.count) return best;
  for (std::uint32_t i = 0; i < where.count; ++i) {
    const sched::candidate at = where[i];
    if (at.early_timeout) chose_early_ = true;
    if (at.early_timeout || !is_asleep(log_.threads[at.thread])) return i;
  }
  give_up();
  return 0;
}

bool search::permits(const sched::execution_state& state, sched::thread_id next) {
  learn(state);
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
    for (const thread_index at : early_) {
      const action other{action::kind::early, at, false, 0, {}};
      node& here = stack_.back();
      const bool known =
          same(now, other) || std::any_of(here.ahead.begin(), here.ahead.end(),
                                          [&](const branch& b) { return same(b.first, other); });
      if (!known) here.ahead.push_back({other, {}});
    }
  }
  early_.clear();
  open_ = log_.size();
  record(now);
  keep_timeouts(state, now);
  return true;
}

// A new state, from which `taken` is explored first.
void search::enter(action taken) {
  node made;
  if (open_ == nothing) made.asleep = asleep_;  // otherwise step() will know
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

void search::record(const action& done) { log_.entries.push_back({done, ++counts_[done.thread]}); }

std::uint32_t search::choose_data(const sched::choice& where) {
  learn(*where.state);
  const bool waiter = where.kind == sched::choice_kind::waiter;
  const auto value_at = [&](std::uint32_t i) { return waiter ? log_.threads[where[i].thread] : i; };
  action now{waiter ? action::kind::waiter : action::kind::value, log_.threads[where.acting], false,
             0, waiter ? *where.op : sched::operation{}};
  std::uint32_t index = 0;
  if (gives_up_) return 0;
  const action* sleeping = nullptr;  // it is to read only what it could not when it fell asleep
  if (where.kind == sched::choice_kind::store && open_ != nothing) {
    sleeping = sleeper(stack_[open_].asleep, now.thread);
  }
  const auto is_new = [&](std::uint32_t i) {
    if (sleeping == nullptr) return true;
    const auto& fresh = sleeping->fresh;
    return std::find(fresh.begin(), fresh.end(), where[i].step) != fresh.end();
  };
  if (replaying()) {
    const action& taken = stack_[log_.size()].taken;
    const std::uint32_t known = stack_[log_.size()].alternatives;
    const bool fits = taken.what == now.what && taken.thread == now.thread;
    const bool like = waiter || known == where.count;
    index = fits && like ? index_of(where, taken) : where.count;
    if (index == where.count) {
      does_not_fit();
      return 0;
    }
  } else {
    while (index < where.count && !is_new(index)) ++index;
    if (index == where.count) {
      try_others(stack_[open_]);
      return 0;
    }
    inherited_ = with_data_first(std::move(inherited_), now.thread);
    bool follows = false;
    if (!inherited_.empty() && inherited_.front().first.thread == now.thread) {
      index = index_of(where, inherited_.front().first);
      follows = index != where.count;
      if (!follows) {
        does_not_fit();
        return 0;
      }
    }
    now.value = value_at(index);
    if (follows) {
      enter(now);
    } else {
      wakeup_tree later = std::move(inherited_);
      inherited_.clear();
      enter(now);
      inherited_ = std::move(later);
    }
    node& here = stack_.back();
    if (waiter) {
      for (std::uint32_t i = 0; i < where.count; ++i) here.waiters.push_back(value_at(i));
    } else {
      here.alternatives = where.count;
    }
    if (!optimal_) {
      here.offered = true;
      for (std::uint32_t i = 0; i < where.count; ++i) {
        if (i == index || !is_new(i)) continue;
        action other = now;
        other.value = value_at(i);
        here.ahead.push_back({other, {}});
      }
    }
  }
  now.value = value_at(index);
  record(now);
  return index;
}

// The result is known: what sleeps on, and what has been woken.
void search::step(const sched::event& done) {
  if (open_ == nothing) return;
  event_log::entry& entry = log_.entries[open_];
  entry.done.op = done.op;
  entry.value = done.value;
  entry.previous = done.previous;
  entry.other = done.other;
  entry.step = done.step;
  entry.source = done.source;
  node& at = stack_[open_];
  at.taken.op = done.op;
  if (resumed_ == nothing || open_ >= resumed_) {
    if (const action* sleeping = sleeper(at.asleep, entry.done.thread);
        sleeping != nullptr && sleeping->op.by_choice) {
      const auto& fresh = sleeping->fresh;
      const bool is_new = std::find(fresh.begin(), fresh.end(), done.source) != fresh.end();
      if (reads_atomic(done.op) && !is_new && !gives_up_) try_others(at);
    }
    stay_asleep(at.asleep, entry);
    // Data choices that were made meanwhile, before the result was known.
    for (std::size_t later = std::max(open_ + 1, repeated_); later < stack_.size(); ++later) {
      stack_[later].asleep = asleep_;
    }
  }
  open_ = nothing;
}

void search::ordered(sched::thread_id earlier, sched::thread_id later) {
  log_.edges.push_back({log_.size(), earlier, later});
}

}  // namespace heddle::explorers::por
