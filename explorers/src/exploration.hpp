// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "capture.hpp"
#include "heddle/explorers/explore.hpp"
#include "heddle/sched/engine.hpp"
#include "heddle/sched/schedule.hpp"
#include "memory_growth.hpp"
#include "minimise.hpp"
#include "option_values.hpp"
#include "recording.hpp"

namespace heddle::explorers {

using clock = std::chrono::steady_clock;
// A schedule of these choices, without marks.
[[nodiscard]] sched::schedule schedule_with(const options& how, const sched::memory_use& memory,
                                            std::vector<std::uint32_t> indices,
                                            std::vector<sched::racy_key> racy);

// Everything one call of explore or replay works with.
struct exploration {
  exploration(const options& how_, sched::body_ref body_)
      : how(how_), body(body_), capture(how.capture), engine(settings_of(how)) {
    result.name = how.name;
    result.explorer = how.explorer;
    result.seed = how.seed;
  }

  // Execution after execution, until something ends it; fills in `result`.
  void run(sched::explorer& explorer);
  void count(const sched::outcome& of);
  void count_memory(const sched::outcome& of);
  // Minimises a failing execution, diagnoses it, and runs it for the last time, with everything
  // recorded.
  failure explain(const sched::outcome& of, const std::vector<std::uint32_t>& choices);
  // The token, the schedule file where it is wanted, and the command that reruns it.
  void write_down(failure& of, const sched::schedule& schedule,
                  const std::vector<std::string>& words);
  // A schedule of executions as they are now, run as the last one was.
  [[nodiscard]] sched::schedule schedule_of(std::vector<std::uint32_t> indices) const {
    return schedule_with(how, engine.memory(), std::move(indices), racy_keys);
  }
  // With races::explore: what threads race on, from the next execution on.
  void set_racy(std::vector<sched::racy_key> keys);
  void fail(failure_kind kind, std::string message);  // of the exploration, not of an execution

  options how;
  sched::body_ref body;
  output_capture capture;
  sched::engine engine;
  report result;
  clock::time_point started = clock::now();
  std::vector<sched::racy_object> racy;  // found so far
  std::vector<sched::racy_key> racy_keys;
  sched::outcome seen;  // what occurred in any execution
  std::optional<sched::failure_record> first_cut;
  std::vector<std::uint32_t> first_cut_choices;
  sched::memory_use first_cut_memory;

 private:
  // Runs once more with a trace. Sets all but what diagnosis and write_down set.
  failure rerun(const sched::outcome& of, recording& recorder);
  [[nodiscard]] minimised minimise_failure(const sched::outcome& of, const failure& original,
                                           const std::vector<std::uint32_t>& choices,
                                           const std::function<void(const minimised&)>& found = {});
  // A crash: a copy of the process bears the next ones. Nothing: the copy did not survive.
  [[nodiscard]] std::optional<minimised> minimise_crash(const sched::outcome& of,
                                                        const failure& original,
                                                        const std::vector<std::uint32_t>& choices);
  void diagnose_crash(failure& of, const std::vector<std::uint32_t>& choices);
  [[nodiscard]] expendable_process expendable() const;
  [[nodiscard]] sched::outcome once_more();  // the last execution
  void conclude(sched::explorer& decide);
  [[nodiscard]] bool may_run_more() const;      // than was asked for, to examine
  void watch(const sched::memory_use& memory);  // is the body deterministic?
  void add_racy(const std::vector<sched::racy_object>& found);
  void set_assumptions(const sched::explorer& decide);
  void predict();  // deadlocks that no execution has shown
  [[nodiscard]] std::string budget_used_up(clock::time_point now);

  memory_growth growth_;
  std::string not_deterministic_;  // why not; empty: as far as is known, it is
};

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

// Reruns the execution that a token or a schedule file describes.
[[nodiscard]] report replay_schedule(const options& how, std::string_view token,
                                     sched::body_ref body);

}  // namespace heddle::explorers
