// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "../signature.hpp"
#include "evidence.hpp"

// Threads that wait for ever: for each other, for themselves, for one that has gone, for something
// that nobody does.
namespace heddle::explorers {

namespace {

using sched::op_kind;
using sched::unfinished_thread;

bool explain_cycle(evidence& from, const std::vector<const unfinished_thread*>& cycle) {
  if (cycle.empty()) return false;
  if (cycle.size() == 1) {
    const unfinished_thread& self = *cycle.front();
    from.found(failure_kind::deadlock, "self-deadlock",
               fmt::format(
                   "{} waits for ever for {} that it holds itself: taken at {}, locked again at {}",
                   from.who(self.thread), from.name.the_object(mutex_of(self)),
                   place(self.acquired), place(self.pending.where)));
    return true;
  }
  std::vector<std::string> parts;
  bool joins = false;
  for (const unfinished_thread* at : cycle) {
    parts.push_back(waits(from.name, *at));
    joins |= at->pending.kind == op_kind::join;
  }
  from.found(failure_kind::deadlock, joins ? "cycle through a join" : "lock cycle",
             "a cycle of threads wait for each other: " + join_all(parts, "; "));
  const auto in_cycle = [&](sched::thread_id thread) {
    return std::any_of(cycle.begin(), cycle.end(),
                       [thread](const auto* at) { return at->thread == thread; });
  };
  for (const unfinished_thread& at : from.of.unfinished) {
    if (in_cycle(at.thread)) continue;
    from.add(fmt::format("because of that, {}", waits(from.name, at)));
  }
  return true;
}

}  // namespace

bool explain_deadlock(evidence& from) {
  if (explain_cycle(from, cycle_of(from.of.unfinished))) return true;
  if (explain_wait(from) || explain_undone(from)) return true;
  std::vector<std::string> parts;
  std::string situation;
  for (const unfinished_thread& at : from.of.unfinished) {
    const bool owner_ended = at.owner != sched::no_thread && find(from.of, at.owner) == nullptr;
    if (at.pending.kind == op_kind::join) continue;  // a consequence
    const std::string here = owner_ended ? "owner ended" : situation_of(at);
    if (situation.empty() || owner_ended) situation = here;
    if (at.waiting) {
      parts.push_back(waits(from.name, at) + ", and nobody notifies it");
    } else if (at.owner == sched::no_thread) {
      parts.push_back(waits(from.name, at) + ", and nobody " + what_is_missing(at));
    } else {
      parts.push_back(waits(from.name, at) +
                      (owner_ended ? " and did not release before it ended" : ""));
    }
  }
  from.found(failure_kind::deadlock, situation.empty() ? "blocked for ever" : situation,
             join_all(parts, "; "));
  std::vector<sched::stable_key> told;
  for (const unfinished_thread& at : from.of.unfinished) {
    const bool known = at.pending.kind == op_kind::join || at.owner != sched::no_thread;
    if (known || std::find(told.begin(), told.end(), at.pending.object) != told.end()) continue;
    told.push_back(at.pending.object);
    tell_who_could_help(from, at);
  }
  return true;
}

}  // namespace heddle::explorers
