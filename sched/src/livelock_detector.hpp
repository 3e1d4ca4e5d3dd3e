// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "heddle/sched/event.hpp"

namespace heddle::sched {

// Finds a round of events that may go on for ever, and checks further rounds against it. A round is
// suspect when it has just happened twice in a row, or when it leads from a state back to the same
// state and that state has been met twice before, on whatever way (a random walk seldom takes the
// same way twice). Knows nothing of threads or objects but the hash of each event over (thread,
// kind, object, value) and of the state after it; who must take part in a fair round is for the
// caller to say.
class livelock_detector {
 public:
  void reset() noexcept {
    count_ = 0;
    not_before_ = 0;
    pumping_ = false;
  }

  // Appends an event and the state after it (0: not looked at). While pumping: checks it against
  // the round, and ends the pumping on the first difference.
  void add(const event& done, std::uint64_t state = 0);

  // Is there a period p such that the last p events equal the p before them, and `fair(threads)`
  // holds for the threads that take part? If so, pumping starts.
  template <class Fair>
  bool find_round(Fair&& fair) {
    if (pumping_ || count_ < not_before_) return false;
    const std::uint64_t reach = count_ / 2 < longest ? count_ / 2 : longest;
    for (std::uint64_t period = 1; period <= reach; ++period) {
      if (!repeats(period)) continue;
      collect(period);
      if (!fair(round_)) continue;
      pumping_ = true;
      position_ = rounds_ = 0;
      return true;
    }
    return false;
  }

  // Has the state after the last event been met twice before? If so, the shortest fair way from
  // such a visit to here is the round, and pumping starts.
  template <class Fair>
  bool find_recurrence(Fair&& fair) {
    if (pumping_ || count_ < not_before_ || count_ < 3 || ago(0).state == 0) return false;
    const std::uint64_t reach = count_ - 1 < longest ? count_ - 1 : longest;
    std::uint64_t visits[most_visits];
    std::uint32_t visited = 0;
    for (std::uint64_t back = 1; back <= reach && visited < most_visits; ++back) {
      if (ago(back).state == ago(0).state) visits[visited++] = back;
    }
    for (std::uint32_t i = 0; visited >= 2 && i < visited; ++i) {
      collect(visits[i]);
      if (!fair(round_)) continue;
      pumping_ = true;
      position_ = rounds_ = 0;
      return true;
    }
    return false;
  }

  [[nodiscard]] bool pumping() const noexcept { return pumping_; }
  [[nodiscard]] thread_id expected_thread() const noexcept { return round_[position_].thread; }
  [[nodiscard]] std::uint32_t rounds() const noexcept { return rounds_; }
  // Time must pass while it is followed, or whoever waits for it would wait for ever.
  [[nodiscard]] bool begins_round_that_reads_clock() const noexcept {
    if (position_ != 0) return false;
    for (const item& at : round_) {
      if (at.reads_clock) return true;
    }
    return false;
  }
  [[nodiscard]] bool takes_part(thread_id thread) const noexcept {
    for (const item& at : round_) {
      if (at.thread == thread) return true;
    }
    return false;
  }
  [[nodiscard]] std::vector<event> round() const { return events_; }
  void give_up() noexcept;  // the round cannot go on: try no more for a while

  struct item {
    std::uint64_t hash;
    thread_id thread;
    std::uint64_t state = 0;
    bool reads_clock = false;
  };

 private:
  static constexpr std::uint64_t capacity = 1024;  // a power of two
  static constexpr std::uint64_t longest = capacity / 2 - 1;
  static constexpr std::uint32_t most_visits = 16;
  [[nodiscard]] const item& ago(std::uint64_t distance) const noexcept {
    return history_[(count_ - 1 - distance) % capacity];
  }
  [[nodiscard]] bool repeats(std::uint64_t period) const noexcept;
  void collect(std::uint64_t period);

  std::vector<item> history_;
  std::uint64_t count_ = 0;
  std::uint64_t not_before_ = 0;
  std::vector<item> round_;
  std::vector<event> events_;  // of the first pumped round, for the report
  bool pumping_ = false;
  std::uint32_t position_ = 0;
  std::uint32_t rounds_ = 0;
};

}  // namespace heddle::sched
