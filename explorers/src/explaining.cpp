// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "code_places.hpp"
#include "copied_process.hpp"
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

sched::schedule schedule_with(const options& how, const sched::memory_use& memory,
                              std::vector<std::uint32_t> indices,
                              std::vector<sched::racy_key> racy) {
  sched::schedule made;
  made.test = sched::hash_name(how.name);
  made.shape = shape_of(how).with(memory);
  made.shape.racy = std::move(racy);
  made.indices = std::move(indices);
  return made;
}

failure exploration::rerun(const sched::outcome& of, recording& recorder) {
  failure found;
  capture.keep_from_here();
  heddle_before_final_run();
  sched::outcome again = engine.run(body, recorder, &found.trace);
  judge(again);
  look_up_code_places(found.trace);
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
  const pinned_memory as_found(engine, of.memory);
  std::vector<std::uint32_t> choices = found_by;
  following inner(choices);
  recording recorder(inner);
  failure found = rerun(of, recorder);
  sched::schedule schedule = schedule_of({});
  recorder.finish(schedule);
  std::vector<std::string> words = recorder.words();
  const bool examine = found.reproduced && of.failure.has_value();
  const bool is_first = result.failures.empty();
  if (examine && is_first && how.minimise > 0) {
    const std::optional<minimised> simpler =
        of.crashed ? minimise_crash(of, found, choices) : minimise_failure(of, found, choices);
    const std::string original = schedule.token();
    if (simpler && simpler->what.changed()) {
      choices = simpler->choices;
      following again(choices);
      recording final_run(again);
      found = rerun(of, final_run);
      schedule = schedule_of({});
      final_run.finish(schedule);
      words = final_run.words();
    }
    if (simpler) {
      found.minimised = simpler->what;
      found.minimised->original = original;
    }
  }
  const bool try_things = examine && how.diagnose && result.failures.size() < 10;
  laboratory lab(engine, body, experiments, how.examination);
  diagnose(found, try_things && !of.crashed ? &lab : nullptr, choices);
  if (try_things && of.crashed) diagnose_crash(found, choices);
  write_down(found, schedule, words);
  return found;
}

minimised exploration::minimise_failure(const sched::outcome& of, const failure& original,
                                        const std::vector<std::uint32_t>& choices,
                                        const std::function<void(const minimised&)>& found) {
  laboratory lab(engine, body, how.minimise, how.examination,
                 of.crashed ? expendable() : expendable_process{});
  failure first = original;
  diagnose(first);
  // A deadlock at the same places may have another cause. That takes a trace to tell.
  const bool ambiguous = of.failure->kind == failure_kind::deadlock;
  const auto same_cause = [&](const std::vector<std::uint32_t>& simpler) {
    if (!ambiguous) return true;
    failure other;
    following follow(simpler);
    const sched::outcome outcome = lab.run(follow, &other.trace);
    if (!outcome.failure) return false;
    other.cause = *outcome.failure;
    other.unfinished = outcome.unfinished;
    diagnose(other);
    return other.kind == first.kind && other.situation == first.situation;
  };
  return minimise(lab, choices, of, same_cause, found);
}

std::optional<minimised> exploration::minimise_crash(const sched::outcome& of,
                                                     const failure& original,
                                                     const std::vector<std::uint32_t>& choices) {
  std::optional<minimised> best;
  in_a_copy_of_the_process(
      how.examination,
      [&](const teller& tell) {
        const auto found = [&](const minimised& now) { tell(to_text(now)); };
        found(minimise_failure(of, original, choices, found));
      },
      [&](const std::string& message) { best = minimised_from(message); });
  return best;
}

void exploration::diagnose_crash(failure& of, const std::vector<std::uint32_t>& choices) {
  std::vector<std::string> told;
  in_a_copy_of_the_process(
      how.examination,
      [&](const teller& tell) {
        laboratory lab(engine, body, experiments, how.examination, expendable());
        diagnose(of, &lab, choices);
        tell(of.situation);
        tell(of.message);
        for (const std::string& detail : of.details) tell(detail);
        tell("");  // that is all
      },
      [&](const std::string& message) { told.push_back(message); });
  if (told.size() < 3 || !told.back().empty()) return;
  of.situation = told[0];
  of.message = told[1];
  of.details.assign(told.begin() + 2, told.end() - 1);
}

expendable_process exploration::expendable() const {
  return {true, static_cast<std::uint32_t>(how.stuck.count())};
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
