// SPDX-License-Identifier: MIT
#include <algorithm>

#include "search.hpp"

// Within one execution: choices of a value or of a waiter.
namespace heddle::explorers::por {

// What an action that takes this candidate has as its value.
std::uint32_t search::value_at(const sched::choice& where, std::uint32_t index) const {
  return where.kind == sched::choice_kind::waiter ? log_.threads[where[index].thread] : index;
}

std::uint32_t search::choose_data(const sched::choice& where) {
  log_.learn(*where.state);
  if (gives_up_) return 0;
  const bool waiter = where.kind == sched::choice_kind::waiter;
  action now{waiter ? action::kind::waiter : action::kind::value, log_.threads[where.acting], false,
             0, waiter ? *where.op : sched::operation{}};
  std::uint32_t index = where.count;
  if (!replaying()) {
    index = choose_new_data(where, now);
  } else if (fits_data(where, now)) {
    index = index_of(where, stack_[log_.size()].taken);
  }
  if (index == where.count && !replaying() && where.kind == sched::choice_kind::store) {
    try_others(stack_[log_.opened()]);
    return 0;
  }
  if (index == where.count) {
    does_not_fit();
    return 0;
  }
  now.value = value_at(where, index);
  log_.record(now);
  return index;
}

// Is this the choice that is to be repeated?
bool search::fits_data(const sched::choice& where, const action& now) const {
  const node& at = stack_[log_.size()];
  const bool like = where.kind == sched::choice_kind::waiter || at.alternatives == where.count;
  return like && at.taken.what == now.what && at.taken.thread == now.thread;
}

// What the wakeup tree asks for, or else the boring one; where.count if the former is impossible.
std::uint32_t search::choose_new_data(const sched::choice& where, action now) {
  const auto allowed = [&](std::uint32_t i) {
    return where.kind != sched::choice_kind::store || is_new(log_.opened(), where[i].step);
  };
  std::uint32_t first = 0;
  while (first < where.count && !allowed(first)) ++first;
  inherited_ = with_data_first(std::move(inherited_), now.thread);
  const bool follows = !inherited_.empty() && inherited_.front().first.thread == now.thread;
  const std::uint32_t index = follows ? index_of(where, inherited_.front().first) : first;
  if (index == where.count) return index;
  now.value = value_at(where, index);
  if (follows) {
    enter(now);
  } else {
    wakeup_tree later = std::move(inherited_);
    inherited_.clear();
    enter(now);
    inherited_ = std::move(later);
  }
  node& here = stack_.back();
  if (now.what == action::kind::waiter) {
    for (std::uint32_t i = 0; i < where.count; ++i) here.waiters.push_back(value_at(where, i));
  } else {
    here.alternatives = where.count;
  }
  here.offered = !optimal_;
  for (std::uint32_t i = 0; !optimal_ && i < where.count; ++i) {
    if (i == index || !allowed(i)) continue;
    action other = now;
    other.value = value_at(where, i);
    here.ahead.push_back({other, {}});
  }
  return index;
}

}  // namespace heddle::explorers::por
