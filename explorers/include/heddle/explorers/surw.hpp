// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <heddle/explorers/event_counts.hpp>
#include <heddle/explorers/event_priorities.hpp>
#include <heddle/explorers/sampling.hpp>

namespace heddle::explorers {

// "surw": the selectively uniform random walk. Zhao, Wolff, Mathur, Roychoudhury: Selectively
// Uniform Concurrency Testing (ASPLOS 2025).
//
// Each execution selects the events that compete for one object, drawn in proportion to how often
// threads compete for it, and draws the interleaving of these uniformly: a thread is intended to
// perform the next one, with a chance in proportion to how many it has left, and whoever arrives at
// another one is held back until it has. An order of few events on one object, with anything in
// between, is thus found in few executions, and every interleaving keeps a chance.
//
// All other events are ordered by random priorities; the paper leaves it open how. Here they are
// those of POS, which takes fewer executions to a bug than one draw for each event.
//
// What threads do is learned from the first executions. The very first selects nothing.
class surw final : public sampling {
 public:
  explicit surw(std::uint64_t seed) noexcept : sampling(seed) {}
  [[nodiscard]] needs wants() const override { return {.permits = true}; }
  bool permits(const sched::execution_state& state, sched::thread_id next) override;
  void end_execution(const sched::outcome& result) override { counts_.end_execution(result); }
  [[nodiscard]] lot drawn() const override { return counts_.learning() ? lot() : lot{"surw"}; }

 private:
  void prepare() override;
  std::uint32_t pick(const sched::choice& where, candidate_list candidates) override;
  void meet(const sched::execution_state& state);
  sched::stable_key draw_object();
  [[nodiscard]] sched::thread_id draw_intended(candidate_list candidates, sched::thread_id arrived);
  void next_round() noexcept;

  event_counts counts_;
  event_subset selected_;
  event_priorities priorities_;
  std::vector<std::uint32_t> held_;  // by thread: in which round it was held back last
  sched::thread_id intended_ = sched::no_thread;
  std::uint32_t round_ = 1;
};

}  // namespace heddle::explorers
