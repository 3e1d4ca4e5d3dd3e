// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
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
    std::uint32_t last_used = 0;  // 0: empty
  };
  static constexpr std::uint32_t slots = 16;
  static constexpr std::uint32_t probes = 8;
  entry entries[slots];
  std::uint32_t progress = 0;  // visible changes made by the thread
  std::uint32_t uses = 0;      // 0: nothing in it
  std::uint32_t filled = 0;    // a bit for each entry that is not empty
  bool repeated = false;       // some entry has been seen as often as makes a thread park

  // The entry of `site`, or null. None is ever taken out, so an empty one ends the search.
  [[nodiscard]] entry* find(std::uint64_t site) noexcept {
    for (std::uint32_t probe = 0; probe < probes; ++probe) {
      entry& at = entries[(site + probe) % slots];
      if (at.last_used == 0) return nullptr;
      if (at.site == site) return &at;
    }
    return nullptr;
  }
  // What has just been done in vain.
  struct visit {
    std::uint64_t site;
    stable_key object;
    std::uint32_t version;
    std::uint32_t others;
  };
  // Enters it where its place is empty; else false, and nothing has happened.
  [[nodiscard]] bool add_new(const visit& now) noexcept {
    entry& place = entries[now.site % slots];
    if (place.last_used != 0) return false;
    filled |= 1u << (now.site % slots);
    place = {now.site, now.object, now.version, progress, now.others, 1, 1, 1, ++uses};
    return true;
  }
  // Enters it, counting, wherever there is room: in an empty place, or that of the one unused for
  // longest.
  const entry& add(const visit& now) noexcept;
  void clear() noexcept {
    for (; filled != 0; filled &= filled - 1) {
      entry& at = entries[std::countr_zero(filled)];
      at.site = at.object = 0;
      at.last_used = 0;
    }
    progress = uses = 0;
    repeated = false;
  }
  [[nodiscard]] bool watches(stable_key object) const noexcept {
    for (const entry& seen : entries) {
      if (seen.object == object && seen.progress == progress) return true;
    }
    return false;
  }

 private:
  [[nodiscard]] entry& place_of(std::uint64_t site) noexcept;
};

}  // namespace heddle::sched
