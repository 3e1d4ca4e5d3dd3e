// SPDX-License-Identifier: MIT
#include <algorithm>

#include "execution.hpp"

// Virtual time. It stands still while anyone can run; then it jumps to the next deadline. An early
// jump, while others could run, is what a loaded machine does: a choice, bounded per execution.
namespace heddle::sched {

virtual_time execution::next_deadline() const noexcept {
  virtual_time next = no_deadline;
  for (const thread_record* at : timed_) next = std::min(next, at->pending.deadline);
  return next;
}

// Threads whose deadline is the next one, if an early jump is still allowed.
std::uint32_t execution::early_candidates() const noexcept {
  if (early_used_ >= limits_.shape.early_timeouts || running_out_) return 0;
  const virtual_time next = next_deadline();
  return static_cast<std::uint32_t>(
      std::count_if(timed_.begin(), timed_.end(),
                    [next](const thread_record* at) { return at->pending.deadline == next; }));
}

// By thread id: `timed_` is in an order that depends on history.
thread_id execution::early_candidate(std::uint32_t index) const noexcept {
  const virtual_time next = next_deadline();
  for (std::uint32_t id = 0; id < thread_count_; ++id) {
    const thread_record& at = *threads_[id];
    if (at.status != thread_status::timed || at.pending.deadline != next) continue;
    if (index-- == 0) return id;
  }
  return no_thread;
}

bool execution::advance_clock() {
  const virtual_time next = next_deadline();
  if (next == no_deadline) return false;
  advance_clock_to(next);
  return true;
}

// Time passes although nobody sleeps, in growing steps: for those who only look at the clock.
void execution::tick_clock() {
  constexpr virtual_time least = 1'000'000;         // a millisecond
  constexpr virtual_time most = 3'600'000'000'000;  // an hour
  tick_ = std::clamp(tick_ * 2, least, most);
  const virtual_time step = tick_;
  advance_clock_to(std::min(clock_ + step, next_deadline()));
  tick_ = step;
}

void execution::advance_clock_to(virtual_time to, bool early) {
  if (!early) tell_order(nullptr, nullptr);
  clock_ = std::max(clock_, to);
  ++clock_version_;
  if (!livelock_.pumping())
    tick_ = 0;  // else a loop that sleeps a little until a late deadline
                // would not come to its end
  for (std::size_t i = 0; i < timed_.size();) {
    thread_record& at = *timed_[i];
    if (at.pending.deadline > clock_) {
      ++i;
    } else {
      update(at);  // takes it out of timed_
    }
  }
  unpark_watchers(clock_key, nullptr);
}

}  // namespace heddle::sched
