// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include <heddle/sched/explorer.hpp>
#include <heddle/sched/schedule.hpp>

namespace heddle::explorers {

// Where an execution stopped fitting its schedule.
struct divergence {
  std::size_t choice = 0;  // the first that differs, from 0; between two marks: the later one
  std::size_t since = 0;   // the last choice known to be right lies before this one
  std::string actual;      // what the execution did there
};

// "replay": one execution that follows a schedule, strictly: the first choice that does not look as
// recorded is a divergence, from which on it is boring.
class replaying final : public sched::explorer {
 public:
  explicit replaying(sched::schedule follow) : follow_(std::move(follow)) {}
  bool begin_execution() override;
  std::uint32_t choose(const sched::choice& where) override;
  void end_execution(const sched::outcome&) override;
  [[nodiscard]] coverage claim() const override { return coverage::sampled; }
  [[nodiscard]] const std::optional<divergence>& diverged() const noexcept { return diverged_; }

 private:
  sched::schedule follow_;
  std::size_t position_ = 0;
  std::uint64_t sum_ = 0;
  bool done_ = false;
  std::optional<divergence> diverged_;
};

// What a choice looks like, in words: "T1 lock of mutex M3 at a.cpp:12, 2 candidates".
[[nodiscard]] std::string describe(const sched::choice& where);

}  // namespace heddle::explorers
