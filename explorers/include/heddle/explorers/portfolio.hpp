// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <heddle/sched/explorer.hpp>

namespace heddle::explorers {

// Several explorers that take turns, execution by execution, each according to its share: who
// finds a bug in n executions on its own finds it here in n divided by its share, whatever the
// others do. Which explorer makes which execution is a matter of the number of the execution alone.
// One that has nothing left drops out.
class portfolio final : public sched::explorer {
 public:
  void add(std::unique_ptr<sched::explorer> arm, std::uint32_t share);

  [[nodiscard]] needs wants() const override { return now().wants(); }
  bool begin_execution() override;
  std::uint32_t choose(const sched::choice& where) override { return now().choose(where); }
  bool permits(const sched::execution_state& state, sched::thread_id next) override {
    return now().permits(state, next);
  }
  void step(const sched::event& done, const sched::operation& next) override {
    now().step(done, next);
  }
  void ordered(sched::thread_id earlier, sched::thread_id later) override {
    now().ordered(earlier, later);
  }
  void end_execution(const sched::outcome& result) override { now().end_execution(result); }
  [[nodiscard]] lot drawn() const override { return now().drawn(); }

  // Those of the explorer that claims most.
  [[nodiscard]] coverage claim() const override;
  [[nodiscard]] std::vector<std::string> assumptions() const override;
  [[nodiscard]] std::string complaint() const override;

 private:
  struct member {
    std::unique_ptr<sched::explorer> arm;
    std::int64_t share;
    std::int64_t due = 0;
    bool done = false;
  };
  [[nodiscard]] sched::explorer& now() const noexcept { return *members_[now_].arm; }
  [[nodiscard]] const sched::explorer& best() const;

  std::vector<member> members_;
  std::size_t now_ = 0;
};

// The random family in the shares that do well on published data: SURW finds most of what anyone
// finds, and each of the others something that it does not.
[[nodiscard]] std::unique_ptr<portfolio> random_family(std::uint64_t seed, std::uint32_t depth);

}  // namespace heddle::explorers
