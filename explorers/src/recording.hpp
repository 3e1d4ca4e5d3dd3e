// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "heddle/explorers/replaying.hpp"
#include "heddle/explorers/wrapper.hpp"

namespace heddle::explorers {

// Wraps another explorer and records its choices: indices, marks, and each choice in words.
class recording final : public wrapper {
 public:
  using wrapper::wrapper;
  std::uint32_t choose(const sched::choice& where) override;

  // Fills in the indices and marks.
  void finish(sched::schedule& into) const;
  [[nodiscard]] const std::vector<std::string>& words() const noexcept { return words_; }
  [[nodiscard]] std::uint32_t preemptions() const noexcept { return preemptions_; }

 private:
  std::vector<std::uint32_t> indices_;
  std::string marks_;  // one per choice
  std::vector<std::string> words_;
  std::uint64_t sum_ = 0;
  std::uint32_t preemptions_ = 0;
};

}  // namespace heddle::explorers
