// SPDX-License-Identifier: MIT
#include "bounded_search.hpp"

#include <algorithm>

// Within one execution: repeating the prefix, then taking what costs nothing.
namespace heddle::explorers::por {

std::uint32_t bounded_search::cost_of(const sched::choice& where, std::uint32_t index,
                                      bool leaving_costs) const {
  if (where[index].early_timeout) return 1;
  if (within_.of == bounded::cost::preemptions) return leaving_costs && index != 0 ? 1 : 0;
  // How many of the others the fixed scheduler would take before: first the current thread (unless
  // it gives way), then by id from the current one on and around.
  if (where.acting_enabled && index == 0) {
    std::uint32_t others = 0;
    while (others + 1 < where.count && !where[others + 1].early_timeout) ++others;
    return leaving_costs ? 0 : others;
  }
  const auto rank = [&](sched::thread_id id) {
    const std::uint32_t threads = where.state->thread_count();
    return (id + threads - where.acting - 1) % threads;
  };
  std::uint32_t before = leaving_costs ? 1 : 0;
  const std::uint32_t mine = rank(where[index].thread);
  for (std::uint32_t i = where.acting_enabled ? 1 : 0; i < where.count; ++i) {
    before += !where[i].early_timeout && rank(where[i].thread) < mine;
  }
  return before;
}

void bounded_search::offer_threads(const sched::choice& where) {
  const sched::op_kind kind = where.op->kind;
  const bool gives_way = kind == sched::op_kind::yield || kind == sched::op_kind::sleep;
  const bool leaving_costs = where.acting_enabled && !gives_way;
  offered_.clear();
  for (std::uint32_t i = 0; i < where.count; ++i) {
    const sched::candidate at = where[i];
    offered_.push_back({log_.threads[at.thread], cost_of(where, i, leaving_costs), at.early_timeout,
                        reduce_ ? wish::none : wish::wanted});
  }
}

std::uint32_t bounded_search::choose_thread(const sched::choice& where) {
  log_.learn(*where.state);
  if (repeating()) {
    const action& wanted = stack_[log_.size()].taken;
    const bool like = options_of(log_.size()).size() == where.count;
    for (std::uint32_t i = 0; like && i < where.count; ++i) {
      const sched::candidate at = where[i];
      if (log_.threads[at.thread] != wanted.thread) continue;
      if (at.early_timeout != (wanted.what == action::kind::early)) continue;
      early_ = at.early_timeout;
      return i;
    }
    strange_ = true;
    return 0;
  }
  offer_threads(where);
  const auto free =
      std::find_if(offered_.begin(), offered_.end(), [](const option& at) { return at.cost == 0; });
  free->state = wish::taken;  // there always is one
  chosen_cost_ = 0;
  early_ = free->early;
  return static_cast<std::uint32_t>(free - offered_.begin());
}

bool bounded_search::permits(const sched::execution_state& state, sched::thread_id next) {
  log_.learn(state);
  if (strange_) return false;
  const action::kind what = early_ ? action::kind::early : action::kind::step;
  const action now{what, log_.threads[next], false, 0, *state.thread(next).pending};
  early_ = false;
  if (repeating()) {
    const action& taken = stack_[log_.size()].taken;
    const bool like = taken.op.kind == now.op.kind || taken.op.kind == sched::op_kind::none;
    if (!same(taken, now) || !like) {
      strange_ = true;
      return false;
    }
  } else {
    if (offered_.empty()) offered_.push_back({now.thread, 0, false, wish::taken});  // forced
    enter(now, chosen_cost_);
  }
  offered_.clear();
  log_.open(now);
  return true;
}

// A new place; what can be taken there has been offered.
void bounded_search::enter(const action& taken, std::uint32_t cost) {
  const std::uint32_t used = stack_.empty() ? 0 : stack_.back().used + stack_.back().cost;
  stack_.push_back({taken, options_.size(), used, cost});
  options_.insert(options_.end(), offered_.begin(), offered_.end());
  offered_.clear();
  chosen_cost_ = 0;
}

std::uint32_t bounded_search::choose_data(const sched::choice& where) {
  log_.learn(*where.state);
  if (strange_) return 0;
  const bool waiter = where.kind == sched::choice_kind::waiter;
  const auto value_at = [&](std::uint32_t i) { return waiter ? log_.threads[where[i].thread] : i; };
  action now{waiter ? action::kind::waiter : action::kind::value, log_.threads[where.acting], false,
             value_at(0), waiter ? *where.op : sched::operation{}};
  std::uint32_t index = 0;
  if (repeating()) {
    const action& taken = stack_[log_.size()].taken;
    while (index < where.count && value_at(index) != taken.value) ++index;
    const bool fits = taken.what == now.what && taken.thread == now.thread;
    if (!fits || index == where.count || options_of(log_.size()).size() != where.count) {
      strange_ = true;
      return 0;
    }
    now.value = taken.value;
  } else {
    offered_.clear();
    for (std::uint32_t i = 0; i < where.count; ++i) {
      offered_.push_back({value_at(i), 0, false, i == 0 ? wish::taken : wish::wanted});
    }
    enter(now, 0);
  }
  log_.record(now);
  return index;
}

void bounded_search::step(const sched::event& done) {
  const std::size_t at = log_.close(done);
  if (at != journal::nothing) stack_[at].taken.op = done.op;
}

void bounded_search::ordered(sched::thread_id earlier, sched::thread_id later) {
  if (reduce_) log_.edges.push_back({log_.size(), earlier, later});
}

}  // namespace heddle::explorers::por
