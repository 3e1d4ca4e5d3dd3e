// SPDX-License-Identifier: MIT
#include "signature.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "names.hpp"

namespace heddle::explorers {

using sched::unfinished_thread;

std::vector<const unfinished_thread*> cycle_of(const std::vector<unfinished_thread>& unfinished) {
  const auto find = [&](sched::thread_id thread) -> const unfinished_thread* {
    for (const unfinished_thread& at : unfinished) {
      if (at.thread == thread) return &at;
    }
    return nullptr;
  };
  for (const unfinished_thread& start : unfinished) {
    std::vector<const unfinished_thread*> path;
    for (const unfinished_thread* at = &start; at != nullptr && !at->waiting;
         at = find(at->owner)) {
      const auto seen = std::find(path.begin(), path.end(), at);
      if (seen != path.end()) return {seen, path.end()};
      path.push_back(at);
      if (at->owner == sched::no_thread) break;
    }
  }
  return {};
}

void judge(sched::outcome& of) {
  if (of.result != sched::verdict::cut || of.crashed || of.unfinished.empty()) return;
  const auto cycle = cycle_of(of.unfinished);
  if (cycle.empty()) return;
  of.result = sched::verdict::deadlocked;
  of.failure = sched::failure_record{};
  of.failure->kind = failure_kind::deadlock;
  of.failure->thread = cycle.front()->thread;
  of.failure->where = cycle.front()->pending.where;
  of.failure->object = cycle.front()->pending.object;
  of.failure->step = of.steps;
}

namespace {

// Of machine code the line is known in a recorded execution only, and the site always.
std::string spot(location where) {
  return where.site != 0 ? fmt::format("+{:x}", where.site) : place(where);
}

void add_blocked(std::vector<std::string>& places, const unfinished_thread& at) {
  places.push_back(fmt::format("{} {}", static_cast<int>(at.pending.kind), spot(at.pending.where)));
}

// "std::runtime_error: 7 is too much" fails like "std::runtime_error: 8 is too much".
std::string first_part(const std::string& text) { return text.substr(0, text.find(": ")); }

}  // namespace

signature signature_of(const sched::outcome& of) {
  const sched::failure_record& cause = *of.failure;
  signature made;
  made.kind = cause.kind;
  switch (cause.kind) {
    case failure_kind::deadlock: {
      const auto cycle = cycle_of(of.unfinished);
      for (const unfinished_thread* at : cycle) add_blocked(made.places, *at);
      for (const unfinished_thread& at : of.unfinished) {
        if (cycle.empty() && at.pending.kind != sched::op_kind::join) add_blocked(made.places, at);
      }
      break;
    }
    case failure_kind::livelock:
      for (const sched::event& at : cause.cycle) made.places.push_back(spot(at.op.where));
      for (const unfinished_thread* at : cycle_of(of.unfinished)) add_blocked(made.places, *at);
      std::sort(made.places.begin(), made.places.end());
      made.places.erase(std::unique(made.places.begin(), made.places.end()), made.places.end());
      break;
    case failure_kind::data_race:
      made.places = {spot(cause.where), spot(cause.other_where)};
      break;
    case failure_kind::uncaught_exception:
      made.places = {first_part(cause.message)};
      break;
    case failure_kind::misuse:
    case failure_kind::crash:
      made.places = {first_part(cause.message), spot(cause.where), spot(cause.other_where)};
      break;
    default:
      made.places = {spot(cause.where)};
      break;
  }
  std::sort(made.places.begin(), made.places.end());
  return made;
}

}  // namespace heddle::explorers
