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
  bounds_ = std::make_unique<bounded>(bounded::limits{.most = 1, .stale_reads = 0});
  turns_ = std::make_unique<round_robin>();
  weak_reduction_ = std::make_unique<dpor>(dpor::mode::source);
  weak_bounds_ = std::make_unique<bounded>(
      bounded::limits{.most = 1, .first_stale_reads = 1, .stale_reads = 1});
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
    case phase::weak_reducing:
      return *weak_reduction_;
    case phase::bounds:
      return *bounds_;
    case phase::weak_bounds:
      return *weak_bounds_;
    case phase::sampling:
      break;
  }
  return *family_;
}

// Has the phase no more of the fifth that they have together? The bounds keep two parts in five.
bool automatic::used_up(phase of) const {
  if (of == phase::sampling) return false;
  if (too_long_) return true;
  const bool early = of == phase::profile || of == phase::taking_turns || of == phase::reducing;
  const bool halfway = of == phase::searching || of == phase::weak_reducing;
  const int parts = early ? 15 : halfway ? 20 : weak_ && of == phase::bounds ? 22 : 25;  // of 125
  const std::int64_t few = of == phase::profile ? 1 : of == phase::taking_turns ? 2 : 0;
  if (whole_.executions > 0 && searching() > std::max(few, whole_.executions * parts / 125)) {
    return true;
  }
  const int beside = beside_ > 0 ? 2 : 1;  // what is sampled meanwhile takes about as long
  return whole_.time.count() > 0 &&
         std::chrono::steady_clock::now() - started_ > whole_.time * parts * beside / 125;
}

bool automatic::samples_beside() const {
  const bool budgeted = whole_.executions > 0 || whole_.time.count() > 0;
  return budgeted && now_ > phase::taking_turns && now_ < phase::sampling && searching() > soon &&
         executions_ % 2 == 0 && !complete() && complaint().empty();
}

automatic::phase automatic::after(phase done) const noexcept {
  const bool all_of_newest = newest_claim() == coverage::exhaustive;
  if (weak_ && all_of_newest && done < phase::weak_reducing) return phase::weak_reducing;
  switch (done) {
    case phase::profile:
      return phase::taking_turns;
    case phase::taking_turns:
      return phase::reducing;
    case phase::reducing:
      return reduction_->finished() ? phase::searching : phase::bounds;
    case phase::searching:
      return phase::bounds;
    case phase::weak_reducing:
      return phase::weak_bounds;
    case phase::bounds:
      if (weak_) return phase::weak_bounds;
      return reduction_->finished() ? phase::sampling : phase::resuming;
    case phase::weak_bounds:
      return reduction_->finished() ? phase::sampling : phase::resuming;
    case phase::resuming:
    case phase::sampling:
      break;
  }
  return phase::sampling;
}

bool automatic::begin_execution() {
  ++executions_;
  if (samples_beside() && family_->begin_execution()) {
    ++beside_;
    rebind(*family_);
    return true;
  }
  for (;; now_ = after(now_)) {
    if (executions_ - before_ > 1 && now_ == phase::profile) {
      // Perhaps there is nothing else.
      if (reduction_->finished() && complete()) return false;
      continue;
    }
    if (used_up(now_)) continue;
    rebind(explorer_of(now_));
    if (inner().begin_execution()) return true;
    if (complete() || !complaint().empty()) return false;
    if (now_ == phase::sampling) return false;
  }
}

void automatic::end_execution(const sched::outcome& result) {
  too_long_ = too_long_ || result.steps > longest_reduced;
  weak_ = weak_ || result.newest_only;
  inner().end_execution(result);
  if (!result.racy.empty()) start();
}

sched::explorer::needs automatic::wants() const {
  needs all = wrapper::wants();
  const bool newest = !reads_old(now_) || (now_ == phase::sampling && executions_ % 2 == 0);
  if (newest) all.stale_reads = 0;
  return all;
}

coverage automatic::newest_claim() const {
  return std::max({reduction_->claim(), search_->claim(), bounds_->claim()});
}

bool automatic::complete() const { return claim() == coverage::exhaustive; }

coverage automatic::claim() const {
  const coverage newest = newest_claim();
  if (!weak_) return newest;
  if (weak_reduction_->claim() == coverage::exhaustive) return coverage::exhaustive;
  return std::max(std::min(newest, coverage::bounded),
                  std::min(weak_bounds_->claim(), coverage::bounded));
}

std::vector<std::string> automatic::assumptions() const {
  if (claim() != coverage::bounded) return {};
  std::vector<std::string> all = reduction_->assumptions();
  if (all.empty()) all = bounds_->assumptions();
  if (!weak_) return all;
  if (weak_bounds_->claim() == coverage::sampled) {
    all.emplace_back("every load reads the newest store");
    return all;
  }
  const bool every_order = newest_claim() == coverage::exhaustive;
  all = weak_bounds_->assumptions();
  all.emplace_back(every_order
                       ? "at most 1 load of an execution reads another store than the newest; any "
                         "number of preemptions where none does"
                       : "at most 1 load of an execution reads another store than the newest");
  return all;
}

}  // namespace heddle::explorers
