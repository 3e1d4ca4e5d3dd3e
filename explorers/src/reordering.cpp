// SPDX-License-Identifier: MIT
#include "reordering.hpp"

#include <algorithm>

namespace heddle::explorers {

namespace {
constexpr std::size_t unranked = 0xffff'ffff;
std::uint64_t step_key(sched::stable_key thread, std::uint32_t step) noexcept {
  return sched::mix(thread, step);
}
std::uint64_t data_key(sched::stable_key thread, sched::choice_kind kind,
                       std::uint32_t position) noexcept {
  return sched::mix(thread, std::uint64_t{position} << 3 | static_cast<unsigned>(kind));
}
}  // namespace

reordering::reordering(const sched::trace& recorded, const std::vector<deviation>& data,
                       otherwise changed)
    : measuring(2 * static_cast<std::uint32_t>(recorded.entries.size()) + 2'000),
      changed_(std::move(changed)) {
  std::vector<std::uint32_t> steps(recorded.threads.size(), 0);
  for (const sched::trace_entry& entry : recorded.entries) {
    const sched::event& event = entry.performed;
    if (entry.what != sched::trace_entry::kind::event || !sched::visible(event.op.kind)) continue;
    if (event.thread >= steps.size()) continue;
    const sched::stable_key key = recorded.threads[event.thread].key;
    ranks_[step_key(key, steps[event.thread]++)] = ranks_.size();
  }
  for (const deviation& at : data) {
    if (at.kind == sched::choice_kind::thread) {
      if (at.early) hurried_.push_back(at.target);
      continue;
    }
    data_[data_key(at.acting, at.kind, at.position)] = at;
  }
}

bool reordering::begin_execution() {
  counts_.clear();
  return measuring::begin_execution();
}

bool reordering::held(const sched::execution_state& state, const sched::thread_view& at) const {
  for (const hold& one : changed_.holds) {
    if (one.thread != at.key || at.steps < one.at) continue;
    bool reached = false;
    for (sched::thread_id id = 0; id < state.thread_count(); ++id) {
      const sched::thread_view other = state.thread(id);
      const bool ended = other.status == sched::thread_status::finished;
      reached |= other.key == one.until && (other.steps >= one.steps || ended);
    }
    if (!reached) return true;
  }
  return false;
}

std::size_t reordering::rank(const sched::thread_view& at) const {
  const auto found = ranks_.find(step_key(at.key, at.steps));
  return found == ranks_.end() ? unranked : found->second;
}

bool reordering::permits(const sched::execution_state& state, sched::thread_id next) {
  return measuring::permits(state, next) && (!held(state, state.thread(next)) || give_up());
}

bool reordering::refuses(const sched::execution_state& state, sched::thread_id acting) {
  const sched::thread_view at = state.thread(acting);
  return std::any_of(changed_.refusals.begin(), changed_.refusals.end(), [&](const refusal& one) {
    return one.thread == at.key && one.at == at.steps;
  });
}

std::uint32_t reordering::pick(const sched::choice& where) {
  if (where.kind != sched::choice_kind::thread) {
    const sched::thread_view acting = where.state->thread(where.acting);
    std::uint32_t& count = counts_[sched::mix(acting.key, static_cast<unsigned>(where.kind))];
    const auto found = data_.find(data_key(acting.key, where.kind, count++));
    sched::stable_key waiter = found == data_.end() ? 0 : found->second.target;
    if (!names_thread(where.kind)) {
      return found == data_.end() ? 0 : found->second.value;
    }
    for (const waking& one : changed_.wakes) {
      if (one.notifier == acting.key && one.at == acting.steps) waiter = one.waiter;
    }
    for (std::uint32_t i = 0; i < where.count; ++i) {
      if (where.state->thread(where[i].thread).key == waiter) return i;
    }
    return 0;
  }
  std::uint32_t best = 0;
  std::size_t best_rank = unranked + 2;
  for (std::uint32_t i = 0; i < where.count; ++i) {
    const sched::candidate one = where[i];
    const sched::thread_view at = where.state->thread(one.thread);
    if (held(*where.state, at)) continue;
    std::size_t now = rank(at);
    const bool as_recorded = std::find(hurried_.begin(), hurried_.end(), at.key) != hurried_.end();
    if (one.early_timeout && (now == unranked || !as_recorded)) now = unranked + 1;
    if (now < best_rank) {
      best = i;
      best_rank = now;
    }
  }
  return best;
}

}  // namespace heddle::explorers
