// SPDX-License-Identifier: MIT
#include <algorithm>

#include "bounded_search.hpp"

// From one execution to the next, and from one bound to the next.
namespace heddle::explorers::por {

std::span<bounded_search::option> bounded_search::options_of(std::size_t at) noexcept {
  const std::size_t first = stack_[at].first_option;
  const std::size_t last = at + 1 < stack_.size() ? stack_[at + 1].first_option : options_.size();
  return {options_.data() + first, last - first};
}

bool bounded_search::begin(std::uint32_t up_to) {
  if (finished_ || strange_) return false;
  if (started_ && !next_in_this_bound() && !next_bound()) return false;
  if (bound_ > up_to) return false;
  started_ = true;
  log_.begin();
  offered_.clear();
  early_ = false;
  chosen_cost_ = 0;
  return true;
}

// The deepest place where something is left that the bound allows.
bool bounded_search::next_in_this_bound() {
  for (; !stack_.empty(); stack_.pop_back()) {
    place& at = stack_.back();
    for (option& other : options_of(stack_.size() - 1)) {
      if (other.state != wish::wanted) continue;
      other.state = wish::taken;
      if (at.used + other.cost > bound_) {
        cut_ = true;  // with reduction, look_back() has seen to it
        continue;
      }
      at.cost = other.cost;
      at.taken.op = {};
      if (at.taken.is_data()) {
        at.taken.value = other.value;
      } else {
        at.taken.thread = other.value;
        at.taken.what = other.early ? action::kind::early : action::kind::step;
      }
      return true;
    }
    options_.resize(at.first_option);
  }
  return false;
}

bool bounded_search::next_bound() {
  covered_ = bound_;
  exhausted_ = !cut_;
  if (exhausted_ || bound_ == within_.most) {
    finished_ = true;
    return false;
  }
  ++bound_;
  start_anew();
  return true;
}

void bounded_search::start_anew() noexcept {
  stack_.clear();
  options_.clear();
  started_ = cut_ = false;
}

void bounded_search::end(const sched::outcome& result) {
  if (strange_) return;
  if (result.starts_over()) {
    // A body that names other things again and again is not deterministic.
    constexpr std::uint32_t too_often = 10;
    strange_ = (restarts_ += result.racy.empty()) > too_often;
    return start_anew();
  }
  if (repeating()) {  // a limit, a crash; or it is not the same program
    strange_ = !result.crashed;
    return;
  }
  const bool depends_on_more = result.timed || result.parked || result.hurried ||
                               result.took_turns || result.abandoned || result.observed ||
                               result.uninterrupted || result.memory.model != memory::sc;
  if (!reduce_) return;
  if (depends_on_more) {
    // Whether an operation is possible is no longer a matter of what it depends on alone.
    reduce_ = false;
    return start_anew();
  }
  look_back(result);
}

// What do the races of this execution ask for?
void bounded_search::look_back(const sched::outcome& result) {
  waiting_.clear();
  log_.learn(result);
  // At worst: what would show that an action can turn out otherwise may be beyond the bound.
  causality_.build(log_, log_.numbered(), causality::seconds::at_worst);
  for (const causality::pair& at : causality_.conflicts()) {
    // Also what can never be the other way round, such as an unlock and the next lock: where a
    // thread has to wait, the others go on for free.
    reverse(at.first, log_[at.second].thread);
  }
  for (const sched::unfinished_thread& at : result.unfinished) {
    if (at.waiting || !sched::scheduled(at.pending.kind)) continue;
    const action pending{action::kind::step, log_.threads[at.thread], false, 0, at.pending};
    waiting_.push_back(pending.thread);
    pairs_.clear();
    causality_.conflicts_of_pending(pending, pairs_);
    for (const causality::pair& pair : pairs_) reverse(pair.first, pending.thread);
  }
  // From the last place to the first: a bound that is hit asks for something at earlier ones.
  for (std::size_t at = stack_.size(); at-- > 0;) {
    bool hit = false;
    for (option& other : options_of(at)) {
      if (other.state != wish::wanted || stack_[at].used + other.cost <= bound_) continue;
      other.state = wish::taken;
      hit = cut_ = true;
    }
    if (hit) make_up_for_bound(at);
  }
}

// Something wanted is beyond the bound here. What it would have shown may be within the bound by
// another way: as if everything still to come depended on the last action of every other thread.
void bounded_search::make_up_for_bound(std::size_t at) {
  coming_.assign(log_.numbered(), false);
  for (std::size_t later = at; later < log_.size(); ++later) coming_[log_[later].thread] = true;
  for (const thread_index thread : waiting_) coming_[thread] = true;
  seen_.assign(log_.numbered(), false);
  for (std::size_t last = at; last-- > 0;) {
    const thread_index by = log_[last].thread;
    if (log_[last].is_data() || seen_[by]) continue;
    seen_[by] = true;
    for (thread_index thread = 0; thread < coming_.size(); ++thread) {
      if (coming_[thread] && thread != by) reverse(last, thread);
    }
  }
}

// The thread is to go on before the action at `first`: there, and before the block of which it is a
// part, where that may cost less.
void bounded_search::reverse(std::size_t first, thread_index second) {
  want(first, second);
  const std::size_t block = block_of(first);
  if (block != first) want(block, second);
}

void bounded_search::want(std::size_t at, thread_index thread) {
  bool possible = false;
  const auto add = [](option& of) {
    if (of.state == wish::none) of.state = wish::wanted;
  };
  for (option& other : options_of(at)) {
    if (other.value != thread) continue;
    possible = true;
    add(other);
  }
  if (possible) return;
  for (option& other : options_of(at)) add(other);
}

// The first action of the operations that the same thread performed one after the other.
std::size_t bounded_search::block_of(std::size_t at) const noexcept {
  std::size_t first = at;
  while (at-- > 0 && log_[at].thread == log_[first].thread) {
    if (!log_[at].is_data()) first = at;
  }
  return first;
}

}  // namespace heddle::explorers::por
