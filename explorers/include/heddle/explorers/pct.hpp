// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <heddle/explorers/sampling.hpp>

namespace heddle::explorers {

// "pct": probabilistic concurrency testing. Burckhardt, Kothari, Musuvathi, Nagarakatte: A
// Randomized Scheduler with Probabilistic Guarantees of Finding Bugs (ASPLOS 2010).
//
// Every thread has a random priority and the highest that can run does; at depth-1 random places
// the running thread falls below everyone. A bug of that depth (as many ordering constraints
// suffice for it) shows up with a chance of at least 1 / (n * k^(depth-1)) in each execution, of n
// threads and k choices.
//
// depth: fixed, or 0 for one of 1..10 in each execution, drawn with weight 1/depth.
// k: the most choices of a thread in any execution so far, so that the first one has no such place.
// Forced moves are not counted: at these the priorities are without effect.
//
// The clock takes part like a thread with a priority of its own: it advances early when it is the
// highest, and may be lowered like anyone. A thread that yields falls below everyone, for free.
class pct final : public sampling {
 public:
  pct(std::uint64_t seed, std::uint32_t depth) noexcept : sampling(seed), depth_(depth) {}
  void end_execution(const sched::outcome& of) override;

 private:
  void prepare() override;
  std::uint32_t pick(const sched::choice& where, candidate_list candidates) override;

  std::uint64_t base_priority() noexcept;
  std::uint32_t highest(candidate_list candidates, std::uint64_t*& priority) noexcept;

  std::uint32_t depth_;
  std::uint32_t longest_ = 0;            // choices of a thread in one execution
  std::vector<std::uint32_t> changes_;   // the choices at which a priority changes, descending
  std::vector<std::uint64_t> priority_;  // by thread
  std::uint64_t clock_priority_ = 0;
  std::uint64_t yielded_ = 0;  // the lowest priority given for a yield
};

}  // namespace heddle::explorers
