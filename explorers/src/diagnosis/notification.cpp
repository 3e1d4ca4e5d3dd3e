// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "evidence.hpp"

// A thread that waits on a condition variable for ever: was it notified too early, was somebody
// else woken in its place, or does nobody ever notify it?
namespace heddle::explorers {

namespace {

using sched::op_kind;
using sched::unfinished_thread;

bool notifies(const sched::event& event) noexcept {
  return event.op.kind == op_kind::notify_one || event.op.kind == op_kind::notify_all ||
         event.op.kind == op_kind::atomic_notify_one || event.op.kind == op_kind::atomic_notify_all;
}
bool sleeps(const sched::event& event) noexcept {
  return event.op.kind == op_kind::wait ||
         (event.op.kind == op_kind::atomic_wait && event.op.result == sched::resolution::failed);
}

// What happened around the last wait of one thread.
struct wait_story {
  const unfinished_thread* waiter = nullptr;
  std::size_t wait = 0;             // index of the wait
  std::size_t locked = 0;           // index where the waiter got the mutex before
  std::vector<std::size_t> before;  // notifies by others
  std::vector<std::size_t> after;
};

wait_story story_of(const evidence& from, const unfinished_thread& waiter) {
  wait_story story;
  story.waiter = &waiter;
  const auto& all = from.past.moments();
  const sched::stable_key mutex = waiter.pending.second;
  std::size_t locked = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const sched::event* event = all[i].event;
    if (event == nullptr || event->thread != waiter.thread) continue;
    const bool same = event->op.object == waiter.pending.object;
    if (sleeps(*event) && same) {
      story.wait = i;
      story.locked = locked;
    }
    const bool takes =
        event->op.kind == op_kind::wake ? event->op.second == mutex : event->op.object == mutex;
    if (mutex != 0 && takes && event->op.kind != op_kind::wait && event->op.kind != op_kind::unlock)
      locked = i;
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    const sched::event* event = all[i].event;
    if (event == nullptr || !notifies(*event) || event->op.object != waiter.pending.object) {
      continue;
    }
    if (event->thread != waiter.thread) (i < story.wait ? story.before : story.after).push_back(i);
  }
  return story;
}

// The last write by another thread of something that the waiter had read, with the mutex in hand,
// before it began to wait: its predicate has changed behind its back.
struct change {
  const moment* read = nullptr;
  const moment* write = nullptr;
  std::size_t at = 0;  // index of the write
};

change change_after_test(const evidence& from, const wait_story& story) {
  const auto& all = from.past.moments();
  change result;
  std::unordered_map<sched::stable_key, const moment*> read;
  for (std::size_t i = story.locked; i < all.size(); ++i) {
    const sched::event* event = all[i].event;
    if (event == nullptr) continue;
    if (event->thread == story.waiter->thread) {
      if (i < story.wait && reads(*event)) read[event->op.object] = &all[i];
    } else if (writes(*event) && read.contains(event->op.object)) {
      result = {read[event->op.object], &all[i], i};
    }
  }
  return result;
}

bool freed(const std::optional<sched::outcome>& outcome, sched::thread_id waiter) {
  if (!outcome || outcome->result == sched::verdict::cut) return false;
  return std::none_of(outcome->unfinished.begin(), outcome->unfinished.end(),
                      [waiter](const auto& at) { return at.thread == waiter; });
}

std::string describe_wait(const evidence& from, const wait_story& story) {
  return fmt::format("{} waits on {} for ever (since {})", from.who(story.waiter->thread),
                     from.name.the_object(story.waiter->pending.object),
                     place(story.waiter->pending.where));
}

bool wakes_one(const sched::event& event) {
  return (event.op.kind == op_kind::notify_one || event.op.kind == op_kind::atomic_notify_one) &&
         event.value != 0;
}

// Had this notify_one woken `other`, would every thread have ended?
bool all_end_if_woken(evidence& from, const moment& notify, sched::thread_id other) {
  const auto outcome = from.instead(
      {.wakes = {{from.past.key(notify.event->thread), notify.steps, from.past.key(other)}}});
  if (!outcome || outcome->result != sched::verdict::passed) return false;
  from.add(
      fmt::format("confirmed: had it woken {}, every thread would have ended", from.who(other)));
  return true;
}

// A notify_one since the wait began woke another one.
bool explain_other_was_woken(evidence& from, const wait_story& story) {
  const auto& all = from.past.moments();
  for (auto at = story.after.rbegin(); at != story.after.rend(); ++at) {
    const sched::event& event = *all[*at].event;
    if (!wakes_one(event) || !all_end_if_woken(from, all[*at], story.waiter->thread)) continue;
    from.found(failure_kind::missed_notification, "wrong waiter",
               fmt::format("{}: the notify_one of {} at {} woke {} instead, which did not pass it "
                           "on",
                           describe_wait(from, story), from.who(event.thread),
                           place(event.op.where), from.who(event.other)));
    return true;
  }
  return false;
}

// A notify_one before that woke this one, which could do nothing with it and went back to wait.
bool explain_woken_for_another(evidence& from, const wait_story& story) {
  const auto& all = from.past.moments();
  const sched::thread_id waiter = story.waiter->thread;
  const sched::stable_key object = story.waiter->pending.object;
  for (std::size_t at = story.wait; at-- > 0;) {
    const sched::event* event = all[at].event;
    if (event == nullptr || event->op.object != object) continue;
    if (!wakes_one(*event) || event->other != waiter) continue;
    for (std::size_t i = at; i-- > 0;) {
      const sched::event* rival = all[i].event;
      if (rival == nullptr || rival->op.kind != op_kind::wait || rival->op.object != object)
        continue;
      if (rival->thread == waiter || !all_end_if_woken(from, all[at], rival->thread)) continue;
      from.found(
          failure_kind::missed_notification, "wrong waiter",
          fmt::format("{}: before that, the notify_one of {} at {} had woken it, not {}, for "
                      "which it was meant; it found nothing to do, did not pass it on and "
                      "waited again",
                      describe_wait(from, story), from.who(event->thread), place(event->op.where),
                      from.who(rival->thread)));
      return true;
    }
  }
  return false;
}

bool explain_wrong_waiter(evidence& from, const wait_story& story) {
  return explain_other_was_woken(from, story) || explain_woken_for_another(from, story);
}

bool explain_missed(evidence& from, const wait_story& story) {
  const auto& all = from.past.moments();
  const sched::thread_id waiter = story.waiter->thread;
  const moment& notify = all[story.before.back()];
  const sched::event& event = *notify.event;
  const change changed = change_after_test(from, story);
  if (changed.write != nullptr && changed.at > story.wait) {
    from.found(failure_kind::missed_notification, "notified before the change",
               fmt::format("{}: {} notified it at {}, before {} changed {} at {}, and nobody "
                           "notifies after the change",
                           describe_wait(from, story), from.who(event.thread),
                           place(event.op.where), from.who(changed.write->thread),
                           from.name.the_object(changed.write->event->op.object),
                           place(changed.write->event->op.where)));
    return true;
  }
  // Counterfactual: the same execution, but the notify waits for the wait.
  const std::int64_t stop = steps_to_stop_at(notify);
  std::optional<sched::outcome> outcome;
  if (stop >= 0) {
    outcome =
        from.instead({.holds = {{from.past.key(event.thread), static_cast<std::uint32_t>(stop),
                                 from.past.key(waiter), all[story.wait].steps + 1}}});
  }
  const bool confirmed = freed(outcome, waiter);
  if (outcome && !confirmed) return false;
  const std::string woken = event.value == 0 ? "so nobody was woken" : "so it woke others only";
  const bool unlocked = changed.write != nullptr && story.waiter->pending.second != 0 &&
                        std::none_of(changed.write->held.begin(), changed.write->held.end(),
                                     [&](const held_lock& lock) {
                                       return lock.mutex == story.waiter->pending.second;
                                     });
  if (unlocked) {
    const sched::event& write = *changed.write->event;
    from.found(
        failure_kind::missed_notification, "predicate changed without the mutex",
        fmt::format("{}: {} changed {} at {} without holding {}, after {} had read it at {} and "
                    "before its wait had begun; the notify at {} came too early, {}, and nobody "
                    "notifies again",
                    describe_wait(from, story), from.who(write.thread),
                    from.name.the_object(write.op.object), place(write.op.where),
                    from.name.the_object(story.waiter->pending.second), from.who(waiter),
                    place(changed.read->event->op.where), place(event.op.where), woken));
  } else {
    from.found(failure_kind::missed_notification, "notified before the wait",
               fmt::format("{}: {} notified it at {}, before the wait had begun, {}, and nobody "
                           "notifies again",
                           describe_wait(from, story), from.who(event.thread),
                           place(event.op.where), woken));
  }
  if (confirmed) {
    from.add(fmt::format("confirmed: had the wait begun before that notify, {} would have ended",
                         from.who(waiter)));
  }
  return true;
}

// Who would notify cannot get there, because the waiter holds what it needs.
bool explain_waits_while_holding(evidence& from, const wait_story& story) {
  const sched::thread_id waiter = story.waiter->thread;
  for (const unfinished_thread& at : from.of.unfinished) {
    if (at.owner != waiter || at.pending.kind == op_kind::join) continue;
    from.found(failure_kind::deadlock, "waits while holding",
               fmt::format("{} and keeps {} meanwhile (taken at {}); {}, and nobody else notifies",
                           describe_wait(from, story), from.name.the_object(mutex_of(at)),
                           place(at.acquired), waits(from.name, at)));
    return true;
  }
  return false;
}

}  // namespace

bool explain_wait(evidence& from) {
  for (const unfinished_thread& at : from.of.unfinished) {
    if (!at.waiting) continue;
    const wait_story story = story_of(from, at);
    if (!story.after.empty()) {
      if (explain_wrong_waiter(from, story)) return true;
      continue;
    }
    if (explain_waits_while_holding(from, story)) return true;
    if (!story.before.empty() && explain_missed(from, story)) return true;
  }
  for (const unfinished_thread& at : from.of.unfinished) {
    if (!at.waiting) continue;
    const wait_story story = story_of(from, at);
    if (!story.after.empty()) {
      from.found(failure_kind::deadlock, "fewer notifications than waiters",
                 fmt::format("{}: what was notified meanwhile woke others, and nobody notifies "
                             "again",
                             describe_wait(from, story)));
      return true;
    }
    const change changed = change_after_test(from, story);
    if (changed.write == nullptr) continue;
    const sched::event& write = *changed.write->event;
    from.found(failure_kind::deadlock, "never notified",
               fmt::format("{}, and nobody notifies it, although {} changed {} at {}, which {} "
                           "had tested",
                           waits(from.name, at), from.who(write.thread),
                           from.name.the_object(write.op.object), place(write.op.where),
                           from.who(at.thread)));
    return true;
  }
  return false;
}

}  // namespace heddle::explorers
