// SPDX-License-Identifier: MIT
#include "causality.hpp"

#include <algorithm>

namespace heddle::explorers::por {

void causality::join(std::uint32_t* into, const std::uint32_t* from) const noexcept {
  for (std::uint32_t i = 0; i < width_; ++i) into[i] = std::max(into[i], from[i]);
}

void causality::apply(const event_log::edge& edge) {
  if (edge.earlier == sched::no_thread) {  // everybody after everybody
    for (std::uint32_t at = 1; at < width_; ++at) join(local(0), local(at));
    for (std::uint32_t at = 1; at < width_; ++at) join(local(at), local(0));
    return;
  }
  // Threads created after the last action have none.
  const auto known = static_cast<sched::thread_id>(log_->threads.size());
  if (edge.earlier >= known || edge.later >= known) return;
  join(local(log_->threads[edge.later]), local(log_->threads[edge.earlier]));
}

// Of two actions that conflict, or would if the second turned out otherwise.
bool causality::orders(const event_log::entry& first, const event_log::entry& second,
                       seconds how) const noexcept {
  if (how == seconds::at_worst && !conflict(first.done, second.done)) return false;
  return !by_choice(first.done, second.done) ||
         (writes_atomic(first.done.op) && reads_atomic(second.done.op) &&
          second.source == first.step);
}

// A compare-exchange that has failed might not.
const action& causality::worst_case(const action& of) {
  worst_ = of;
  worst_.op.result = sched::resolution::pending;
  return worst_;
}

void causality::build(const event_log& log, std::uint32_t threads, seconds how) {
  log_ = &log;
  width_ = threads;
  clocks_.resize(log.size() * width_);
  closed_.resize(log.size());
  chains_.clear();
  locals_.assign(static_cast<std::size_t>(width_) * width_, 0);
  conflicts_.clear();
  late_locals_.clear();
  auto edge = log.edges.begin();
  std::size_t late = 0;
  for (std::size_t at = 0; at < log.size(); ++at) {
    remember_late(at, late);
    for (; edge != log.edges.end() && edge->position <= at; ++edge) apply(*edge);
    const event_log::entry& entry = log.entries[at];
    const std::uint32_t* known = local(entry.done.thread);
    std::uint32_t* mine = clocks_.data() + at * width_;
    std::copy(known, known + width_, mine);
    mine[entry.done.thread] = entry.index;
    const action& worst =
        how == seconds::at_worst || entry.done.op.by_choice ? worst_case(entry.done) : entry.done;
    chains_.append(entry.done);
    bool closed = true;
    const auto compare = [&](std::uint32_t i) {
      const event_log::entry& other = log.entries[i];
      if (known[other.done.thread] >= other.index) return closed_[i] != 0;
      const bool conflicts = conflict(other.done, worst);
      if (!conflicts || !orders(other, entry, how)) {
        closed = false;
      } else if (mine[other.done.thread] < other.index) {
        join(mine, clock(i));
      }
      if (conflicts && !other.done.is_data() && !entry.done.is_data() &&
          reversible(other.done, worst)) {
        conflicts_.push_back({i, static_cast<std::uint32_t>(at)});
      }
      return false;
    };
    if (entry.done.what != action::kind::value) chains_.for_each_earlier(compare);
    closed_[at] = closed;
    std::copy(mine, mine + width_, local(entry.done.thread));
  }
  remember_late(log.size(), late);
  for (; edge != log.edges.end(); ++edge) apply(*edge);
}

// What their threads knew before the edges at `position`.
void causality::remember_late(std::size_t position, std::size_t& next) {
  for (; next < log_->late.size() && log_->late[next].position == position; ++next) {
    const std::uint32_t* known = local(log_->late[next].done.thread);
    late_locals_.insert(late_locals_.end(), known, known + width_);
  }
}

void causality::conflicts_of(const action& what, const std::uint32_t* known, std::size_t position,
                             std::vector<pair>& into) const {
  for (std::size_t i = position; i-- > 0;) {
    const event_log::entry& other = log_->entries[i];
    if (other.done.is_data() || known[other.done.thread] >= other.index) continue;
    if (!reversible(other.done, what)) continue;
    into.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(position)});
  }
}

void causality::conflicts_of_pending(const action& pending, std::vector<pair>& into) const {
  conflicts_of(pending, local(pending.thread), log_->size(), into);
}

void causality::conflicts_of_late(std::size_t which, std::vector<pair>& into) const {
  const event_log::late_action& late = log_->late[which];
  conflicts_of(late.done, late_locals_.data() + which * width_, late.position, into);
}

}  // namespace heddle::explorers::por
