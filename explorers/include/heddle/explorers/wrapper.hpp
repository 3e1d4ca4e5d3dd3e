// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/sched/explorer.hpp>

namespace heddle::explorers {

// An explorer around another one: passes everything on. Derive from it to watch, check or change
// what an explorer does, whichever it is; override what you care about and call the base. Wrappers
// go around wrappers. Who wants to hear more than the inner one says so in wants(); the inner one
// then hears it, too, which must not harm it. Between executions the inner explorer may be
// exchanged for another.
class wrapper : public sched::explorer {
 public:
  explicit wrapper(sched::explorer& inner) noexcept : inner_(&inner) {}
  [[nodiscard]] needs wants() const override { return inner_->wants(); }
  bool begin_execution() override { return inner_->begin_execution(); }
  std::uint32_t choose(const sched::choice& where) override { return inner_->choose(where); }
  bool permits(const sched::execution_state& state, sched::thread_id next) override {
    return inner_->permits(state, next);
  }
  void step(const sched::event& done, const sched::operation& next) override {
    inner_->step(done, next);
  }
  void ordered(sched::thread_id earlier, sched::thread_id later) override {
    inner_->ordered(earlier, later);
  }
  void end_execution(const sched::outcome& result) override { inner_->end_execution(result); }
  [[nodiscard]] coverage claim() const override { return inner_->claim(); }
  [[nodiscard]] std::vector<std::string> assumptions() const override {
    return inner_->assumptions();
  }
  [[nodiscard]] lot drawn() const override { return inner_->drawn(); }
  [[nodiscard]] headway searched() const override { return inner_->searched(); }
  [[nodiscard]] std::string complaint() const override { return inner_->complaint(); }

 protected:
  wrapper() noexcept = default;  // around nothing yet: rebind() before anything else
  void rebind(sched::explorer& inner) noexcept { inner_ = &inner; }
  [[nodiscard]] sched::explorer& inner() const noexcept { return *inner_; }

 private:
  sched::explorer* inner_ = nullptr;
};

}  // namespace heddle::explorers
