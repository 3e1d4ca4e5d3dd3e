// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

#include <heddle/sched/execution_state.hpp>
#include <heddle/sched/outcome.hpp>

namespace heddle::explorers {

// Some of the events of an execution: all, or those that compete for one of two objects. Of a mutex
// these are the operations that take it; the ones that free it have no choice.
struct event_subset {
  bool all = false;
  sched::stable_key first = 0;
  sched::stable_key second = 0;
  [[nodiscard]] bool contains(const sched::operation& op) const noexcept;
};

// What "urw" and "surw" know about a body: how many events each of its threads performs on each
// object, as the average of the first executions; and how many of a subset are still to come in the
// running one. What a thread has not created yet counts as its own. Threads and objects are told
// apart by their stable keys.
class event_counts {
 public:
  // So many executions are learned from; from then on nothing changes any more, and executions are
  // independent draws.
  static constexpr std::uint32_t learned_executions = 16;
  [[nodiscard]] bool learning() const noexcept { return executions_ < learned_executions; }

  // The objects that at least two threads compete for, with the number of events seen.
  using weighted_object = std::pair<sched::stable_key, std::uint64_t>;
  [[nodiscard]] const std::vector<weighted_object>& shared_objects() const noexcept {
    return shared_;
  }

  // A new execution, of which the events of `subset` are counted down.
  void begin_execution(const event_subset& subset);
  // A thread has been created: its share passes from its creator to it. In the order of their ids.
  void meet(const sched::thread_view& created);
  [[nodiscard]] std::uint32_t threads_met() const noexcept {
    return static_cast<std::uint32_t>(here_.size());
  }
  // Before every visible operation, of a thread that was met.
  void perform(sched::thread_id by, const sched::operation& op);
  void end_execution(const sched::outcome& result);

  // Events of the subset that the thread is still expected to perform.
  [[nodiscard]] std::uint32_t remaining(sched::thread_id of) const noexcept {
    return here_[of].remaining;
  }

 private:
  static constexpr std::uint32_t unknown = 0xffff'ffff;
  struct known_thread {
    std::uint32_t creator;         // its position, before this one; `unknown` for the body
    std::uint32_t executions = 0;  // in which it took part, of the learned ones
    std::uint32_t expected = 0;    // events of the subset, of it and of what it creates
  };
  struct thread_here {
    std::uint32_t known;  // its position, or `unknown`
    std::uint32_t remaining;
  };
  void expect(sched::stable_key object);

  std::uint32_t executions_ = 0;
  std::vector<known_thread> known_;
  std::unordered_map<sched::stable_key, std::uint32_t> positions_;  // in known_
  // How many events by (object, position of the thread); object 0 stands for all events.
  std::map<std::pair<sched::stable_key, std::uint32_t>, std::uint64_t> seen_;
  std::vector<weighted_object> shared_;
  event_subset subset_;
  std::vector<thread_here> here_;  // of the running execution, by id
};

}  // namespace heddle::explorers
