// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "../code_places.hpp"
#include "../signature.hpp"
#include "evidence.hpp"

// A round of steps that repeats itself: who, where, and what they wait for.
namespace heddle::explorers {

namespace {

using sched::op_kind;

template <class T>
void add_once(std::vector<T>& to, const T& value) {
  if (std::find(to.begin(), to.end(), value) == to.end()) to.push_back(value);
}

// What the round tests in vain.
std::string awaited(const evidence& from, const sched::event& at) {
  const std::string object = from.name.the_object(at.op.object);
  const bool failed = at.op.result == sched::resolution::failed;
  switch (at.op.kind) {
    case op_kind::load:
    case op_kind::compare_exchange: {
      if (at.op.kind == op_kind::compare_exchange && !failed) return {};
      const std::string value = from.name.value(at.op.object, at.value);
      return fmt::format("{} waits for {} to change{}", from.who(at.thread), object,
                         value.empty() ? "" : " from " + value);
    }
    case op_kind::try_lock:
    case op_kind::try_lock_exclusive:
    case op_kind::try_lock_shared:
    case op_kind::try_acquire:
      return failed ? fmt::format("{} waits for {} to be free", from.who(at.thread), object) : "";
    case op_kind::lock:
    case op_kind::wake:
      return failed ? fmt::format("{} times out again and again at {}", from.who(at.thread),
                                  place(at.op.where))
                    : "";
    default:
      return {};
  }
}

}  // namespace

bool explain_livelock(evidence& from) {
  const auto& round = from.of.cause.cycle;
  std::vector<sched::thread_id> threads;
  std::vector<std::string> places;
  std::vector<std::string> reasons;
  for (const sched::event& at : round) {
    add_once(threads, at.thread);
    if (resolved(at.op.where).known()) add_once(places, place(at.op.where));
    if (const std::string reason = awaited(from, at); !reason.empty()) add_once(reasons, reason);
  }
  std::sort(threads.begin(), threads.end());
  std::vector<std::string> who;
  for (const sched::thread_id id : threads) who.push_back(from.who(id));
  if (const auto cycle = cycle_of(from.of.unfinished); !cycle.empty()) {
    std::vector<std::string> parts;
    for (const auto* at : cycle) parts.push_back(waits(from.name, *at));
    from.found(
        failure_kind::deadlock, "partial deadlock",
        fmt::format("a cycle of threads wait for each other, while {} go{} on: {}",
                    join_all(who, " and "), who.size() == 1 ? "es" : "", join_all(parts, "; ")));
    return true;
  }
  from.found(
      failure_kind::livelock, who.size() == 1 ? "one thread spins" : "threads keep each other busy",
      fmt::format("{} repeat{} the same {} step{} for ever without getting anywhere (at {}); a "
                  "thousand rounds did not differ",
                  join_all(who, " and "), who.size() == 1 ? "s" : "", round.size(),
                  round.size() == 1 ? "" : "s", join_all(places, ", ")));
  for (std::string& reason : reasons) from.add(std::move(reason));
  return true;
}

}  // namespace heddle::explorers
