// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "action.hpp"
#include "heddle/sched/event.hpp"

namespace heddle::explorers::por {

// The actions of one execution in the order in which they happened, and what else orders them.
struct event_log {
  struct entry {
    action done;
    std::uint32_t index = 0;     // among those of its thread, from 1
    std::uint64_t value = 0;     // as in sched::event
    std::uint64_t previous = 0;  //
    sched::thread_id other = sched::no_thread;
    std::uint32_t step = 0;  //
    std::uint32_t source = sched::event::no_step;
  };
  // As told by explorer::ordered() before the entry at `position`.
  struct edge {
    std::size_t position;
    sched::thread_id earlier;
    sched::thread_id later;
  };

  // An action that was not performed, but could have been before some of the entries before
  // `position`: had the clock advanced early; had a thread timed out before it was notified.
  struct late_action {
    std::size_t position;
    action done;
  };

  std::vector<entry> entries;
  std::vector<edge> edges;
  std::vector<late_action> late;
  std::vector<thread_index> threads;  // by thread_id of this execution

  void clear() noexcept {
    entries.clear();
    edges.clear();
    late.clear();
    threads.clear();
  }
  // A livelock ends in a thousand rounds of `length` entries that do not differ: the first two say
  // all that there is to say, and whoever compares every entry with every other is grateful.
  void keep_two_rounds(std::size_t length) {
    const auto repeats = [&](std::size_t at) {
      const entry& a = entries[at];
      const entry& b = entries[at - length];
      return a.done.thread == b.done.thread && a.done.what == b.done.what &&
             a.done.op.kind == b.done.op.kind && a.done.op.object == b.done.op.object &&
             a.value == b.value;
    };
    std::size_t from = entries.size();
    while (length != 0 && from > length && repeats(from - 1)) --from;
    // Entries from here on repeat the round before them.
    if (from + length >= entries.size()) return;
    entries.resize(from + length);
    const auto beyond = [this](const auto& at) { return at.position > entries.size(); };
    std::erase_if(edges, beyond);
    std::erase_if(late, beyond);
  }
  [[nodiscard]] std::size_t size() const noexcept { return entries.size(); }
  [[nodiscard]] const action& operator[](std::size_t at) const noexcept { return entries[at].done; }
};

}  // namespace heddle::explorers::por
