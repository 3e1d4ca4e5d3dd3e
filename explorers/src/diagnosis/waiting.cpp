// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "../code_places.hpp"
#include "evidence.hpp"
#include "heddle/sched/monitor.hpp"

// What a thread waits for that no thread holds: what others would have to do, and who ever did.
namespace heddle::explorers {

using sched::op_kind;
using sched::unfinished_thread;

std::string what_is_missing(const unfinished_thread& at) {
  switch (at.pending.kind) {
    case op_kind::call:
      return at.pending.call->awaited != nullptr ? at.pending.call->awaited : "ends that";
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

std::string situation_of(const unfinished_thread& at) {
  switch (at.pending.kind) {
    case op_kind::call:
      return at.pending.call->in_short != nullptr ? at.pending.call->in_short : "blocked for ever";
    case op_kind::acquire:
      return "semaphore never released";
    case op_kind::await_zero:
      return "latch never opened";
    case op_kind::await_phase:
      return "barrier short of a party";
    default:
      return at.waiting ? "never notified" : "blocked for ever";
  }
}

namespace {

// Did something to it that may let others go on.
bool changes(const sched::event& event) noexcept {
  switch (event.op.kind) {
    case op_kind::call:
      return !event.op.call->reads && event.op.result != sched::resolution::failed;
    case op_kind::release:
    case op_kind::count_down:
    case op_kind::arrive:
    case op_kind::notify_one:
    case op_kind::notify_all:
      return true;
    default:
      return false;
  }
}

std::string whereabouts(const evidence& from, sched::thread_id thread) {
  if (const unfinished_thread* at = find(from.of, thread)) {
    return fmt::format("waits itself at {}", place(at->pending.where));
  }
  return "has ended";
}

// What the threads did to an object that somebody waits for.
struct dealings {
  struct of_thread {
    const sched::event* last = nullptr;  // that changed it
    int times = 0;
    const sched::event* taken = nullptr;  // the last permit
    int permits = 0;                      // that it has taken and not given back
  };
  std::vector<of_thread> by;  // thread_id

  dealings(const evidence& from, sched::stable_key object) : by(from.of.trace.threads.size()) {
    for (const moment& at : from.past.moments()) {
      if (at.event == nullptr || at.event->op.object != object) continue;
      const bool failed = at.event->op.result == sched::resolution::failed;
      if (failed && at.event->op.kind != op_kind::arrive) continue;
      of_thread& mine = by[at.thread];
      const sched::operation& op = at.event->op;
      const auto effect = op.kind == op_kind::call ? op.call->effect : sched::custody::none;
      if (op.kind == op_kind::acquire || op.kind == op_kind::try_acquire ||
          effect == sched::custody::takes_permit) {
        ++mine.permits;
        mine.taken = at.event;
      } else if (changes(*at.event)) {
        if (op.kind == op_kind::release || effect == sched::custody::gives_permit) --mine.permits;
        ++mine.times;
        mine.last = at.event;
      }
    }
  }
};

}  // namespace

// What it waits for had been made for it, and was undone before its wait had begun: an event set,
// and cleared again.
bool explain_undone(evidence& from) {
  const auto& all = from.past.moments();
  for (const unfinished_thread& waiter : from.of.unfinished) {
    if (waiter.pending.kind != op_kind::call || waiter.owner != sched::no_thread) continue;
    const moment* wait = nullptr;  // its last step: then it has begun to wait
    const moment* undone = nullptr;
    for (std::size_t i = all.size(); i-- > 0;) {
      const moment& at = all[i];
      if (at.event == nullptr || !sched::visible(at.event->op.kind)) continue;
      if (wait == nullptr && at.thread == waiter.thread) wait = &at;
      if (at.event->op.object != waiter.pending.object || !changes(*at.event)) continue;
      if (undone != nullptr && at.thread != waiter.thread) {
        const std::int64_t stop = steps_to_stop_at(at);
        const std::uint32_t begun = wait == nullptr ? 0 : steps_when_done(*wait);
        const auto outcome =
            stop < 0 ? std::nullopt
                     : from.instead(
                           {.holds = {{from.past.key(at.thread), static_cast<std::uint32_t>(stop),
                                       from.past.key(waiter.thread), begun}}});
        if (outcome && outcome->result == sched::verdict::passed) {
          const auto did = [&](const moment& one) {
            return fmt::format("{} called {} at {}", from.who(one.thread),
                               sched::name_of(one.event->op), place(one.event->op.where));
          };
          from.found(failure_kind::missed_notification, "undone before the wait",
                     fmt::format("{} for ever: {}, before the wait had begun, then {}, which undid "
                                 "it, and nobody {} again",
                                 waits(from.name, waiter), did(at), did(*undone),
                                 what_is_missing(waiter)));
          from.add(
              fmt::format("confirmed: had the wait begun before that {}, every thread would "
                          "have ended",
                          sched::name_of(at.event->op)));
          return true;
        }
      }
      if (undone == nullptr) undone = &at;
    }
  }
  return false;
}

void tell_who_could_help(evidence& from, const unfinished_thread& waiter) {
  const sched::stable_key object = waiter.pending.object;
  const auto info = from.of.trace.objects.find(object);
  if (info == from.of.trace.objects.end()) return;
  const dealings all(from, object);
  bool nobody = true;
  std::vector<std::string> gone;
  for (sched::thread_id id = 0; id < all.by.size(); ++id) {
    const auto& at = all.by[id];
    const unfinished_thread* stuck = find(from.of, id);
    if (at.permits > 0 && id != waiter.thread) {
      nobody = false;
      from.add(fmt::format("{} took a permit ({}), did not give it back, and {}", from.who(id),
                           place(at.taken->op.where), whereabouts(from, id)));
    } else if (at.last != nullptr) {
      nobody = false;
      if (stuck != nullptr && stuck->pending.object == object) continue;
      const std::string often = at.times == 1 ? "" : fmt::format(" {} times", at.times);
      from.add(fmt::format("{} called {} on it{} ({}), and {}", from.who(id),
                           sched::name_of(at.last->op), often, place(at.last->op.where),
                           whereabouts(from, id)));
    } else if (id != 0 && stuck == nullptr) {
      gone.push_back(from.who(id));
    }
  }
  if (!nobody) return;
  std::string text = "no thread has called anything on it that could end the wait";
  if (!gone.empty()) {
    text +=
        fmt::format("; {} {} ended", join_all(gone, " and "), gone.size() == 1 ? "has" : "have");
  }
  if (resolved(info->second.created).known()) {
    text += fmt::format("; it was made by {} at {}", from.who(info->second.creator),
                        place(info->second.created));
  }
  from.add(std::move(text));
}

}  // namespace heddle::explorers
