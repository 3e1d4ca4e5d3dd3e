// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <heddle/explorers/minimisation.hpp>
#include <heddle/explorers/statistics.hpp>
#include <heddle/explorers/text_style.hpp>
#include <heddle/sched/explorer.hpp>
#include <heddle/sched/outcome.hpp>
#include <heddle/sched/trace.hpp>

namespace heddle {

// One failing execution. A value: it holds all that its text needs.
struct failure {
  failure_kind kind = failure_kind::failed_check;
  std::string situation;       // which of the situations of that kind: docs/causes.md
  std::string message;         // the cause in one sentence, with names
  std::vector<std::string> details;  // what it rests on, a sentence each
  std::string schedule;        // the token; give it to heddle::replay or HEDDLE_REPLAY
  std::string rerun;           // the whole command line that reruns exactly this execution
  std::string file;            // where the schedule was also written; empty if nowhere
  std::string output;          // what the body printed in the final run
  std::int64_t execution = 0;  // the how-many-th execution found it, from 1
  std::uint32_t preemptions = 0;
  sched::failure_record cause;                       // as sched saw it
  std::vector<sched::unfinished_thread> unfinished;  // who could not go on
  sched::trace trace;
  bool reproduced = true;  // the final run failed in the same way
  std::optional<heddle::minimisation> minimised;  // how the schedule became simpler
};

// The result of an exploration.
struct report {
  std::string name;
  std::string explorer;
  std::uint64_t seed = 0;
  heddle::coverage coverage = heddle::coverage::sampled;
  std::vector<std::string> assumptions;  // what the coverage rests on

  // Every execution is in exactly one of these.
  std::int64_t complete = 0;    // ended, nothing wrong
  std::int64_t failed = 0;      // any failure but a deadlock
  std::int64_t deadlocked = 0;  // unfinished threads that wait for ever
  std::int64_t blocked = 0;     // assume(false)
  std::int64_t redundant = 0;   // given up by the explorer
  std::int64_t cut = 0;         // a limit
  std::int64_t executions = 0;  // their sum

  std::uint64_t distinct = 0;  // classes of executions seen: what differs but in the order of
                               // independent operations is the same (options.statistics)
  heddle::statistics statistics;

  std::uint64_t steps = 0;  // visible operations, all executions together
  std::chrono::nanoseconds elapsed{};
  bool replayed = false;   // of a recorded schedule: one execution
  bool interrupted = false;  // by Ctrl-C: what was covered until then is reported
  bool skipped = false;    // the body asked to skip the test
  std::string stopped_by;  // why the exploration ended, e.g. "executions = 10000"
  std::vector<std::string> warnings;  // what may go wrong, although no execution has shown it

  std::optional<heddle::failure> failure;  // the first
  std::vector<heddle::failure> failures;   // all kept, where it did not stop at the first

  // No failure, and some execution completed (or the test was skipped).
  [[nodiscard]] bool passed() const noexcept { return !failure.has_value(); }
  // What a person reads: verdict and cause, how to rerun, the schedule, the thread columns.
  [[nodiscard]] std::string text(const text_style& style = {}) const;
  [[nodiscard]] std::string json() const;          // all of it, docs/reports.md
  [[nodiscard]] std::string html() const;          // a page of its own: the timeline of the failure
  [[nodiscard]] std::string chrome_trace() const;  // the same for Perfetto
};

}  // namespace heddle
