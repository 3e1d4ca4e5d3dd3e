// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/explorers/chance.hpp>
#include <heddle/explorers/prng.hpp>
#include <heddle/sched/explorer.hpp>

namespace heddle::explorers {

// "random": every candidate of every choice with the same chance. Execution i of a seed is the same
// whatever was run before it, in every process and with every standard library.
class random_walk final : public sched::explorer {
 public:
  explicit random_walk(std::uint64_t seed) noexcept : seed_(seed), generator_(seed) {}
  bool begin_execution() override {
    generator_ = prng(sched::mix(seed_, ++execution_));
    chance_ = {};
    return true;
  }
  std::uint32_t choose(const sched::choice& where) override {
    chance_.one_of(where.count);
    return generator_.below(where.count);
  }
  [[nodiscard]] coverage claim() const override { return coverage::sampled; }
  [[nodiscard]] lot drawn() const override { return {"random", chance_.log()}; }

 private:
  std::uint64_t seed_;
  std::uint64_t execution_ = 0;
  prng generator_;
  chance chance_;
};

}  // namespace heddle::explorers
