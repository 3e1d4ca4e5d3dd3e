// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <heddle/sched/explorer.hpp>

namespace heddle::explorers {

// "dfs": every choice of every execution, without any reduction. Stateless search by prefix replay
// (Godefroid: VeriSoft): the stack holds the choices of the last execution; the next one repeats
// them up to the deepest choice that has a candidate left, takes that, and is boring from there on.
//
//   choices of two threads a, b with two operations each:   000 -> 001 -> 01 -> 100 -> 101 -> 11
//
// Memory is proportional to the number of choices in one execution.
class depth_first final : public sched::explorer {
 public:
  bool begin_execution() override;
  std::uint32_t choose(const sched::choice& where) override;
  void end_execution(const sched::outcome& result) override;
  [[nodiscard]] coverage claim() const override;
  [[nodiscard]] headway searched() const override;

  // That the body met other choices when the same prefix was repeated: nothing can be claimed.
  [[nodiscard]] std::string complaint() const override;

 private:
  struct node {
    std::uint32_t index;
    std::uint32_t count;
    std::uint64_t looks;  // what the choice looked like, to notice nondeterminism
  };
  std::vector<node> stack_;
  std::int64_t executions_ = 0;
  std::size_t depth_ = 0;
  std::size_t prefix_ = 0;     // the choices to repeat
  std::int64_t strange_ = -1;  // the first such choice
  bool started_ = false;
  bool running_ = false;
  bool exhausted_ = false;
};

}  // namespace heddle::explorers
