// SPDX-License-Identifier: MIT
#include "search.hpp"

#include <algorithm>

namespace heddle::explorers::por {

// --- from one execution to the next ------------------------------------------------------------

bool search::begin() {
  if (exhausted_ || strange_) return false;
  inherited_.clear();
  others_.clear();
  if (started_) {
    node& at = stack_.back();
    if (!at.impossible) fall_asleep(at);
    at.impossible = false;
    ++at.explored;
    at.taken = std::move(at.ahead.front().first);
    inherited_ = std::move(at.ahead.front().after);
    at.ahead.erase(at.ahead.begin());
  }
  started_ = running_ = true;
  ++executions_;
  log_.begin();
  asleep_.clear();
  resumed_ = journal::nothing;
  repeated_ = stack_.size();
  for (std::size_t at = stack_.size(); at-- > 0 && resumed_ == journal::nothing;) {
    if (!stack_[at].taken.is_data()) resumed_ = at;
  }
  pending_.clear();
  now_ = 0;
  chose_early_ = gives_up_ = false;
  return true;
}

coverage search::claim() const noexcept {
  if (strange_) return coverage::sampled;
  if (exhausted_ && !parked_ && !careful_) return coverage::exhaustive;
  return covers_patience_ ? coverage::bounded : coverage::sampled;
}

sched::explorer::headway search::searched() const noexcept {
  double done = running_ ? 0 : 1;
  for (std::size_t at = stack_.size(); at-- > 0;) {
    const auto all = static_cast<double>(stack_[at].explored + 1 + stack_[at].ahead.size());
    done = (stack_[at].explored + done) / all;
  }
  return {executions_, done};
}

void search::end(const sched::outcome& result) {
  running_ = false;
  if (result.starts_over() && !strange_) {
    // A body that names other things again and again is not deterministic.
    constexpr std::uint32_t too_often = 10;
    strange_ = (restarts_ += result.racy.empty()) > too_often;
    stack_.clear();
    started_ = hurries_ = could_hurry_ = covers_patience_ = false;
    return;
  }
  look_back(result);
  // What has nothing left to be explored need not be repeated.
  while (!stack_.empty() && stack_.back().ahead.empty()) stack_.pop_back();
  if (stack_.empty()) finish_or_hurry();
}

// Everything has been explored as if the clock never advanced while somebody could run. Where it
// could, all of that once more, with it.
void search::finish_or_hurry() noexcept {
  exhausted_ = hurries_ || !could_hurry_ || strange_;
  if (exhausted_) return;
  covers_patience_ = !parked_ && !careful_;
  hurries_ = true;
  started_ = false;
}

// What does this execution say must be explored?
void search::look_back(const sched::outcome& result) {
  parked_ = parked_ || result.parked || result.hurried || result.took_turns || result.abandoned ||
            result.observed || result.uninterrupted;
  if (strange_) return;
  if (replaying()) {
    // Ended before the prefix was repeated: a limit, or it is not the same program.
    if (!gives_up_ && !result.crashed) strange_ = true;
    return;
  }
  if (!gives_up_) {
    pending_.clear();
    log_.learn(result);
    for (const sched::unfinished_thread& at : result.unfinished) {
      if (!waits_for_object(at.pending.kind) || at.waiting) continue;
      pending_.push_back({action::kind::step, log_.threads[at.thread], false, 0, at.pending});
    }
  }
  if (result.failure) log_.keep_two_rounds(result.failure->cycle.size());
  causality_.build(log_, log_.numbered());
  for (const race& at : races_.find(log_, causality_, pending_)) {
    reversal(log_, causality_, at, reversal_);
    require(at.first, reversal_);
  }
  require_other_data();
}

// Whether a sequence is possible at all is no longer a matter of its class alone: time may have to
// pass early, or a thread is parked. What is required may turn out to be impossible, so that it
// must not stand for more than its beginning.
void search::be_careful() noexcept {
  if (careful_) return;
  careful_ = true;
  optimal_ = false;
}

// `what` must be explored from the state before the action at `at`, unless it is already, or will
// be for another reason.
void search::require(std::size_t at, const sequence& what) {
  node& from = stack_[at];
  if (optimal_) {
    for (const action& other : from.asleep) {
      if (weak_initial(other, what)) return;
    }
    insert(from.ahead, what);
    return;
  }
  // Weak initials would not do: what conflicts with them may come after the end of `what`, and
  // here only its beginning is sure to be explored.
  for (const action& other : from.asleep) {
    if (other.fresh.empty() && initial(other, what)) return;
  }
  for (const branch& other : from.ahead) {
    if (initial(other.first, what)) return;
  }
  from.ahead.push_back({what.front(), {}});
}

// A data choice races with the same thread choosing otherwise, where that is not wanted already.
void search::require_other_data() {
  for (std::size_t at = 0; at < log_.size(); ++at) {
    if (!log_[at].is_data() || stack_[at].offered) continue;
    race other{at, log_[at], at};
    const std::size_t count =
        log_[at].what == action::kind::value ? stack_[at].alternatives : stack_[at].waiters.size();
    for (std::uint32_t i = 0; i < count; ++i) {
      other.second.value = log_[at].what == action::kind::value ? i : stack_[at].waiters[i];
      if (other.second.value == log_[at].value) continue;
      reversal(log_, causality_, other, reversal_);
      std::rotate(reversal_.begin(), reversal_.end() - 1, reversal_.end());  // it is forced
      require(at, reversal_);
    }
  }
}

}  // namespace heddle::explorers::por
