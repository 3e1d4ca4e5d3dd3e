// SPDX-License-Identifier: MIT
#include "exploration.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "counting.hpp"
#include "determinism.hpp"
#include "failure_memory.hpp"
#include "interruption.hpp"
#include "laboratory.hpp"
#include "last_words.hpp"
#include "names.hpp"
#include "progress.hpp"
#include "rendering/files.hpp"

namespace heddle::explorers {

namespace {
constexpr std::size_t failures_kept = 100;
constexpr std::size_t most_racy = 1'000;  // schedules name them all
}  // namespace

void exploration::count(const sched::outcome& of) {
  ++result.executions;
  result.steps += of.steps;
  seen.parked |= of.parked;
  seen.hurried |= of.hurried;
  seen.uninterrupted |= of.uninterrupted;
  seen.spurious_left_out |= of.spurious_left_out;
  seen.weak_cas_failure_left_out |= of.weak_cas_failure_left_out;
  seen.try_lock_failure_left_out |= of.try_lock_failure_left_out;
  seen.deferred_async_left_out |= of.deferred_async_left_out;
  seen.back_off_left_out |= of.back_off_left_out;
  seen.timed |= of.timed;
  seen.crashed |= of.crashed;
  seen.weak_orders |= of.weak_orders;
  seen.forgot_stores |= of.forgot_stores;
  if (of.memory.model != memory::sc) count_memory(of);
  switch (of.result) {
    case sched::verdict::passed:
      ++result.complete;
      break;
    case sched::verdict::failed:
      ++result.failed;
      break;
    case sched::verdict::deadlocked:
      ++result.deadlocked;
      break;
    case sched::verdict::blocked:
      ++result.blocked;
      break;
    case sched::verdict::redundant:
      ++result.redundant;
      break;
    case sched::verdict::cut:
      ++result.cut;
      break;
  }
}

// A bound that grows leaves out what its last value leaves out.
void exploration::count_memory(const sched::outcome& of) {
  seen.memory.model = of.memory.model;
  if (of.memory.stale_reads == sched::any_number) return;
  if (of.memory.stale_reads > seen.memory.stale_reads) {
    seen.memory.stale_reads = of.memory.stale_reads;
    seen.stale_read_left_out = false;
  }
  if (of.memory.stale_reads == seen.memory.stale_reads) {
    seen.stale_read_left_out |= of.stale_read_left_out;
  }
}

sched::outcome exploration::once_more() {
  const std::vector<std::uint32_t> choices = engine.choices();
  following again(choices);
  return engine.run(body, again);
}

std::string exploration::budget_used_up(clock::time_point now) {
  if (how.executions != 0 && result.executions >= how.executions) {
    return fmt::format("the budget of {} executions", how.executions);
  }
  if (how.time.count() != 0 && now - started >= how.time) {
    return fmt::format("the budget of {} s", std::chrono::duration<double>(how.time).count());
  }
  if (how.megabytes != 0 && growth_.megabytes(now) >= how.megabytes) {
    return fmt::format("the budget of {} MB of memory", how.megabytes);
  }
  return {};
}

void exploration::run(sched::explorer& explorer) {
  counting counted(explorer);
  sched::explorer& decide = how.statistics ? counted : explorer;
  progress_line progress(capture.terminal());
  const last_words notice(*this);
  const interruption ctrl_c;
  // Reading the clock costs more than a small execution: do it as often as a millisecond passes.
  std::int64_t next_look = 0;
  std::int64_t interval = 1;
  clock::time_point last_look = started;
  if (recall(*this)) result.stopped_by = "a schedule that has failed before";
  while (result.stopped_by.empty() && decide.begin_execution()) {
    sched::outcome outcome = engine.run(body, decide);
    if (outcome.result == sched::verdict::cut) judge(outcome);
    if (outcome.failure && outcome.failure->tentative) outcome = once_more();
    if (!outcome.widened || outcome.failure) count(outcome);
    if (outcome.widened) seen.weak_orders = true;
    if (result.executions == 1 && outcome.result == sched::verdict::passed && !outcome.skipped &&
        !outcome.widened) {
      watch(outcome.memory);
    }
    if (outcome.result == sched::verdict::cut) {
      // No failure by itself: others may complete.
      if (!first_cut && outcome.failure) {
        first_cut = outcome.failure;
        first_cut_choices = engine.choices();
        first_cut_memory = outcome.memory;
      }
    } else if (outcome.failure) {
      if (result.failures.size() < failures_kept) {
        const std::vector<std::uint32_t> choices = engine.choices();
        result.failures.push_back(explain(outcome, choices));
      }
      if (how.stop_at_first_failure) result.stopped_by = "the first failure";
      if (outcome.crashed) result.stopped_by = "a crash: the process may be damaged";
    }
    if (!outcome.racy.empty()) add_racy(outcome.racy);
    if (interruption::requested() && result.stopped_by.empty()) {
      result.interrupted = true;
      result.stopped_by = "Ctrl-C";
    }
    if (outcome.skipped) {
      result.skipped = true;
      result.stopped_by = "the body, which skipped the test";
    }
    const bool counted_out = how.executions != 0 && result.executions >= how.executions;
    if (!result.stopped_by.empty() || (result.executions < next_look && !counted_out)) continue;
    const clock::time_point now = clock::now();
    const bool soon = now - last_look < std::chrono::milliseconds(1);
    interval = soon ? interval * 2 : std::max<std::int64_t>(1, interval / 2);
    next_look = result.executions + interval;
    last_look = now;
    const sched::explorer::headway far = decide.searched();
    progress.update(how.name, result.executions, how.executions, far.left ? 0 : far.done, now);
    result.stopped_by = budget_used_up(now);
    // Perhaps it was the very last one.
    if (!result.stopped_by.empty() && !decide.begin_execution()) result.stopped_by.clear();
    if (result.stopped_by.empty() && counted_out) break;
  }
  conclude(decide);
  if (how.statistics) {
    result.distinct = counted.distinct();
    result.statistics = counted.collect(result.executions, result.elapsed);
  }
  write_renderings(result);
}

void exploration::set_racy(std::vector<sched::racy_key> keys) {
  racy_keys = std::move(keys);
  engine.set_racy(racy_keys);
}

// Explorers know from the outcome that they have to start over.
void exploration::add_racy(const std::vector<sched::racy_object>& found) {
  racy.insert(racy.end(), found.begin(), found.end());
  std::vector<sched::racy_key> keys = racy_keys;
  sched::add_keys(keys, found);
  set_racy(std::move(keys));
  if (racy.size() <= most_racy || !result.stopped_by.empty()) return;
  result.stopped_by = "too many racy objects";
  fail(failure_kind::limit,
       fmt::format("threads race on more than {} plain objects; explore with races = explore_all, "
                   "or make the test smaller",
                   most_racy));
}

// A body whose input comes from elsewhere means one execution by each; and who allows few
// executions means so.
bool exploration::may_run_more() const {
  return how.explorer != "bytes" && (how.executions == 0 || how.executions >= 100);
}

// Early, so that nobody waits for a claim about a body for which none can be made.
void exploration::watch(const sched::memory_use& memory) {
  const auto took = clock::now() - started;
  if (!how.watch || !may_run_more() || took > std::chrono::milliseconds(100)) return;
  const std::vector<std::uint32_t> choices = engine.choices();
  const pinned_memory same(engine, memory);
  laboratory lab(engine, body, 2, {});
  const determinism found = watch_determinism(lab, choices);
  not_deterministic_ = found.difference;
  if (found.difference.empty() && !found.kept.empty()) result.warnings.push_back(found.kept);
}

void exploration::conclude(sched::explorer& decide) {
  result.elapsed = clock::now() - started;
  result.coverage = decide.claim();
  // An explorer may not claim what a limit has cut off.
  if (result.cut != 0 && result.coverage == coverage::exhaustive) {
    result.coverage = coverage::bounded;
  }
  const bool left_out = seen.stale_read_left_out || seen.forgot_stores;
  if (left_out) result.coverage = std::min(result.coverage, coverage::bounded);
  if (seen.crashed) result.coverage = coverage::sampled;
  set_assumptions(decide);
  const bool sampled = result.coverage != coverage::exhaustive && result.complete != 0;
  if (how.predict && may_run_more() && sampled && result.failures.empty() && !result.skipped &&
      !result.interrupted) {
    predict();
  }
  if (!result.failures.empty()) {
    result.failure = result.failures.front();
    if (!not_deterministic_.empty()) result.failure->details.push_back(not_deterministic_);
    remember(*this);
  } else if (!not_deterministic_.empty()) {
    fail(failure_kind::misuse, not_deterministic_);
    result.coverage = coverage::sampled;
  } else if (const std::string complaint = decide.complaint(); !complaint.empty()) {
    fail(failure_kind::misuse, complaint);
  } else if (result.complete == 0 && !result.skipped) {
    std::string text = fmt::format(
        "no execution completed: {} of {} were cut by a limit, {} were blocked by assume",
        result.cut, result.executions, result.blocked);
    if (!first_cut) {
      fail(failure_kind::limit, text + "; make the assumption weaker");
      return;
    }
    text += fmt::format("; the first was cut in T{} at {}: {}", first_cut->thread,
                        place(first_cut->where), first_cut->message);
    fail(failure_kind::limit, text);
    failure& cut = result.failures.back();
    cut.cause = *first_cut;
    sched::schedule schedule = schedule_of(first_cut_choices);
    schedule.shape = schedule.shape.with(first_cut_memory);
    write_down(cut, schedule, {});
    result.failure = cut;
  }
}

void exploration::fail(failure_kind kind, std::string message) {
  failure made;
  made.kind = kind;
  made.message = std::move(message);
  result.failures.push_back(made);
  result.failure = std::move(made);
}

}  // namespace heddle::explorers
