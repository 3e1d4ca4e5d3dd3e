// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "heddle/sched/ids.hpp"

namespace heddle::sched {

// What a thread has lately done in vain: reads, failed attempts and yields, each with the version
// of the object it saw. Two counts tell a wait loop from progress:
//   pure  - repetitions with the version unchanged and no change made by the thread itself between
//           them; such a thread waits for one of the objects in its window to change;
//   alone - repetitions without a step of any other thread; whatever the loop does, it is time
//           that somebody else runs.
struct spin_window {
  struct entry {
    std::uint64_t site = 0;  // object and line
    stable_key object = 0;
    std::uint32_t version = 0;
    std::uint32_t progress = 0;  // the thread's own changes at that time
    std::uint32_t others = 0;    // steps of other threads at that time
    std::uint32_t pure = 0;
    std::uint32_t alone = 0;
    std::uint32_t total = 0;
    std::uint32_t last_used = 0;
  };
  static constexpr std::uint32_t slots = 16;
  static constexpr std::uint32_t probes = 8;
  entry entries[slots];
  std::uint32_t progress = 0;  // visible changes made by the thread
  std::uint32_t uses = 0;      // 0: nothing in it

  // The entry of `site`, or null.
  [[nodiscard]] entry* find(std::uint64_t site) noexcept {
    for (std::uint32_t probe = 0; probe < probes; ++probe) {
      entry& at = entries[(site + probe) % slots];
      if (at.site == site) return &at;
    }
    return nullptr;
  }
  // The same, made in place of the one unused for longest where it is new.
  [[nodiscard]] entry& find_or_make(std::uint64_t site) noexcept {
    entry* found = find(site);
    if (found == nullptr) {
      found = &entries[site % slots];
      for (std::uint32_t probe = 1; probe < probes; ++probe) {
        entry& at = entries[(site + probe) % slots];
        if (at.last_used < found->last_used) found = &at;
      }
      *found = {};
      found->site = site;
    }
    found->last_used = ++uses;
    return *found;
  }
  [[nodiscard]] bool watches(stable_key object) const noexcept {
    for (const entry& seen : entries) {
      if (seen.object == object && seen.progress == progress) return true;
    }
    return false;
  }
};

}  // namespace heddle::sched
