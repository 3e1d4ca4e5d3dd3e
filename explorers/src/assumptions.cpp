// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "exploration.hpp"
#include "names.hpp"
#include "rendering/escape.hpp"
#include "source_text.hpp"

// What the coverage of an exploration rests on.
namespace heddle::explorers {

namespace {

// "`a`, `b` and `c`": as they are declared, or where.
std::string racy_names(const std::vector<sched::racy_object>& all) {
  std::vector<std::string> names;
  for (const sched::racy_object& at : all) {
    std::vector<std::string> declared = declared_names(source_file::line(at.created), "var");
    if (!at.name.empty()) declared = {printable_line(at.name)};
    std::string name = declared.empty() ? fmt::format("that of {}", place(at.created))
                                        : fmt::format("`{}`", fmt::join(declared, "`, `"));
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  const std::string last = names.back();
  names.pop_back();
  return names.empty() ? last : fmt::format("{} and {}", fmt::join(names, ", "), last);
}

}  // namespace

void exploration::set_assumptions(const sched::explorer& decide) {
  auto& list = result.assumptions;
  list = decide.assumptions();
  if (seen.weak_orders && seen.memory.model == memory::sc) {
    list.emplace_back("atomics of every memory order behave as seq_cst");
  }
  if (seen.memory.model != memory::sc) {
    list.emplace_back(seen.memory.model == memory::rc11
                          ? "atomics as RC11 has them (no load buffering)"
                          : "C++20 atomics, except that nothing is read before it has been written "
                            "(no load buffering)");
  }
  if (seen.stale_read_left_out) {
    list.push_back(
        fmt::format("at most {} times in an execution a load reads another store than the newest, "
                    "or a store is "
                    "not put at the end of the modification order",
                    seen.memory.stale_reads));
  }
  if (seen.forgot_stores) {
    list.emplace_back("stores of long ago, beyond the last few thousand, are read no more");
  }
  if (how.races == races::explore && !racy.empty()) {
    list.push_back("among plain accesses only those of " + racy_names(racy) +
                   " are scheduling points: no race on others was seen");
  }
  if (how.races == races::explore_all || (how.races == races::explore && !racy.empty())) {
    list.emplace_back(
        "plain accesses happen one after the other, each as a whole, also in data races");
  }
  if (how.races == races::off) list.emplace_back("data races do not matter: they were not checked");
  if (seen.timed) {
    list.push_back(fmt::format(
        "at most {} timeout{} of an execution {} while other threads can run", how.early_timeouts,
        how.early_timeouts == 1 ? "" : "s", how.early_timeouts == 1 ? "fires" : "fire"));
  }
  const auto bounded = [&list](bool left_out, const char* what, std::int64_t bound) {
    if (!left_out) return;
    list.push_back(bound == 0 ? fmt::format("no {}", what)
                              : fmt::format("at most {} times in an execution a {}", bound, what));
  };
  bounded(seen.spurious_left_out, "condition variable wakes up spuriously", how.spurious);
  bounded(seen.weak_cas_failure_left_out, "weak compare-exchange fails spuriously",
          how.weak_cas_failures);
  bounded(seen.try_lock_failure_left_out, "try_lock fails although the lock is free",
          how.try_lock_failures);
  bounded(seen.deferred_async_left_out, "async without a policy runs deferred",
          how.deferred_asyncs);
  if (seen.back_off_left_out) {
    list.push_back(how.lock_back_offs == 0
                       ? "a lock of several mutexes takes them all in one step"
                       : fmt::format("a lock of several mutexes backs off at most {} {}",
                                     how.lock_back_offs,
                                     how.lock_back_offs == 1 ? "time" : "times"));
  }
  if (seen.parked) {
    list.push_back(fmt::format(
        "a thread that has read the same unchanged value {} times waits until it changes",
        how.rereads));
  }
  if (seen.uninterrupted) {
    list.emplace_back("no thread is interrupted in its regions without preemptions");
  }
  if (seen.hurried) {
    list.emplace_back(
        "a thread that repeats a loop while nobody else takes a step lets the others go on");
  }
}

}  // namespace heddle::explorers
