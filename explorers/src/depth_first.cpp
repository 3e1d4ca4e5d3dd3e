// SPDX-License-Identifier: MIT
#include "heddle/explorers/depth_first.hpp"

#include <fmt/format.h>

namespace heddle::explorers {

namespace {
// Without object identities: what a body creates once and keeps changes them after the first
// execution, and that is no nondeterminism.
std::uint64_t look(const sched::choice& where) noexcept {
  const auto kind = static_cast<std::uint64_t>(where.kind);
  const auto op = static_cast<std::uint64_t>(where.op->kind);
  return sched::mix(where.state->thread(where.acting).key, kind << 8 | op);
}
}  // namespace

bool depth_first::begin_execution() {
  if (exhausted_ || strange_ >= 0) return false;
  if (started_) {
    stack_.resize(depth_);  // the last execution may have been shorter than the one before
    while (!stack_.empty() && stack_.back().index + 1 == stack_.back().count) stack_.pop_back();
    if (stack_.empty()) {
      exhausted_ = true;
      return false;
    }
    ++stack_.back().index;
  }
  started_ = true;
  depth_ = 0;
  return true;
}

std::uint32_t depth_first::choose(const sched::choice& where) {
  if (depth_ == stack_.size()) {
    stack_.push_back({0, where.count, look(where)});
  } else if (stack_[depth_].count != where.count || stack_[depth_].looks != look(where)) {
    if (strange_ < 0) strange_ = static_cast<std::int64_t>(depth_);
    return 0;
  }
  return stack_[depth_++].index;
}

coverage depth_first::claim() const {
  return exhausted_ && strange_ < 0 ? coverage::exhaustive : coverage::sampled;
}

std::string depth_first::complaint() const {
  if (strange_ < 0) return {};
  return fmt::format(
      "the body is not deterministic: repeated with the same choices it did something else at "
      "choice "
      "{}; likely causes: real time, random numbers, addresses used as keys, state kept between "
      "executions",
      strange_ + 1);
}

}  // namespace heddle::explorers
