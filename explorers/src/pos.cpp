// SPDX-License-Identifier: MIT
#include "heddle/explorers/pos.hpp"

namespace heddle::explorers {

std::uint32_t pos::pick(const sched::choice& where, candidate_list candidates) {
  priorities_.meet(*where.state, generator());
  std::uint32_t best = 0;
  for (std::uint32_t i = 1; i < candidates.size(); ++i) {
    if (priorities_[candidates[i].thread] > priorities_[candidates[best].thread]) best = i;
  }
  return best;
}

// The place where every operation that is about to happen, forced ones too, can be seen beside all
// the pending ones.
bool pos::permits(const sched::execution_state& state, sched::thread_id next) {
  priorities_.perform(state, next, generator());
  return true;
}

}  // namespace heddle::explorers
