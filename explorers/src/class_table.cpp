// SPDX-License-Identifier: MIT
#include "class_table.hpp"

namespace heddle::explorers {

class_table::entry& class_table::find(std::uint64_t hash) noexcept {
  const std::size_t mask = entries_.size() - 1;
  std::size_t at = (hash ^ (hash >> 32)) & mask;
  while (entries_[at].counts != 0 && entries_[at].hash != hash) at = (at + 1) & mask;
  return entries_[at];
}

void class_table::grow() {
  std::vector<entry> old(2 * entries_.size());
  old.swap(entries_);
  for (const entry& at : old) {
    if (at.counts != 0) find(at.hash) = at;
  }
}

void class_table::clear() {
  entries_.assign(256, {});
  used_ = 0;
  arms_ = {};
}

void class_table::add(std::uint64_t hash, std::uint32_t arm) {
  entry* at = &find(hash);
  if (at->counts == 0 && !full()) {
    if (2 * (used_ + 1) > entries_.size()) {
      grow();
      at = &find(hash);
    }
    ++used_;
    *at = {hash, in_use};
  }
  if (arm >= arms) return;
  seen& by = arms_[arm];
  ++by.executions;
  if (at->counts == 0) {  // no room: as new as any
    ++by.distinct;
    ++by.once;
    return;
  }
  switch (at->counts >> (2 * arm) & 3) {
    case 0:
      ++by.distinct;
      ++by.once;
      break;
    case 1:
      --by.once;
      ++by.twice;
      break;
    case 2:
      --by.twice;
      break;
    default:
      return;
  }
  at->counts += 1u << (2 * arm);
}

}  // namespace heddle::explorers
