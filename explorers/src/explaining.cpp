// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "diagnosis/diagnosis.hpp"
#include "exploration.hpp"
#include "heddle/explorers/stepping.hpp"
#include "laboratory.hpp"
#include "minimise.hpp"
#include "names.hpp"
#include "recording.hpp"
#include "rendering/files.hpp"
#include "rerun_command.hpp"
#include "schedule_file.hpp"

// From a failing execution to what is told of it: minimised, diagnosed, run for the last time,
// written down.
namespace heddle::explorers {

sched::schedule schedule_with(const options& how, std::vector<std::uint32_t> indices) {
  sched::schedule made;
  made.test = sched::hash_name(how.name);
  made.shape = shape_of(how);
  made.indices = std::move(indices);
  return made;
}

failure exploration::rerun(const sched::outcome& of, recording& recorder) {
  failure found;
  capture.keep_from_here();
  heddle_before_final_run();
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
  laboratory lab(engine, body, experiments, how.examination);
  const bool few = result.failures.size() < 10;
  diagnose(found, examine && few && how.diagnose ? &lab : nullptr, choices);
  write_down(found, schedule, words);
  return found;
}

minimised exploration::minimise_failure(const sched::outcome& of, const failure& original,
                                        const std::vector<std::uint32_t>& choices) {
  laboratory lab(engine, body, how.minimise, how.examination);
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

}  // namespace heddle::explorers
