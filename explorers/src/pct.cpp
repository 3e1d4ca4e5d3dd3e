// SPDX-License-Identifier: MIT
#include "heddle/explorers/pct.hpp"

#include <algorithm>
#include <functional>

namespace heddle::explorers {

namespace {

// Three bands of priorities: at first, after a change point, after a yield (these count down).
constexpr std::uint64_t base_band = std::uint64_t{1} << 63;
constexpr std::uint64_t changed_band = std::uint64_t{1} << 62;

// One of 1..10 with weights proportional to 1, 1/2, 1/3, ...
std::uint32_t draw_depth(prng& from) noexcept {
  constexpr std::uint32_t most = 10;
  constexpr std::uint32_t unit = 2520;  // divided by all of 1..10
  std::uint32_t all = 0;
  for (std::uint32_t depth = 1; depth <= most; ++depth) all += unit / depth;
  std::uint32_t at = from.below(all);
  std::uint32_t depth = 1;
  while (at >= unit / depth) at -= unit / depth++;
  return depth;
}

// `count` different ones of 1..limit (Floyd's algorithm).
void draw_distinct(prng& from, std::uint32_t count, std::uint32_t limit,
                   std::vector<std::uint32_t>& into) {
  into.clear();
  for (std::uint32_t last = limit - count + 1; last <= limit; ++last) {
    const std::uint32_t drawn = 1 + from.below(last);
    const bool taken = std::find(into.begin(), into.end(), drawn) != into.end();
    into.push_back(taken ? last : drawn);
  }
  std::sort(into.begin(), into.end(), std::greater<>());
}

}  // namespace

std::uint64_t pct::base_priority() noexcept { return generator().next() | base_band; }

void pct::prepare() {
  const std::uint32_t depth = depth_ != 0 ? depth_ : draw_depth(generator());
  draw_distinct(generator(), std::min(depth - 1, longest_), longest_, changes_);
  priority_.clear();
  clock_priority_ = base_priority();
  yielded_ = changed_band;
}

std::uint32_t pct::highest(candidate_list candidates, std::uint64_t*& priority) noexcept {
  std::uint32_t best = 0;
  priority = nullptr;
  for (std::uint32_t i = 0; i < candidates.size(); ++i) {
    const sched::candidate at = candidates[i];
    // Several deadlines may be the next one: the clock wakes the first of these threads.
    std::uint64_t& its = at.early_timeout ? clock_priority_ : priority_[at.thread];
    if (priority != nullptr && its <= *priority) continue;
    best = i;
    priority = &its;
  }
  return best;
}

std::uint32_t pct::pick(const sched::choice& where, candidate_list candidates) {
  while (priority_.size() < where.state->thread_count()) priority_.push_back(base_priority());
  if (where.acting_enabled && where.op->kind == sched::op_kind::yield) {
    priority_[where.acting] = --yielded_;
  }
  std::uint64_t* priority = nullptr;
  std::uint32_t index = highest(candidates, priority);
  if (!changes_.empty() && changes_.back() <= choices()) {
    changes_.pop_back();
    // The paper numbers the change points at random; a random priority in their band is the same.
    *priority = generator().next() >> 2 | changed_band;
    index = highest(candidates, priority);
  }
  if (candidates[index].early_timeout) clock_priority_ = base_priority();
  return index;
}

void pct::end_execution(const sched::outcome&) {
  longest_ = std::max(longest_, std::min(choices(), unfair_choices));
}

}  // namespace heddle::explorers
