// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <heddle/heddle.hpp>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace counting {

// Wraps an explorer and hashes the class of each execution that is not redundant: what each thread
// did, and in which order the operations on each object came, where reads between two writes
// commute, and so do failed try_locks. Shares nothing with the library's own dependence.
class class_recorder final : public heddle::sched::explorer {
 public:
  explicit class_recorder(heddle::sched::explorer& inner) : inner_(inner) {}

  [[nodiscard]] const std::unordered_set<std::uint64_t>& classes() const { return classes_; }
  [[nodiscard]] std::int64_t duplicates() const { return duplicates_; }
  // Of the execution that has ended last.
  [[nodiscard]] std::uint64_t latest() const { return latest_; }
  // Of the complete executions among them.
  [[nodiscard]] std::int64_t complete() const {
    return static_cast<std::int64_t>(complete_.size());
  }

  [[nodiscard]] needs wants() const override {
    needs all = inner_.wants();
    inner_permits_ = all.permits;
    inner_steps_ = all.steps;
    all.permits = all.steps = true;
    return all;
  }
  bool begin_execution() override;
  std::uint32_t choose(const heddle::sched::choice& where) override;
  bool permits(const heddle::sched::execution_state& state, heddle::sched::thread_id next) override;
  void step(const heddle::sched::event& done, const heddle::sched::operation& next) override;
  void ordered(heddle::sched::thread_id earlier, heddle::sched::thread_id later) override {
    inner_.ordered(earlier, later);
  }
  void end_execution(const heddle::sched::outcome& result) override;
  [[nodiscard]] heddle::coverage claim() const override { return inner_.claim(); }
  [[nodiscard]] lot drawn() const override { return inner_.drawn(); }
  [[nodiscard]] std::vector<std::string> assumptions() const override {
    return inner_.assumptions();
  }

 private:
  struct object_order {
    std::uint64_t sum = 0;    // of what is in order
    std::uint64_t reads = 0;  // since the last write: a set
  };
  void learn(const heddle::sched::execution_state& state);
  void touch(heddle::sched::stable_key object, bool reads, std::uint64_t who);

  heddle::sched::explorer& inner_;
  mutable bool inner_permits_ = false;
  mutable bool inner_steps_ = false;
  std::unordered_set<std::uint64_t> classes_;
  std::unordered_set<std::uint64_t> complete_;
  std::int64_t duplicates_ = 0;
  std::uint64_t latest_ = 0;

  std::vector<heddle::sched::stable_key> keys_;  // by thread id
  std::vector<std::uint64_t> counts_;            // visible operations, by thread id
  std::vector<std::uint64_t> picks_;             // numbers chosen, by thread id
  std::unordered_map<heddle::sched::stable_key, object_order> objects_;
};

}  // namespace counting
