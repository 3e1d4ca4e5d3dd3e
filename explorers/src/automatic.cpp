// SPDX-License-Identifier: MIT
#include "heddle/explorers/automatic.hpp"

namespace heddle::explorers {

automatic::automatic(std::uint64_t seed, std::int64_t executions,
                     std::chrono::nanoseconds time) noexcept
    : walk_(seed),
      searches_(executions > 0 ? executions / 5 : -1),
      search_time_(time / 5),
      started_(std::chrono::steady_clock::now()) {}

bool automatic::begin_execution() {
  if (!walking_) {
    const bool out_of_time =
        search_time_.count() > 0 && std::chrono::steady_clock::now() - started_ > search_time_;
    if (search_.claim() == coverage::exhaustive) return false;
    walking_ = searches_ == 0 || out_of_time;
    if (searches_ > 0) --searches_;
    if (!walking_) return search_.begin_execution();
  }
  return walk_.begin_execution();
}

std::uint32_t automatic::choose(const sched::choice& where) {
  return walking_ ? walk_.choose(where) : search_.choose(where);
}

void automatic::end_execution(const sched::outcome& result) {
  if (!walking_) search_.end_execution(result);
}

coverage automatic::claim() const { return walking_ ? walk_.claim() : search_.claim(); }

}  // namespace heddle::explorers
