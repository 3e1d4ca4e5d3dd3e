// SPDX-License-Identifier: MIT
#include "heddle/explorers/automatic.hpp"

#include <algorithm>

namespace heddle::explorers {

automatic::automatic(std::uint64_t seed, std::uint32_t depth, budget whole)
    : seed_(seed), depth_(depth), whole_(whole), started_(std::chrono::steady_clock::now()) {
  start();
}

void automatic::start() {
  reduction_ = std::make_unique<dpor>(dpor::mode::optimal);
  search_ = std::make_unique<depth_first>();
  bounds_ = std::make_unique<bounded>(bounded::limits{.most = 1});
  turns_ = std::make_unique<round_robin>();
  family_ = random_family(seed_, depth_);
  now_ = phase::profile;
  before_ = executions_;
  rebind(*reduction_);
}

// The first execution of the reduction is the one without preemptions.
sched::explorer& automatic::explorer_of(phase which) const noexcept {
  switch (which) {
    case phase::profile:
    case phase::reducing:
    case phase::resuming:
      return *reduction_;
    case phase::taking_turns:
      return *turns_;
    case phase::searching:
      return *search_;
    case phase::bounds:
      return *bounds_;
    case phase::sampling:
      break;
  }
  return *family_;
}

// Has the phase no more of the fifth that they have together? The bounds keep two parts in five.
bool automatic::used_up(phase of) const {
  if (of == phase::sampling) return false;
  if (too_long_) return true;
  const bool last = of == phase::bounds || of == phase::resuming;
  const int parts = last ? 25 : of == phase::searching ? 20 : 15;  // of 125
  const std::int64_t few = of == phase::profile ? 1 : of == phase::taking_turns ? 2 : 0;
  if (whole_.executions > 0 && executions_ > std::max(few, whole_.executions * parts / 125)) {
    return true;
  }
  return whole_.time.count() > 0 &&
         std::chrono::steady_clock::now() - started_ > whole_.time * parts / 125;
}

automatic::phase automatic::after(phase done) const noexcept {
  switch (done) {
    case phase::profile:
      return phase::taking_turns;
    case phase::taking_turns:
      return phase::reducing;
    case phase::reducing:
      return reduction_->finished() ? phase::searching : phase::bounds;
    case phase::searching:
      return phase::bounds;
    case phase::bounds:
      return reduction_->finished() ? phase::sampling : phase::resuming;
    case phase::resuming:
    case phase::sampling:
      break;
  }
  return phase::sampling;
}

bool automatic::begin_execution() {
  ++executions_;
  for (;; now_ = after(now_)) {
    if (executions_ - before_ > 1 && now_ == phase::profile) {
      // Perhaps there is nothing else.
      if (reduction_->finished() && reduction_->claim() == coverage::exhaustive) return false;
      continue;
    }
    if (used_up(now_)) continue;
    rebind(explorer_of(now_));
    if (inner().begin_execution()) return true;
    if (claim() == coverage::exhaustive || !complaint().empty()) return false;
    if (now_ == phase::sampling) return false;
  }
}

void automatic::end_execution(const sched::outcome& result) {
  too_long_ = too_long_ || result.steps > longest_reduced;
  inner().end_execution(result);
  if (!result.racy.empty()) start();
}

coverage automatic::claim() const {
  return std::max({reduction_->claim(), search_->claim(), bounds_->claim()});
}

std::vector<std::string> automatic::assumptions() const {
  return claim() == coverage::bounded ? bounds_->assumptions() : std::vector<std::string>{};
}

}  // namespace heddle::explorers
