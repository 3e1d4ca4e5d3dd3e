// SPDX-License-Identifier: MIT
#include "deviations.hpp"

namespace heddle::explorers {

namespace {
std::uint64_t key_of(const deviation& at) noexcept {
  return sched::mix(at.acting, std::uint64_t{at.position} << 2 | static_cast<unsigned>(at.kind));
}
}  // namespace

deviating::deviating(std::vector<deviation> wanted, std::uint32_t longest)
    : measuring(longest), wanted_(std::move(wanted)) {
  for (std::size_t i = 0; i < wanted_.size(); ++i) at_[key_of(wanted_[i])] = i;
}

bool deviating::begin_execution() {
  counts_.clear();
  made_.clear();
  return measuring::begin_execution();
}

std::uint32_t deviating::pick(const sched::choice& where) {
  deviation here;
  const sched::thread_view acting = where.state->thread(where.acting);
  here.kind = where.kind;
  here.acting = acting.key;
  if (where.kind == sched::choice_kind::thread) {
    here.position = acting.steps;
  } else {
    here.position = counts_[sched::mix(acting.key, static_cast<unsigned>(where.kind))]++;
  }
  const std::uint32_t index = decide(where, here);
  if (index == 0 || index >= where.count) return 0;
  const sched::candidate taken = where[index];
  if (names_thread(where.kind)) {
    here.target = where.state->thread(taken.thread).key;
  }
  here.value = taken.value;
  here.early = taken.early_timeout;
  made_.push_back(here);
  return index;
}

std::uint32_t deviating::decide(const sched::choice& where, const deviation& here) {
  const auto found = at_.find(key_of(here));
  if (found == at_.end()) return 0;
  const deviation& wanted = wanted_[found->second];
  if (!names_thread(where.kind)) return wanted.value;
  for (std::uint32_t i = 1; i < where.count; ++i) {
    const sched::candidate at = where[i];
    if (at.early_timeout == wanted.early && where.state->thread(at.thread).key == wanted.target) {
      return i;
    }
  }
  return 0;
}

}  // namespace heddle::explorers
