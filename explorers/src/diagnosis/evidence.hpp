// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "../deviations.hpp"
#include "../laboratory.hpp"
#include "../names.hpp"
#include "../reordering.hpp"
#include "heddle/explorers/report.hpp"
#include "history.hpp"

namespace heddle::explorers {

// What an oracle works with: the failure, whose kind, situation, message and details it sets, its
// trace, and a way to ask what would have happened otherwise.
class evidence {
 public:
  // Without `lab` nothing is run again. `choices` are those of the failing execution.
  evidence(failure& of, laboratory* lab, const std::vector<std::uint32_t>& choices);

  failure& of;
  const names name;
  const history past;

  // Sets what is known.
  void found(failure_kind kind, std::string situation, std::string message);
  // What a failed check, an exception or a crash comes from. Of a failed check that is the cause;
  // the others stay what they are, and the details tell it.
  void found_why(failure_kind kind, std::string situation, std::string why);
  // "the check holds": what is said of an execution that passes.
  [[nodiscard]] const char* nothing_wrong() const noexcept {
    return of.kind == failure_kind::failed_check ? "the check holds" : "nothing fails";
  }
  void add(std::string detail) { of.details.push_back(std::move(detail)); }

  // The same execution, but for what is given. Empty where it could not be run, or where the holds
  // could not be kept.
  [[nodiscard]] std::optional<sched::outcome> instead(otherwise changed);
  [[nodiscard]] bool can_experiment() const noexcept {
    return lab_ != nullptr && lab_->affordable();
  }
  [[nodiscard]] std::int64_t experiments() const noexcept {
    return lab_ == nullptr ? 0 : lab_->spent();
  }

  [[nodiscard]] std::string who(sched::thread_id thread) const { return name.thread(thread); }
  // "mutex `a` (taken at x.cpp:3) and mutex `b` (...)", or "no lock"
  [[nodiscard]] std::string list(const std::vector<held_lock>& locks) const;

 private:
  laboratory* lab_;
  const std::vector<std::uint32_t>& choices_;
  std::optional<std::vector<deviation>> data_;
};

[[nodiscard]] std::string join_all(const std::vector<std::string>& parts, std::string_view between);

// The oracles. Each returns whether it is sure of the cause, and has then set it.
bool explain_data_race(evidence& from);
bool explain_deadlock(evidence& from);
bool explain_wait(evidence& from);  // for a notification
bool explain_undone(evidence& from);
bool explain_livelock(evidence& from);
bool explain_atomicity_violation(evidence& from);
bool explain_order_violation(evidence& from);
bool explain_stolen_wake_up(evidence& from);
bool explain_aba(evidence& from);
bool explain_stale_read(evidence& from);
void tell_stale_reads(evidence& from);  // details of any failure
bool explain_misuse(evidence& from);
bool explain_leak(evidence& from);

// "T1 waits for mutex `m` (x.cpp:4), which T2 took at x.cpp:3"
[[nodiscard]] std::string waits(const names& name, const sched::unfinished_thread& at);
// "puts an item into it": what nobody does, and what that is called for short.
[[nodiscard]] std::string what_is_missing(const sched::unfinished_thread& at);
[[nodiscard]] std::string situation_of(const sched::unfinished_thread& at);
// Adds who has ever done what it needs to the object that the thread waits for, and where they are.
void tell_who_could_help(evidence& from, const sched::unfinished_thread& waiter);
[[nodiscard]] sched::stable_key mutex_of(const sched::unfinished_thread& at) noexcept;
[[nodiscard]] const sched::unfinished_thread* find(const failure& of, sched::thread_id thread);

}  // namespace heddle::explorers
