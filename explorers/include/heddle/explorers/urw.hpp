// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/explorers/event_counts.hpp>
#include <heddle/explorers/sampling.hpp>

namespace heddle::explorers {

// "urw": the uniform random walk over interleavings. Zhao, Wolff, Mathur, Roychoudhury: Selectively
// Uniform Concurrency Testing (ASPLOS 2025), section on URW.
//
// A thread runs next with a chance in proportion to the number of events that it, and what it has
// still to create, are expected to perform. Where nobody blocks and the numbers are right, every
// interleaving is drawn with the same probability; the random walk would have the threads with few
// events finish early. The numbers come from the first executions; of these the very first is a
// plain random walk. Everyone who can run keeps a chance, whatever was expected.
class urw final : public sampling {
 public:
  explicit urw(std::uint64_t seed) noexcept : sampling(seed) {}
  [[nodiscard]] needs wants() const override { return {.permits = true}; }
  bool permits(const sched::execution_state& state, sched::thread_id next) override;
  void end_execution(const sched::outcome& result) override { counts_.end_execution(result); }
  [[nodiscard]] lot drawn() const override {
    return counts_.learning() ? lot() : lot{"urw", so_far().log()};
  }

 private:
  void prepare() override { counts_.begin_execution({.all = true}); }
  std::uint32_t pick(const sched::choice& where, candidate_list candidates) override;
  void meet(const sched::execution_state& state);

  event_counts counts_;
};

}  // namespace heddle::explorers
