// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "heddle/explorers/minimisation.hpp"
#include "heddle/sched/explorer.hpp"

namespace heddle::explorers {

// Would taking candidate `index` be a preemption?
[[nodiscard]] bool preempts(const sched::choice& where, std::uint32_t index) noexcept;

// Base of the explorers that examine a failure: measures what it chooses, and gives an execution up
// that takes more than `longest` steps, for a simpler schedule takes no more.
class measuring : public sched::explorer {
 public:
  explicit measuring(std::uint32_t longest) noexcept : longest_(longest) {}
  [[nodiscard]] needs wants() const override { return {.permits = true}; }
  bool begin_execution() override;
  std::uint32_t choose(const sched::choice& where) final;
  bool permits(const sched::execution_state& state, sched::thread_id next) override;
  void end_execution(const sched::outcome& result) override;
  [[nodiscard]] coverage claim() const override { return coverage::sampled; }

  // Of the last execution.
  [[nodiscard]] const schedule_size& size() const noexcept { return size_; }
  [[nodiscard]] const std::vector<std::uint32_t>& indices() const noexcept { return indices_; }
  [[nodiscard]] bool gave_up() const noexcept { return gave_up_; }

 protected:
  virtual std::uint32_t pick(const sched::choice& where) = 0;
  bool give_up() noexcept {
    gave_up_ = true;
    return false;
  }

 private:
  std::uint32_t longest_;
  schedule_size size_;
  std::vector<std::uint32_t> indices_;
  bool gave_up_ = false;
};

}  // namespace heddle::explorers
