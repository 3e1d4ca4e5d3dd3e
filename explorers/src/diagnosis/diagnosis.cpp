// SPDX-License-Identifier: MIT
#include "diagnosis.hpp"

#include <fmt/format.h>

#include "../code_places.hpp"
#include "evidence.hpp"
#include "heddle/sched/monitor.hpp"

namespace heddle::explorers {

namespace {

// To accesses whose order or mixing made it fail.
void trace_back(evidence& from) {
  static_cast<void>(explain_aba(from) || explain_stolen_wake_up(from) ||
                    explain_atomicity_violation(from) || explain_order_violation(from));
}

void explain_failed_check(evidence& from) {
  const sched::failure_record& cause = from.of.cause;
  from.found(
      failure_kind::failed_check, "",
      fmt::format("{} at {}: {}", from.who(cause.thread), place(cause.where), cause.message));
  if (!explain_stale_read(from)) trace_back(from);
}

// A call that needs nothing waits for nobody, whoever holds its object: a release that is about to
// happen. A call that waits for the end of a thread is a join, whatever it is made of.
void restate(std::vector<sched::unfinished_thread>& unfinished) {
  for (sched::unfinished_thread& at : unfinished) {
    if (at.pending.kind != sched::op_kind::call || at.owner == sched::no_thread) continue;
    if (at.pending.need.everything()) at.owner = sched::no_thread;
    if (at.pending.call->effect == sched::custody::joins) at.pending.kind = sched::op_kind::join;
  }
}

}  // namespace

void diagnose(failure& of, laboratory* lab, const std::vector<std::uint32_t>& choices) {
  restate(of.unfinished);
  evidence from(of, lab, choices);
  const sched::failure_record& cause = of.cause;
  const std::string who = from.who(cause.thread);
  of.details.clear();
  switch (cause.kind) {
    case failure_kind::data_race:
      explain_data_race(from);
      break;
    case failure_kind::deadlock:
      explain_deadlock(from);
      break;
    case failure_kind::livelock:
      explain_livelock(from);
      explain_aba(from);
      break;
    case failure_kind::failed_check:
      explain_failed_check(from);
      break;
    case failure_kind::uncaught_exception:
      from.found(cause.kind, "",
                 fmt::format("{} ended with an uncaught exception {}", who, cause.message));
      trace_back(from);
      break;
    case failure_kind::misuse:
      explain_misuse(from);
      explain_aba(from);
      break;
    case failure_kind::leak:
      explain_leak(from);
      break;
    case failure_kind::crash:
      from.found(cause.kind, cause.message, fmt::format("{} crashed: {}", who, cause.message));
      if (resolved(cause.where).known()) {
        of.message += fmt::format(", after its operation at {}", place(cause.where));
      }
      trace_back(from);
      break;
    default:
      from.found(cause.kind, "", fmt::format("{}: {}", who, cause.message));
      if (resolved(cause.where).known()) of.message += fmt::format(", at {}", place(cause.where));
      break;
  }
  tell_stale_reads(from);
}

}  // namespace heddle::explorers
