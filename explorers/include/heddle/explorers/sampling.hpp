// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <heddle/explorers/chance.hpp>
#include <heddle/explorers/prng.hpp>
#include <heddle/sched/explorer.hpp>

namespace heddle::explorers {

// What the random explorers with an idea of their own share. They differ in how they pick a thread;
// everything else is here:
//
// * Randomness of their own for each execution, from the seed and the number of the execution.
// * Which waiter a notify_one wakes, and the values of heddle::choose, are drawn uniformly: none of
//   the published algorithms speaks of them.
// * Of the stores that a load may read each is passed over with a chance of one half, from the
//   newest on; likewise for the place of a store in the modification order.
// * A fair end for long executions: after `unfair_choices` choices of a thread the uniform random
//   walk takes over, which starves nobody. A strict priority may keep a loop going for ever whose
//   end another thread would have to bring about.
class sampling : public sched::explorer {
 public:
  static constexpr std::uint32_t unfair_choices = 10'000;

  bool begin_execution() final;
  std::uint32_t choose(const sched::choice& where) final;
  [[nodiscard]] coverage claim() const final { return coverage::sampled; }

 protected:
  explicit sampling(std::uint64_t seed) noexcept : seed_(seed), generator_(seed) {}

  // Before an execution.
  virtual void prepare() = 0;
  // The index of one of the `candidates` of `where`, a choice of a thread.
  using candidate_list = std::span<const sched::candidate>;
  virtual std::uint32_t pick(const sched::choice& where, candidate_list candidates) = 0;

  [[nodiscard]] prng& generator() noexcept { return generator_; }
  // Choices of a thread in this execution so far, the current one included.
  [[nodiscard]] std::uint32_t choices() const noexcept { return choices_; }
  // Of the choices drawn here; one that knows the chance of its pick adds it.
  [[nodiscard]] chance& so_far() noexcept { return chance_; }
  [[nodiscard]] const chance& so_far() const noexcept { return chance_; }

 private:
  std::uint32_t draw_store(const sched::choice& where) noexcept;
  std::uint32_t draw_uniformly(const sched::choice& where) noexcept;
  void list_candidates(const sched::choice& where);

  std::uint64_t seed_;
  std::uint64_t execution_ = 0;
  std::uint32_t choices_ = 0;
  prng generator_;
  chance chance_;
  std::vector<sched::candidate> candidates_;
};

}  // namespace heddle::explorers
