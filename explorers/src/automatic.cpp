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
  if (now_ != phase::walking) {
    if (current().claim() == coverage::exhaustive) return false;
    if (now_ == phase::reducing && reduction_.finished()) now_ = phase::searching;
    const bool out_of_time =
        search_time_.count() > 0 && std::chrono::steady_clock::now() - started_ > search_time_;
    if (searches_ == 0 || out_of_time) now_ = phase::walking;
    if (searches_ > 0) --searches_;
  }
  return current().begin_execution();
}

const sched::explorer& automatic::current() const noexcept {
  switch (now_) {
    case phase::reducing:
      return reduction_;
    case phase::searching:
      return search_;
    case phase::walking:
      break;
  }
  return walk_;
}

sched::explorer& automatic::current() noexcept {
  return const_cast<sched::explorer&>(static_cast<const automatic*>(this)->current());
}

}  // namespace heddle::explorers
