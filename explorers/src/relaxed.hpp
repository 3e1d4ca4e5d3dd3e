// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "heddle/sched/explorer.hpp"

namespace heddle::explorers {

// Follows a schedule as far as it fits, for code that has changed since: a choice that looks like a
// recorded one in words (schedule files have them) takes what was taken there; with the token
// alone, the choices are followed by number. Elsewhere it is boring.
class relaxed final : public sched::explorer {
 public:
  relaxed(std::vector<std::uint32_t> indices, std::vector<std::string> words)
      : indices_(std::move(indices)), words_(std::move(words)) {}
  bool begin_execution() override { return true; }
  std::uint32_t choose(const sched::choice& where) override;
  [[nodiscard]] coverage claim() const override { return coverage::sampled; }

  // "following 17 of 20 recorded choices; the first that did not fit was choice 5, T1 lock at ..."
  [[nodiscard]] std::string how_far() const;

 private:
  std::uint32_t missed(const sched::choice& where);

  std::vector<std::uint32_t> indices_;
  std::vector<std::string> words_;
  std::size_t position_ = 0;  // in the schedule
  std::size_t choices_ = 0;   // made
  std::size_t followed_ = 0;
  std::string first_missed_;
};

}  // namespace heddle::explorers
