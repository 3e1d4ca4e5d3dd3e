// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>

#include <heddle/explorers/depth_first.hpp>
#include <heddle/explorers/dpor.hpp>
#include <heddle/explorers/random_walk.hpp>

namespace heddle::explorers {

// "auto": partial-order reduction for a fifth of the budget, in case it finishes, and depth-first
// search for what is left of that fifth where reduction may have missed something (see dpor); then
// the random walk. Without any budget, the searches alone.
class automatic final : public sched::explorer {
 public:
  automatic(std::uint64_t seed, std::int64_t executions, std::chrono::nanoseconds time) noexcept;
  bool begin_execution() override;
  [[nodiscard]] needs wants() const override { return current().wants(); }
  std::uint32_t choose(const sched::choice& where) override { return current().choose(where); }
  bool permits(const sched::execution_state& state, sched::thread_id next) override {
    return current().permits(state, next);
  }
  void step(const sched::event& done, const sched::operation& next) override {
    current().step(done, next);
  }
  void ordered(sched::thread_id earlier, sched::thread_id later) override {
    current().ordered(earlier, later);
  }
  void end_execution(const sched::outcome& result) override { current().end_execution(result); }
  [[nodiscard]] coverage claim() const override { return current().claim(); }
  [[nodiscard]] std::string complaint() const override { return current().complaint(); }

 private:
  enum class phase : std::uint8_t { reducing, searching, walking };
  [[nodiscard]] const sched::explorer& current() const noexcept;
  [[nodiscard]] sched::explorer& current() noexcept;

  dpor reduction_{dpor::mode::optimal};
  depth_first search_;
  random_walk walk_;
  std::int64_t searches_;  // executions left for the search; negative: no limit
  std::chrono::nanoseconds search_time_;
  std::chrono::steady_clock::time_point started_;
  phase now_ = phase::reducing;
};

}  // namespace heddle::explorers
