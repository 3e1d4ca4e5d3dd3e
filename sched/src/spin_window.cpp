// SPDX-License-Identifier: MIT
#include "spin_window.hpp"

namespace heddle::sched {

spin_window::entry& spin_window::place_of(std::uint64_t site) noexcept {
  entry* oldest = &entries[site % slots];
  for (std::uint32_t probe = 0; probe < probes; ++probe) {
    entry& at = entries[(site + probe) % slots];
    if (at.last_used == 0 || at.site == site) return at;
    if (at.last_used < oldest->last_used) oldest = &at;
  }
  return *oldest;
}

const spin_window::entry& spin_window::add(const visit& now) noexcept {
  entry& seen = place_of(now.site);
  const std::uint32_t use = ++uses;
  if (seen.last_used == 0 || seen.site != now.site) {
    filled |= 1u << (&seen - entries);
    seen = {now.site, now.object, now.version, progress, now.others, 1, 1, 1, use};
    return seen;
  }
  const bool same = seen.version == now.version && seen.progress == progress;
  seen.pure = same ? seen.pure + 1 : 1;
  seen.alone = seen.others == now.others ? seen.alone + 1 : 1;
  seen.version = now.version;
  seen.progress = progress;
  seen.others = now.others;
  seen.last_used = use;
  ++seen.total;
  return seen;
}

}  // namespace heddle::sched
