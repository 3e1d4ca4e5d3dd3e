// SPDX-License-Identifier: MIT
#include "heddle/explorers/depth_first.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "not_deterministic.hpp"

namespace heddle::explorers {

namespace {
// Without object identities: what a body creates once and keeps changes them after the first
// execution, and that is no nondeterminism.
std::uint64_t look(const sched::choice& where) noexcept {
  const auto kind = static_cast<std::uint64_t>(where.kind);
  std::uint64_t sum = sched::mix(where.state->thread(where.acting).key,
                                 kind << 8 | static_cast<std::uint64_t>(where.op->kind));
  if (where.kind != sched::choice_kind::thread) return sum;
  for (std::uint32_t i = 0; i < where.count; ++i) {
    const sched::thread_view at = where.state->thread(where[i].thread);
    sum = sched::mix(sum, at.key ^ static_cast<std::uint64_t>(at.pending->kind));
  }
  return sum;
}
}  // namespace

bool depth_first::begin_execution() {
  if (exhausted_ || strange_ >= 0) return false;
  if (started_) {
    while (!stack_.empty() && stack_.back().index + 1 == stack_.back().count) stack_.pop_back();
    if (stack_.empty()) {
      exhausted_ = true;
      return false;
    }
    ++stack_.back().index;
  }
  started_ = running_ = true;
  ++executions_;
  depth_ = 0;
  prefix_ = stack_.size();
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

void depth_first::end_execution(const sched::outcome& result) {
  running_ = false;
  if (!result.racy.empty() || result.widened) {
    stack_.clear();
    started_ = false;
    return;
  }
  // Shorter than what was to be repeated: not what a deterministic body does, but what a crash
  // does.
  if (depth_ < prefix_ && strange_ < 0 && !result.crashed) {
    strange_ = static_cast<std::int64_t>(depth_);
  }
  exhausted_ = strange_ < 0 && depth_ == stack_.size() &&
               std::all_of(stack_.begin(), stack_.end(),
                           [](const node& at) { return at.index + 1 == at.count; });
}

coverage depth_first::claim() const {
  return exhausted_ ? coverage::exhaustive : coverage::sampled;
}

// As if what is below each candidate of a choice were of the same size.
sched::explorer::headway depth_first::searched() const {
  double done = running_ ? 0 : 1;
  for (std::size_t at = stack_.size(); at-- > 0;) {
    done = (stack_[at].index + done) / stack_[at].count;
  }
  return {executions_, done};
}

std::string depth_first::complaint() const {
  if (strange_ < 0) return {};
  return not_deterministic(fmt::format(" at choice {}", strange_ + 1));
}

}  // namespace heddle::explorers
