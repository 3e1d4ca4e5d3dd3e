// SPDX-License-Identifier: MIT
#include "diagnosis.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "names.hpp"

namespace heddle::explorers {

namespace {

using sched::op_kind;
using sched::unfinished_thread;

const unfinished_thread* find(const failure& of, sched::thread_id thread) {
  const auto at = std::find_if(of.unfinished.begin(), of.unfinished.end(),
                               [thread](const auto& each) { return each.thread == thread; });
  return at == of.unfinished.end() ? nullptr : &*at;
}

sched::stable_key mutex_of(const unfinished_thread& at) {
  return at.pending.kind == op_kind::wake ? at.pending.second : at.pending.object;
}

std::string waits(const names& name, const unfinished_thread& at) {
  const std::string who = name.thread(at.thread);
  if (at.pending.kind == op_kind::join) {
    return fmt::format("{} waits for the end of {} ({})", who, name.thread(at.owner),
                       place(at.pending.where));
  }
  if (at.waiting) {
    return fmt::format("{} waits on {} ({})", who, name.the_object(at.pending.object),
                       place(at.pending.where));
  }
  if (at.owner == sched::no_thread) {
    return fmt::format("{} waits for {} ({})", who, name.the_object(at.pending.object),
                       place(at.pending.where));
  }
  return fmt::format("{} waits for {} ({}), which {} took at {}", who,
                     name.the_object(mutex_of(at)), place(at.pending.where),
                     at.owner == at.thread ? "it" : name.thread(at.owner), place(at.acquired));
}

// Follows who waits for whom until somebody comes up again; empty where nobody does.
std::vector<const unfinished_thread*> cycle_of(const failure& of) {
  for (const unfinished_thread& start : of.unfinished) {
    std::vector<const unfinished_thread*> path;
    for (const unfinished_thread* at = &start; at != nullptr && !at->waiting;
         at = find(of, at->owner)) {
      const auto seen = std::find(path.begin(), path.end(), at);
      if (seen != path.end()) return {seen, path.end()};
      path.push_back(at);
      if (at->owner == sched::no_thread) break;
    }
  }
  return {};
}

// The last notify of the condition that woke nobody, before `waiter` began its last wait and with
// none after it; null if there is none.
const sched::event* missed_notify(const failure& of, const unfinished_thread& waiter) {
  const sched::event* missed = nullptr;
  bool waiting = false;
  bool woke_another = false;
  for (const sched::trace_entry& entry : of.trace.entries) {
    const sched::event& event = entry.performed;
    if (entry.what != sched::trace_entry::kind::event || event.op.object != waiter.pending.object) {
      continue;
    }
    const bool sleeps =
        event.op.kind == op_kind::wait ||
        (event.op.kind == op_kind::atomic_wait && event.op.result == sched::resolution::failed);
    if (sleeps && event.thread == waiter.thread) {
      waiting = true;
      woke_another = false;
    }
    if (event.op.kind == op_kind::wake && event.thread == waiter.thread) {
      waiting = false;
      missed = nullptr;
    }
    const bool notifies =
        event.op.kind == op_kind::notify_one || event.op.kind == op_kind::notify_all ||
        event.op.kind == op_kind::atomic_notify_one || event.op.kind == op_kind::atomic_notify_all;
    if (notifies && !waiting && event.value == 0 && event.thread != waiter.thread) missed = &event;
    if (notifies && waiting) woke_another = true;  // unless a wake of the waiter follows
  }
  return woke_another ? nullptr : missed;
}

std::string join_all(const std::vector<std::string>& parts, std::string_view between) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : std::string(between)) + part;
  return text;
}

// What others would have to do for a blocked operation to go on.
const char* what_is_missing(op_kind kind) {
  switch (kind) {
    case op_kind::acquire:
      return "releases it";
    case op_kind::await_zero:
      return "counts it down to zero";
    case op_kind::await_phase:
      return "arrives";
    default:
      return "ends that";
  }
}

void diagnose_deadlock(failure& of, const names& name) {
  const auto cycle = cycle_of(of);
  if (cycle.size() == 1) {
    const unfinished_thread& self = *cycle.front();
    of.message = fmt::format(
        "{} waits for ever for {} that it holds itself: taken at {}, locked again at {}",
        name.thread(self.thread), name.the_object(mutex_of(self)), place(self.acquired),
        place(self.pending.where));
    return;
  }
  if (!cycle.empty()) {
    std::vector<std::string> parts;
    for (const unfinished_thread* at : cycle) parts.push_back(waits(name, *at));
    of.message = "a cycle of threads wait for each other: " + join_all(parts, "; ");
    return;
  }
  for (const unfinished_thread& at : of.unfinished) {
    if (!at.waiting) continue;
    if (const sched::event* missed = missed_notify(of, at)) {
      of.kind = failure_kind::missed_notification;
      of.message = fmt::format(
          "{} waits on {} for ever (since {}): {} notified it at {}, before the wait had begun, so "
          "nobody was woken, and nobody notifies again",
          name.thread(at.thread), name.the_object(at.pending.object), place(at.pending.where),
          name.thread(missed->thread), place(missed->op.where));
      return;
    }
  }
  std::vector<std::string> parts;
  for (const unfinished_thread& at : of.unfinished) {
    const bool owner_gone = at.owner != sched::no_thread && find(of, at.owner) == nullptr;
    if (at.pending.kind == op_kind::join) continue;  // a consequence
    if (at.waiting) {
      parts.push_back(waits(name, at) + ", and nobody notifies it");
    } else if (at.owner == sched::no_thread) {
      parts.push_back(waits(name, at) + ", and nobody " + what_is_missing(at.pending.kind));
    } else {
      parts.push_back(waits(name, at) + (owner_gone ? " and did not release before it ended" : ""));
    }
  }
  of.message = join_all(parts, "; ");
}

void diagnose_livelock(failure& of, const names& name) {
  std::vector<sched::thread_id> threads;
  std::vector<std::string> places;
  for (const sched::event& at : of.cause.cycle) {
    if (std::find(threads.begin(), threads.end(), at.thread) == threads.end()) {
      threads.push_back(at.thread);
    }
    const std::string what = place(at.op.where);
    if (at.op.where.known() && std::find(places.begin(), places.end(), what) == places.end()) {
      places.push_back(what);
    }
  }
  std::sort(threads.begin(), threads.end());
  std::vector<std::string> who;
  for (const sched::thread_id id : threads) who.push_back(name.thread(id));
  of.message = fmt::format(
      "{} repeat{} the same {} step{} for ever without getting anywhere (at {}); a thousand rounds "
      "did not differ",
      join_all(who, " and "), who.size() == 1 ? "s" : "", of.cause.cycle.size(),
      of.cause.cycle.size() == 1 ? "" : "s", join_all(places, ", "));
}

}  // namespace

void diagnose(failure& of) {
  const names name(of.trace);
  const sched::failure_record& cause = of.cause;
  const std::string who = name.thread(cause.thread);
  of.kind = cause.kind;
  switch (cause.kind) {
    case failure_kind::data_race: {
      const bool writes = cause.message.starts_with("write");
      const bool other_wrote = cause.message.ends_with("write");
      of.message = fmt::format(
          "{} {} {} at {}, and {} {} it at {}, with nothing that orders the two", who,
          writes ? "writes" : "reads", name.the_object(cause.object), place(cause.where),
          name.thread(cause.other), other_wrote ? "wrote" : "read", place(cause.other_where));
      break;
    }
    case failure_kind::deadlock:
      diagnose_deadlock(of, name);
      break;
    case failure_kind::livelock:
      diagnose_livelock(of, name);
      break;
    case failure_kind::failed_check:
      of.message = fmt::format("{} at {}: {}", who, place(cause.where), cause.message);
      break;
    case failure_kind::uncaught_exception:
      of.message = fmt::format("{} ended with an uncaught exception {}", who, cause.message);
      break;
    case failure_kind::misuse:
      of.message = fmt::format("{}: {}", who, cause.message);
      if (cause.object != 0) of.message += ": " + name.the_object(cause.object);
      if (cause.where.known()) of.message += fmt::format(", at {}", place(cause.where));
      if (cause.other != sched::no_thread) {
        of.message += fmt::format("; the other thread is {}, at {}", name.thread(cause.other),
                                  place(cause.other_where));
      }
      break;
    case failure_kind::leak:
      of.message = fmt::format(
          "{} destroyed the handle of {} (started at {}), which was neither joined nor detached; "
          "std::thread calls std::terminate there",
          who, name.thread(cause.other), place(cause.where));
      break;
    case failure_kind::crash:
      of.message = fmt::format("{} crashed: {}", who, cause.message);
      if (cause.where.known()) {
        of.message += fmt::format(", after its operation at {}", place(cause.where));
      }
      break;
    default:
      of.message = fmt::format("{}: {}", who, cause.message);
      if (cause.where.known()) of.message += fmt::format(", at {}", place(cause.where));
      break;
  }
}

}  // namespace heddle::explorers
