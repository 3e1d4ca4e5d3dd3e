// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <vector>

#include "class_table.hpp"
#include "estimates.hpp"
#include "execution_class.hpp"
#include "heddle/explorers/wrapper.hpp"

namespace heddle::explorers {

// Around any explorer: what its executions are like, and of which class each one is, those left out
// that it gives up. Needs every step.
class counting final : public wrapper {
 public:
  using wrapper::wrapper;

  [[nodiscard]] needs wants() const override;
  bool begin_execution() override;
  std::uint32_t choose(const sched::choice& where) override;
  void step(const sched::event& done, const sched::operation& next) override;
  void ordered(sched::thread_id earlier, sched::thread_id later) override;
  void end_execution(const sched::outcome& result) override;

  [[nodiscard]] std::uint64_t distinct() const noexcept { return table_.distinct(); }
  // After so many executions in that time.
  [[nodiscard]] statistics collect(std::int64_t executions, std::chrono::nanoseconds elapsed) const;

 private:
  struct arm {
    std::string_view name;
    tree_size size;
  };
  std::uint32_t arm_of(std::string_view name);

  mutable needs inner_wants_;
  execution_class class_;
  class_table table_;
  std::vector<arm> arms_;
  std::uint32_t preemptions_ = 0;  // of the running execution
  std::uint32_t choices_ = 0;
  std::vector<std::uint64_t> with_preemptions_;
  std::array<std::uint64_t, 33> with_choices_{};
  std::uint32_t most_choices_ = 0;
};

}  // namespace heddle::explorers
