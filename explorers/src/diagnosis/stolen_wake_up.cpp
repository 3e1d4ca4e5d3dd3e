// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "evidence.hpp"

// A check failed in a thread that was notified, but did not test again what it had tested before
// its wait: another thread was faster, and changed it back. Confirmed with that thread coming
// later.
namespace heddle::explorers {

namespace {

using sched::op_kind;

struct theft {
  const moment* test = nullptr;    // before the wait
  const moment* wait = nullptr;    //
  const moment* notify = nullptr;  // that ended it
  const moment* stolen = nullptr;  // by another thread, before the woken one went on
  const moment* use = nullptr;     // after the wait, without another test
};

bool is_of(const moment& at, op_kind kind, sched::thread_id thread) noexcept {
  return at.event != nullptr && at.event->op.kind == kind && at.thread == thread;
}

bool wakes(const moment& at, const sched::event& wait) noexcept {
  if (at.event == nullptr || at.event->op.object != wait.op.object) return false;
  return at.event->op.kind == op_kind::notify_all ||
         (at.event->op.kind == op_kind::notify_one && at.event->other == wait.thread);
}

// What happened around the last wait of `thread` before the moment `end`.
theft find_theft(const std::vector<moment>& all, std::size_t end, sched::thread_id thread) {
  theft found;
  std::size_t woken = end;
  while (woken-- > 0 && !is_of(all[woken], op_kind::wake, thread)) {
  }
  if (woken >= end) return found;
  std::size_t wait = woken;
  while (wait-- > 0 && !is_of(all[wait], op_kind::wait, thread)) {
  }
  if (wait >= woken) return found;
  found.wait = &all[wait];
  std::set<sched::stable_key> tested;
  for (std::size_t i = wait; i-- > 0;) {
    if (all[i].thread != thread || all[i].event == nullptr) continue;
    if (all[i].held.empty()) break;  // before it took the mutex
    if (reads(*all[i].event)) tested.insert(all[i].event->op.object);
  }
  for (std::size_t i = wait; i < woken; ++i) {
    if (wakes(all[i], *found.wait->event)) found.notify = &all[i];
    const sched::event* event = all[i].event;
    if (found.notify == nullptr || event == nullptr || all[i].thread == thread) continue;
    if (writes(*event) && tested.contains(event->op.object)) found.stolen = &all[i];
  }
  if (found.stolen == nullptr) return found;
  const sched::stable_key object = found.stolen->event->op.object;
  const auto same = [&](const moment& at) {
    return at.thread == thread && at.event != nullptr && at.event->op.object == object &&
           reads(*at.event);
  };
  for (std::size_t i = 0; i < wait; ++i) {
    if (same(all[i])) found.test = &all[i];
  }
  for (std::size_t i = end; i-- > woken;) {
    if (same(all[i])) found.use = &all[i];
  }
  return found;
}

}  // namespace

bool explain_stolen_wake_up(evidence& from) {
  const auto& all = from.past.moments();
  const sched::thread_id thread = from.of.cause.thread;
  std::size_t end = 0;
  while (end < all.size() && all[end].entry->what != sched::trace_entry::kind::failure) ++end;
  const theft at = find_theft(all, end, thread);
  if (at.use == nullptr || at.test == nullptr || !from.can_experiment()) return false;
  const std::int64_t stop = steps_to_stop_at(*at.stolen);
  if (stop < 0) return false;
  const auto outcome =
      from.instead({.holds = {{from.past.key(at.stolen->thread), static_cast<std::uint32_t>(stop),
                               from.past.key(thread), steps_when_done(*at.use)}}});
  const bool passes = outcome && outcome->result == sched::verdict::passed;
  // Or the same happens to the other one: all were woken for one.
  const bool moves = outcome && outcome->failure && outcome->failure->thread != thread &&
                     outcome->failure->where == from.of.cause.where;
  if (!passes && !moves) return false;
  const sched::event& stolen = *at.stolen->event;
  const std::string who = from.who(thread);
  const std::string value = from.name.value(*at.stolen->entry);
  const std::string fine = from.nothing_wrong();
  from.found_why(
      failure_kind::order_violation, "stolen wake-up",
      fmt::format("{} tested {} ({}), waited on {} ({}) and was notified by {} ({}), but {} was "
                  "faster: it changed {}{} ({}); {} went on without testing it again",
                  who, from.name.the_object(stolen.op.object), place(at.test->event->op.where),
                  from.name.the_object(at.wait->event->op.object), place(at.wait->event->op.where),
                  from.who(at.notify->thread), place(at.notify->event->op.where),
                  from.who(at.stolen->thread), from.name.object(stolen.op.object),
                  value.empty() ? "" : " to " + value, place(stolen.op.where), who));
  from.add(fmt::format("confirmed: had {} been the first to go on, {}", who,
                       passes ? fine : "this would have happened to the other one"));
  return true;
}

}  // namespace heddle::explorers
