// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "heddle/explorers/replaying.hpp"
#include "heddle/explorers/wrapper.hpp"

namespace heddle::explorers {

// Wraps another explorer and records its choices: indices, marks, and each choice in words. Lets a
// debugger stop before each step (heddle/explorers/stepping.hpp).
class recording final : public wrapper {
 public:
  using wrapper::wrapper;
  [[nodiscard]] needs wants() const override {
    needs all = wrapper::wants();
    all.permits = true;
    return all;
  }
  bool permits(const sched::execution_state& state, sched::thread_id next) override {
    stepping(state, next);
    return wrapper::permits(state, next);
  }
  std::uint32_t choose(const sched::choice& where) override;

  // Fills in the indices and marks.
  void finish(sched::schedule& into) const;
  [[nodiscard]] const std::vector<std::string>& words() const noexcept { return words_; }
  [[nodiscard]] std::uint32_t preemptions() const noexcept { return preemptions_; }

 private:
  static void stepping(const sched::execution_state& state, sched::thread_id next);

  std::vector<std::uint32_t> indices_;
  std::string marks_;  // one per choice
  std::vector<std::string> words_;
  std::uint64_t sum_ = 0;
  std::uint32_t preemptions_ = 0;
};

}  // namespace heddle::explorers
