// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <stdexcept>

#include "diagnosis/diagnosis.hpp"
#include "exploration.hpp"
#include "heddle/explorers/replaying.hpp"
#include "heddle/explorers/stepping.hpp"
#include "recording.hpp"
#include "relaxed.hpp"
#include "rendering/files.hpp"
#include "schedule_file.hpp"

namespace heddle::explorers {

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
  take_shape(as_recorded, schedule.shape);
  as_recorded.explorer = "replay";
  validate(as_recorded);
  exploration one(as_recorded, body);
  const pinned_memory as_it_was(one.engine, schedule.shape.use());
  one.set_racy(schedule.shape.racy);
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
  replaying strict(schedule);
  relaxed loose(schedule.indices, file.choices);
  sched::explorer& follow = how.relaxed ? static_cast<sched::explorer&>(loose) : strict;
  recording recorder(follow);
  failure found;
  follow.begin_execution();
  one.capture.keep_from_here();
  heddle_before_final_run();
  sched::outcome outcome = one.engine.run(body, recorder, &found.trace);
  judge(outcome);
  found.output = one.capture.kept();
  one.count(outcome);
  one.result.elapsed = clock::now() - one.started;
  one.result.skipped = outcome.skipped;
  if (how.relaxed) one.result.followed = loose.how_far();
  if (const auto& diverged = strict.diverged(); diverged && !how.relaxed) {
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
    if (outcome.failure && !outcome.failure->message.empty()) {
      text += "; it then failed: " + outcome.failure->message;
    }
    one.fail(failure_kind::misuse, text);
    return one.result;
  }
  if (outcome.failure && outcome.result != sched::verdict::cut) {
    found.cause = *outcome.failure;
    found.unfinished = outcome.unfinished;
    found.preemptions = recorder.preemptions();
    found.execution = 1;
    const std::vector<std::uint32_t> choices = one.engine.choices();
    laboratory lab(one.engine, body, experiments, how.examination);
    diagnose(found, outcome.crashed || !how.diagnose ? nullptr : &lab, choices);
    sched::schedule again = one.schedule_of({});
    recorder.finish(again);
    one.write_down(found, again, recorder.words());
    one.result.failures.push_back(std::move(found));
    one.result.failure = one.result.failures.front();
    write_renderings(one.result);
  }
  return one.result;
}

}  // namespace heddle::explorers
