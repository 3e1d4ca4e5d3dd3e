// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>

#include "heddle/explorers/depth_first.hpp"
#include "heddle/explorers/random_walk.hpp"
#include "heddle/explorers/round_robin.hpp"
#include "heddle/explorers/wrapper.hpp"

namespace heddle::explorers {

// Around any explorer, with races::explore: before that one begins, looks for plain objects on
// which threads race, so that it need not start over for them. An execution in which everything is
// as boring as can be, one in which threads take turns, then random ones until some in a row have
// found nothing new. What they claim, draw or complain about is nothing.
class race_search final : public wrapper {
 public:
  static constexpr std::int64_t in_vain = 3;  // executions in a row
  // At most so many executions.
  race_search(std::unique_ptr<sched::explorer> then, std::uint64_t seed, std::int64_t most);

  bool begin_execution() override;
  void end_execution(const sched::outcome& result) override;
  [[nodiscard]] lot drawn() const override { return searching_ ? lot() : then_->drawn(); }
  [[nodiscard]] headway searched() const override { return then_->searched(); }
  [[nodiscard]] coverage claim() const override { return then_->claim(); }
  [[nodiscard]] std::vector<std::string> assumptions() const override {
    return then_->assumptions();
  }
  [[nodiscard]] std::string complaint() const override { return then_->complaint(); }

 private:
  std::unique_ptr<sched::explorer> then_;
  depth_first first_;
  round_robin turns_;
  random_walk walk_;
  std::int64_t left_;
  std::int64_t executions_ = 0;
  std::int64_t in_vain_ = 0;
  bool searching_;
};

}  // namespace heddle::explorers
