// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "heddle/explorers/replaying.hpp"

namespace heddle::explorers {

// Wraps another explorer and records its choices: indices, marks, and each choice in words.
class recording final : public sched::explorer {
 public:
  explicit recording(sched::explorer& inner) noexcept : inner_(inner) {}
  [[nodiscard]] needs wants() const override { return inner_.wants(); }
  bool begin_execution() override { return inner_.begin_execution(); }
  std::uint32_t choose(const sched::choice& where) override;
  bool permits(const sched::execution_state& state, sched::thread_id next) override {
    return inner_.permits(state, next);
  }
  void step(const sched::event& done, const sched::operation& next) override {
    inner_.step(done, next);
  }
  void ordered(sched::thread_id earlier, sched::thread_id later) override {
    inner_.ordered(earlier, later);
  }
  void end_execution(const sched::outcome& result) override { inner_.end_execution(result); }
  [[nodiscard]] coverage claim() const override { return inner_.claim(); }

  // Fills in the indices and marks.
  void finish(sched::schedule& into) const;
  [[nodiscard]] const std::vector<std::string>& words() const noexcept { return words_; }
  [[nodiscard]] std::uint32_t preemptions() const noexcept { return preemptions_; }

 private:
  sched::explorer& inner_;
  std::vector<std::uint32_t> indices_;
  std::string marks_;  // one per choice
  std::vector<std::string> words_;
  std::uint64_t sum_ = 0;
  std::uint32_t preemptions_ = 0;
};

}  // namespace heddle::explorers
