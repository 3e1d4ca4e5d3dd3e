// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include <heddle/explorers/bounded.hpp>
#include <heddle/explorers/depth_first.hpp>
#include <heddle/explorers/dpor.hpp>
#include <heddle/explorers/portfolio.hpp>
#include <heddle/explorers/round_robin.hpp>
#include <heddle/explorers/wrapper.hpp>

namespace heddle::explorers {

// "auto": what finishes the search where it can be finished, and what finds bugs soon where it
// cannot.
//
//   1. one execution without preemptions, and one in which threads take turns at every point;
//   2. partial-order reduction, in case it finishes (see dpor);
//   3. depth-first search, where reduction finished but may have missed something;
//      up to here loads read the newest stores, which is sequential consistency; if that is all
//      there is, and some order was weaker than seq_cst, reduction with weak memory follows;
//   4. every class with at most 0, then 1 preemption (see bounded); where there are weak orders,
//   the
//      same with one read of another store than the newest; if that leaves something of the budget,
//      reduction goes on where it was;
//   5. the random family, each member in turn (see portfolio), every other execution with newest
//      stores only.
//
// All before the last takes at most a fifth of the budget; without any budget it is 1 to 3 alone. A
// search that has not finished soon probably will not: from then on every other execution is one of
// the last phase's, and these come on top of the fifth.
// What has very long executions goes on with 5 at once: to look for races in them takes too long.
// It starts over where an execution says so (see outcome::racy), with what is left of the budget.
class automatic final : public wrapper {
 public:
  struct budget {
    std::int64_t executions = 0;  // 0: no limit
    std::chrono::nanoseconds time{};
  };
  automatic(std::uint64_t seed, std::uint32_t depth, budget whole);
  bool begin_execution() override;
  void end_execution(const sched::outcome& result) override;
  [[nodiscard]] needs wants() const override;
  // Of the search that is to be exhaustive, also when it has been left.
  [[nodiscard]] headway searched() const override {
    headway far = reads_old(now_) && now_ != phase::sampling ? weak_reduction_->searched()
                  : reduction_->finished()                   ? search_->searched()
                                                             : reduction_->searched();
    far.left = now_ == phase::bounds || now_ == phase::weak_bounds || now_ == phase::sampling;
    return far;
  }
  // Of the phase that has come furthest; what was sampled afterwards takes nothing from it.
  [[nodiscard]] coverage claim() const override;
  [[nodiscard]] std::vector<std::string> assumptions() const override;
  [[nodiscard]] std::string complaint() const override { return explorer_of(now_).complaint(); }

 private:
  static constexpr std::int64_t soon = 200;                // executions
  static constexpr std::uint32_t longest_reduced = 5'000;  // visible operations
  enum class phase : std::uint8_t {
    profile,
    taking_turns,
    reducing,
    searching,
    weak_reducing,
    bounds,
    weak_bounds,
    resuming,
    sampling
  };
  [[nodiscard]] sched::explorer& explorer_of(phase which) const noexcept;
  [[nodiscard]] bool used_up(phase of) const;
  // Of those executions that are no samples among the searches.
  [[nodiscard]] std::int64_t searching() const noexcept { return executions_ - beside_; }
  [[nodiscard]] bool samples_beside() const;
  [[nodiscard]] phase after(phase done) const noexcept;
  [[nodiscard]] static bool reads_old(phase of) noexcept {
    return of == phase::weak_reducing || of == phase::weak_bounds || of == phase::sampling;
  }
  // Of executions whose loads read the newest stores.
  [[nodiscard]] coverage newest_claim() const;
  [[nodiscard]] bool complete() const;

  void start();

  std::uint64_t seed_;
  std::uint32_t depth_;
  std::unique_ptr<dpor> reduction_;
  std::unique_ptr<depth_first> search_;
  std::unique_ptr<bounded> bounds_;
  std::unique_ptr<round_robin> turns_;
  std::unique_ptr<dpor> weak_reduction_;
  std::unique_ptr<bounded> weak_bounds_;
  std::unique_ptr<portfolio> family_;
  budget whole_;
  std::chrono::steady_clock::time_point started_;
  std::int64_t executions_ = 0;
  std::int64_t before_ = 0;  // of these, before the last start
  std::int64_t beside_ = 0;  // of these, samples among the searches
  phase now_ = phase::profile;
  bool too_long_ = false;
  bool weak_ = false;  // loads might read other stores than the newest
};

}  // namespace heddle::explorers
