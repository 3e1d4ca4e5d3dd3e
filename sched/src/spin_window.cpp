// SPDX-License-Identifier: MIT
#include "spin_window.hpp"

namespace heddle::sched {

spin_window::entry& spin_window::find_elsewhere(std::uint64_t site) noexcept {
  entry* oldest = &entries[site % slots];
  for (std::uint32_t probe = 1; probe < probes; ++probe) {
    entry& at = entries[(site + probe) % slots];
    if (at.last_used == 0 || at.site == site) return at;
    if (at.last_used < oldest->last_used) oldest = &at;
  }
  return *oldest;
}

}  // namespace heddle::sched
