// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>

#include <heddle/explorers/depth_first.hpp>
#include <heddle/explorers/random_walk.hpp>

namespace heddle::explorers {

// "auto": depth-first search for a fifth of the budget, in case it finishes; then the random walk.
// Without any budget, depth-first search alone.
class automatic final : public sched::explorer {
 public:
  automatic(std::uint64_t seed, std::int64_t executions, std::chrono::nanoseconds time) noexcept;
  bool begin_execution() override;
  std::uint32_t choose(const sched::choice& where) override;
  void end_execution(const sched::outcome& result) override;
  [[nodiscard]] coverage claim() const override;
  [[nodiscard]] std::string complaint() const override { return search_.complaint(); }

 private:
  depth_first search_;
  random_walk walk_;
  std::int64_t searches_;  // executions left for the search; negative: no limit
  std::chrono::nanoseconds search_time_;
  std::chrono::steady_clock::time_point started_;
  bool walking_ = false;
};

}  // namespace heddle::explorers
