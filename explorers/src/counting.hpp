// SPDX-License-Identifier: MIT
#pragma once

#include <unordered_set>

#include "execution_class.hpp"
#include "heddle/explorers/wrapper.hpp"

namespace heddle::explorers {

// Counts the classes of executions that an explorer goes through, those that it gives up left out.
class counting final : public wrapper {
 public:
  explicit counting(sched::explorer& inner) noexcept : wrapper(inner) {}

  [[nodiscard]] needs wants() const override {
    inner_ = wrapper::wants();
    return {.permits = inner_.permits, .steps = true, .order = true};
  }
  bool begin_execution() override {
    class_.begin();
    return wrapper::begin_execution();
  }
  std::uint32_t choose(const sched::choice& where) override {
    const std::uint32_t index = wrapper::choose(where);
    if (where.kind == sched::choice_kind::value) class_.chose(where.acting, index);
    return index;
  }
  void step(const sched::event& done, const sched::operation& next) override {
    class_.step(done);
    if (inner_.steps) wrapper::step(done, next);
  }
  void ordered(sched::thread_id earlier, sched::thread_id later) override {
    class_.ordered(earlier, later);
    if (inner_.order) wrapper::ordered(earlier, later);
  }
  void end_execution(const sched::outcome& result) override {
    if (result.renamed) seen_.clear();  // by names that things do not have any more
    if (result.result != sched::verdict::redundant) seen_.insert(class_.value());
    wrapper::end_execution(result);
  }
  [[nodiscard]] std::uint64_t distinct() const noexcept { return seen_.size(); }

 private:
  mutable needs inner_;
  execution_class class_;
  std::unordered_set<std::uint64_t> seen_;
};

}  // namespace heddle::explorers
