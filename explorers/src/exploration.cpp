// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "capture.hpp"
#include "diagnosis.hpp"
#include "environment.hpp"
#include "heddle/explorers/depth_first.hpp"
#include "heddle/explorers/explore.hpp"
#include "heddle/explorers/replaying.hpp"
#include "progress.hpp"
#include "recording.hpp"
#include "rerun_command.hpp"
#include "schedule_file.hpp"

namespace heddle {

namespace explorers {
namespace {

using clock = std::chrono::steady_clock;
constexpr std::size_t failures_kept = 100;

// Everything one call of explore or replay works with.
struct exploration {
  exploration(const options& how_, sched::body_ref body_)
      : how(how_), body(body_), capture(how.capture), engine(settings_of(how)) {
    result.name = how.name;
    result.explorer = how.explorer;
    result.seed = how.seed;
  }

  void run(sched::explorer& decide);
  void count(const sched::outcome& of);
  failure explain(const sched::outcome& of, const std::vector<std::uint32_t>& choices);
  void write_down(failure& of, const sched::schedule& schedule,
                  const std::vector<std::string>& words);
  void set_assumptions();
  [[nodiscard]] std::string why_to_stop(clock::time_point now) const;
  sched::schedule schedule_of(std::vector<std::uint32_t> indices) const;

  options how;
  sched::body_ref body;
  output_capture capture;
  sched::engine engine;
  report result;
  clock::time_point started = clock::now();
  bool spun = false;
};

void exploration::count(const sched::outcome& of) {
  ++result.executions;
  result.steps += of.steps;
  spun = spun || of.parked;
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

sched::schedule exploration::schedule_of(std::vector<std::uint32_t> indices) const {
  sched::schedule made;
  made.test = sched::hash_name(how.name);
  made.races_checked = how.races;
  made.early_timeouts = static_cast<std::uint32_t>(how.early_timeouts);
  made.rereads = static_cast<std::uint32_t>(how.rereads);
  made.indices = std::move(indices);
  return made;
}

// Follows given indices without looking at what is chosen from.
class following final : public sched::explorer {
 public:
  explicit following(const std::vector<std::uint32_t>& indices) : indices_(indices) {}
  bool begin_execution() override { return true; }
  std::uint32_t choose(const sched::choice&) override {
    return at_ < indices_.size() ? indices_[at_++] : 0;
  }
  [[nodiscard]] coverage claim() const override { return coverage::sampled; }

 private:
  const std::vector<std::uint32_t>& indices_;
  std::size_t at_ = 0;
};

bool same_failure(const sched::outcome& a, const sched::outcome& b) {
  if (!a.failure || !b.failure) return !a.failure && !b.failure;
  return a.failure->kind == b.failure->kind && a.failure->thread == b.failure->thread &&
         a.failure->where.line == b.failure->where.line;
}

// The final run: the same choices once more, this time with everything recorded.
failure exploration::explain(const sched::outcome& of, const std::vector<std::uint32_t>& choices) {
  failure found;
  following inner(choices);
  recording recorder(inner);
  capture.keep_from_here();
  const sched::outcome again = engine.run(body, recorder, &found.trace);
  found.output = capture.kept();
  found.reproduced = same_failure(of, again);
  const sched::outcome& shown = found.reproduced ? again : of;
  if (shown.failure) found.cause = *shown.failure;
  found.unfinished = shown.unfinished;
  found.preemptions = recorder.preemptions();
  found.execution = result.executions;
  diagnose(found);
  sched::schedule schedule = schedule_of({});
  recorder.finish(schedule);
  write_down(found, schedule, recorder.words());
  return found;
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

std::string exploration::why_to_stop(clock::time_point now) const {
  if (how.executions != 0 && result.executions >= how.executions) {
    return fmt::format("the budget of {} executions", how.executions);
  }
  if (how.time.count() != 0 && now - started >= how.time) {
    return fmt::format("the budget of {} s", std::chrono::duration<double>(how.time).count());
  }
  return {};
}

void exploration::set_assumptions() {
  auto& list = result.assumptions;
  list.emplace_back("atomics behave as sequentially consistent");
  if (how.races == races::off)
    list.emplace_back("data races do not matter (they were not checked)");
  list.push_back(fmt::format("at most {} timeout{} per execution fire while other threads can run",
                             how.early_timeouts, how.early_timeouts == 1 ? "" : "s"));
  if (spun) {
    list.push_back(fmt::format(
        "a thread that has read the same unchanged value {} times waits until it changes",
        how.rereads));
  }
}

void exploration::run(sched::explorer& decide) {
  progress_line progress(capture.terminal());
  // Reading the clock costs more than a small execution: do it as often as a millisecond passes.
  std::int64_t next_look = 0;
  std::int64_t interval = 1;
  clock::time_point last_look = started;
  while (decide.begin_execution()) {
    const sched::outcome outcome = engine.run(body, decide);
    count(outcome);
    if (outcome.failure && result.failures.size() < failures_kept) {
      const std::vector<std::uint32_t> choices = engine.choices();
      result.failures.push_back(explain(outcome, choices));
      if (how.stop_at_first_failure) {
        result.stopped_by = "the first failure";
        break;
      }
      if (outcome.crashed) {
        result.stopped_by = "a crash: the process may be damaged";
        break;
      }
    }
    if (outcome.skipped) {
      result.skipped = true;
      break;
    }
    if (how.executions != 0 && result.executions >= how.executions) {
      result.stopped_by = why_to_stop(last_look);
      break;
    }
    if (result.executions < next_look) continue;
    const clock::time_point now = clock::now();
    interval = now - last_look < std::chrono::milliseconds(1)
                   ? interval * 2
                   : std::max<std::int64_t>(1, interval / 2);
    next_look = result.executions + interval;
    last_look = now;
    progress.update(how.name, result.executions, how.executions, now);
    result.stopped_by = why_to_stop(now);
    if (!result.stopped_by.empty()) break;
  }
  result.elapsed = clock::now() - started;
  // An explorer may only claim what no limit has cut off.
  result.coverage = decide.claim();
  if (!result.stopped_by.empty() && result.coverage == coverage::exhaustive) {
    result.coverage = decide.begin_execution() ? coverage::sampled : coverage::exhaustive;
  }
  if (result.cut != 0 && result.coverage == coverage::exhaustive) {
    result.coverage = coverage::bounded;
  }
  set_assumptions();
  if (!result.failures.empty()) result.failure = result.failures.front();
}

// A failure that is about the exploration rather than about one execution.
failure plain_failure(failure_kind kind, std::string message) {
  failure made;
  made.kind = kind;
  made.message = std::move(message);
  return made;
}

void expect_some_completed(report& of) {
  if (of.failure || of.skipped || of.complete > 0) return;
  of.failure = plain_failure(
      failure_kind::limit,
      fmt::format(
          "no execution completed: {} of {} were cut by a limit, {} were blocked by assume; "
          "raise options.steps, or make the assumption weaker",
          of.cut, of.executions, of.blocked));
  of.failures.push_back(*of.failure);
}

}  // namespace

report replay_schedule(const options& how, std::string_view token, sched::body_ref body) {
  schedule_file file;
  if (names_file(token)) {
    file = schedule_file::read(std::string(token));
  } else {
    file.token = token;
    if (!how.out.empty()) {
      try {
        file = schedule_file::read(schedule_path(how.out, how.name, token));
      } catch (const std::invalid_argument&) {  // it was never written there
      }
    }
  }
  const sched::schedule schedule = sched::schedule::parse(file.token);
  if (schedule.test != sched::hash_name(how.name)) {
    throw std::invalid_argument(fmt::format(
        "heddle: the schedule to replay was recorded for {}, not for this one, \"{}\"; select its "
        "own test, with --gtest_filter under GoogleTest",
        file.test.empty() ? std::string("another test") : "\"" + file.test + "\"", how.name));
  }
  options as_recorded = how;
  as_recorded.races = schedule.races_checked;
  as_recorded.early_timeouts = schedule.early_timeouts;
  as_recorded.rereads = schedule.rereads;
  as_recorded.explorer = "replay";
  validate(as_recorded);
  exploration one(as_recorded, body);
  // Whatever the body creates once and keeps exists only from the second execution on: the
  // schedule was recorded in such an execution.
  following rehearsal(schedule.indices);
  const sched::outcome first = one.engine.run(body, rehearsal);
  one.result.replayed = true;
  if (first.crashed) {
    one.count(first);
    one.result.failures.push_back(one.explain(first, schedule.indices));
    one.result.failure = one.result.failures.front();
    return one.result;
  }
  replaying follow(schedule);
  recording recorder(follow);
  failure found;
  follow.begin_execution();
  one.capture.keep_from_here();
  const sched::outcome outcome = one.engine.run(body, recorder, &found.trace);
  found.output = one.capture.kept();
  one.count(outcome);
  one.result.elapsed = clock::now() - one.started;
  one.result.skipped = outcome.skipped;
  if (const auto& diverged = follow.diverged()) {
    std::string text = fmt::format(
        "the schedule does not fit this test any more: at choice {} it went on differently: {}",
        diverged->choice + 1, diverged->actual);
    if (diverged->since != diverged->choice) {
      text = fmt::format(
          "the schedule does not fit this test any more: between choice {} and {} it went on "
          "differently; at the latter: {}",
          diverged->since + 1, diverged->choice + 1, diverged->actual);
    }
    if (diverged->choice < file.choices.size()) {
      text += "; recorded was: " + file.choices[diverged->choice];
    }
    one.result.failure = plain_failure(failure_kind::misuse, text);
    one.result.failures.push_back(*one.result.failure);
    return one.result;
  }
  if (outcome.failure) {
    found.cause = *outcome.failure;
    found.unfinished = outcome.unfinished;
    found.preemptions = recorder.preemptions();
    found.execution = 1;
    diagnose(found);
    sched::schedule again = one.schedule_of({});
    recorder.finish(again);
    one.write_down(found, again, recorder.words());
    one.result.failures.push_back(std::move(found));
    one.result.failure = one.result.failures.front();
  }
  return one.result;
}

report explore_with(const options& how, sched::explorer& decide, sched::body_ref body) {
  validate(how);
  exploration all(how, body);
  all.run(decide);
  expect_some_completed(all.result);
  return all.result;
}

}  // namespace explorers

report explore(const options& how, sched::explorer& decide, sched::body_ref body) {
  const options effective = explorers::with_environment(how);
  if (const std::string token = explorers::replay_requested(how); !token.empty()) {
    return explorers::replay_schedule(effective, token, body);
  }
  return explorers::explore_with(effective, decide, body);
}

report explore(const options& how, sched::body_ref body) {
  const options effective = explorers::with_environment(how);
  explorers::validate(effective);
  if (const std::string token = explorers::replay_requested(how); !token.empty()) {
    return explorers::replay_schedule(effective, token, body);
  }
  const auto decide = explorers::make_explorer(effective);
  report result = explorers::explore_with(effective, *decide, body);
  if (const auto* search = dynamic_cast<const explorers::depth_first*>(decide.get());
      search != nullptr && search->first_nondeterministic_choice() >= 0 && !result.failure) {
    result.failure = explorers::plain_failure(
        failure_kind::misuse,
        fmt::format(
            "the body is not deterministic: repeated with the same choices it did something "
            "else at choice {}; likely causes: real time, random numbers, addresses used as "
            "keys, state kept between executions",
            search->first_nondeterministic_choice() + 1));
    result.failures.push_back(*result.failure);
  }
  return result;
}

report replay(std::string_view token, sched::body_ref body, const options& how) {
  return explorers::replay_schedule(explorers::with_environment(how), token, body);
}

}  // namespace heddle
