// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/explorers/event_priorities.hpp>
#include <heddle/explorers/sampling.hpp>

namespace heddle::explorers {

// "pos": partial order sampling. Yuan, Yang, Gu: Partial Order Aware Concurrency Sampling (CAV
// 2018).
//
// Every pending operation has a random priority, and the highest that can run does. New priorities
// are given to the thread that ran and to those whose pending operations depend on the one
// performed, so that the order of operations that have nothing to do with each other costs no
// chances: the least probable partial order is more probable than under the random walk, by a
// factor exponential in the length of the execution. No parameters, and executions are independent
// draws.
//
// A thread whose deadline an early clock advance would pass competes with its own priority.
class pos final : public sampling {
 public:
  explicit pos(std::uint64_t seed) noexcept : sampling(seed) {}
  [[nodiscard]] needs wants() const override { return {.permits = true}; }
  bool permits(const sched::execution_state& state, sched::thread_id next) override;
  [[nodiscard]] lot drawn() const override { return {"pos"}; }

 private:
  void prepare() override { priorities_.clear(); }
  std::uint32_t pick(const sched::choice& where, candidate_list candidates) override;

  event_priorities priorities_;
};

}  // namespace heddle::explorers
