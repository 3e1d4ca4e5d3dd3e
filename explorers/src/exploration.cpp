// SPDX-License-Identifier: MIT
#include "exploration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "counting.hpp"
#include "diagnosis/diagnosis.hpp"
#include "interruption.hpp"
#include "laboratory.hpp"
#include "last_words.hpp"
#include "minimise.hpp"
#include "names.hpp"
#include "progress.hpp"
#include "rendering/files.hpp"
#include "recording.hpp"
#include "rerun_command.hpp"
#include "schedule_file.hpp"

namespace heddle::explorers {

namespace {
constexpr std::size_t failures_kept = 100;

}

void exploration::count(const sched::outcome& of) {
  ++result.executions;
  result.steps += of.steps;
  seen.parked |= of.parked;
  seen.hurried |= of.hurried;
  seen.spurious_left_out |= of.spurious_left_out;
  seen.weak_cas_failure_left_out |= of.weak_cas_failure_left_out;
  seen.try_lock_failure_left_out |= of.try_lock_failure_left_out;
  seen.deferred_async_left_out |= of.deferred_async_left_out;
  seen.back_off_left_out |= of.back_off_left_out;
  seen.timed |= of.timed;
  seen.crashed |= of.crashed;
  seen.weak_orders |= of.weak_orders;
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

sched::schedule schedule_with(const options& how, std::vector<std::uint32_t> indices) {
  sched::schedule made;
  made.test = sched::hash_name(how.name);
  made.races_checked = how.races;
  made.early_timeouts = static_cast<std::uint32_t>(how.early_timeouts);
  made.spurious = static_cast<std::uint32_t>(how.spurious);
  made.weak_cas_failures = static_cast<std::uint32_t>(how.weak_cas_failures);
  made.try_lock_failures = static_cast<std::uint32_t>(how.try_lock_failures);
  made.deferred_asyncs = static_cast<std::uint32_t>(how.deferred_asyncs);
  made.lock_back_offs = static_cast<std::uint32_t>(how.lock_back_offs);
  made.rereads = static_cast<std::uint32_t>(how.rereads);
  made.indices = std::move(indices);
  return made;
}

failure exploration::rerun(const sched::outcome& of, recording& recorder) {
  failure found;
  capture.keep_from_here();
  sched::outcome again = engine.run(body, recorder, &found.trace);
  judge(again);
  found.output = capture.kept();
  found.reproduced = of.failure.has_value() == again.failure.has_value() &&
                     (!of.failure || signature_of(of) == signature_of(again));
  const sched::outcome& shown = found.reproduced ? again : of;
  if (shown.failure) found.cause = *shown.failure;
  found.unfinished = shown.unfinished;
  found.preemptions = recorder.preemptions();
  found.execution = result.executions;
  return found;
}

failure exploration::explain(const sched::outcome& of, const std::vector<std::uint32_t>& found_by) {
  std::vector<std::uint32_t> choices = found_by;
  following inner(choices);
  recording recorder(inner);
  failure found = rerun(of, recorder);
  sched::schedule schedule = schedule_with(how, {});
  recorder.finish(schedule);
  std::vector<std::string> words = recorder.words();
  const bool examine = found.reproduced && !of.crashed && of.failure.has_value();
  const bool is_first = result.failures.empty();
  if (examine && is_first && how.minimise > 0) {
    minimised simpler = minimise_failure(of, found, choices);
    simpler.what.original = schedule.token();
    if (simpler.what.changed()) {
      choices = simpler.choices;
      following again(choices);
      recording final_run(again);
      found = rerun(of, final_run);
      schedule = schedule_with(how, {});
      final_run.finish(schedule);
      words = final_run.words();
    }
    found.minimised = simpler.what;
  }
  laboratory lab(engine, body, experiments, std::chrono::seconds(1));
  const bool few = result.failures.size() < 10;
  diagnose(found, examine && few && how.diagnose ? &lab : nullptr, choices);
  write_down(found, schedule, words);
  return found;
}

minimised exploration::minimise_failure(const sched::outcome& of, const failure& original,
                                        const std::vector<std::uint32_t>& choices) {
  laboratory lab(engine, body, how.minimise, std::chrono::seconds(1));
  failure first = original;
  diagnose(first);
  // A deadlock at the same places may have another cause. That takes a trace to tell.
  const bool ambiguous = of.failure->kind == failure_kind::deadlock;
  return minimise(lab, choices, of, [&](const std::vector<std::uint32_t>& simpler) {
    if (!ambiguous) return true;
    failure other;
    following follow(simpler);
    const sched::outcome outcome = lab.run(follow, &other.trace);
    if (!outcome.failure) return false;
    other.cause = *outcome.failure;
    other.unfinished = outcome.unfinished;
    diagnose(other);
    return other.kind == first.kind && other.situation == first.situation;
  });
}

void exploration::write_down(failure& of, const sched::schedule& schedule,
                             const std::vector<std::string>& words) {
  of.schedule = schedule.token();
  const bool is_long = of.schedule.size() > longest_inline_token;
  std::string argument = of.schedule;
  if (is_long || !how.out.empty()) {
    const schedule_file file{how.name, of.message, of.schedule, words};
    try {
      of.file = file.write(how.out.empty() ? "heddle-out" : how.out);
      if (is_long) argument = of.file;
    } catch (const std::runtime_error& error) {
      of.message += fmt::format(" ({})", error.what());
    }
  }
  of.rerun = fmt::format("HEDDLE_REPLAY={} {}", shell_quoted(argument),
                         how.rerun.empty() ? this_command() : how.rerun);
}

std::string exploration::budget_used_up(clock::time_point now) const {
  if (how.executions != 0 && result.executions >= how.executions) {
    return fmt::format("the budget of {} executions", how.executions);
  }
  if (how.time.count() != 0 && now - started >= how.time) {
    return fmt::format("the budget of {} s", std::chrono::duration<double>(how.time).count());
  }
  return {};
}

void exploration::set_assumptions(const sched::explorer& decide) {
  auto& list = result.assumptions;
  list = decide.assumptions();
  if (seen.weak_orders) list.emplace_back("atomics of every memory order behave as seq_cst");
  if (how.races == races::explore_all) {
    list.emplace_back("plain accesses happen one after the other, each as a whole, also in data races");
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
  if (seen.hurried) {
    list.emplace_back(
        "a thread that repeats a loop while nobody else takes a step lets the others go on");
  }
}

void exploration::run(sched::explorer& explorer) {
  counting decide(explorer, how.statistics);
  progress_line progress(capture.terminal());
  const last_words notice(*this);
  const interruption ctrl_c;
  // Reading the clock costs more than a small execution: do it as often as a millisecond passes.
  std::int64_t next_look = 0;
  std::int64_t interval = 1;
  clock::time_point last_look = started;
  while (result.stopped_by.empty() && decide.begin_execution()) {
    sched::outcome outcome = engine.run(body, decide);
    if (outcome.result == sched::verdict::cut) judge(outcome);
    count(outcome);
    if (outcome.result == sched::verdict::cut) {
      // No failure by itself: others may complete.
      if (!first_cut && outcome.failure) {
        first_cut = outcome.failure;
        first_cut_choices = engine.choices();
      }
    } else if (outcome.failure) {
      if (result.failures.size() < failures_kept) {
        const std::vector<std::uint32_t> choices = engine.choices();
        result.failures.push_back(explain(outcome, choices));
      }
      if (how.stop_at_first_failure) result.stopped_by = "the first failure";
      if (outcome.crashed) result.stopped_by = "a crash: the process may be damaged";
    }
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
  result.distinct = decide.distinct();
  result.statistics = decide.collect(result.executions, result.elapsed);
  write_renderings(result);
}

void exploration::conclude(sched::explorer& decide) {
  result.elapsed = clock::now() - started;
  result.coverage = decide.claim();
  // An explorer may not claim what a limit has cut off.
  if (result.cut != 0 && result.coverage == coverage::exhaustive) {
    result.coverage = coverage::bounded;
  }
  if (seen.crashed) result.coverage = coverage::sampled;
  set_assumptions(decide);
  const bool sampled = result.coverage != coverage::exhaustive && result.complete != 0;
  if (how.predict && sampled && result.failures.empty() && !result.skipped) predict();
  if (!result.failures.empty()) {
    result.failure = result.failures.front();
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
    write_down(cut, schedule_with(how, first_cut_choices), {});
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
