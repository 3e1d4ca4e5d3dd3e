// SPDX-License-Identifier: MIT
#pragma once

#include <unordered_map>
#include <vector>

#include "deviations.hpp"
#include "heddle/sched/trace.hpp"

namespace heddle::explorers {

// A thread that is not let beyond a point: once it has performed `at` steps it waits until thread
// `until` has performed `steps`, or has ended.
struct hold {
  sched::stable_key thread = 0;
  std::uint32_t at = 0;
  sched::stable_key until = 0;
  std::uint32_t steps = 0;
};

// Whom a notify is to wake instead.
struct waking {
  sched::stable_key notifier = 0;
  std::uint32_t at = 0;  // the notify is its step after that many
  sched::stable_key waiter = 0;
};

// A compare-exchange that is to fail although the value is the one expected.
struct refusal {
  sched::stable_key thread = 0;
  std::uint32_t at = 0;  // it is its step after that many
};

// What an execution is to be like, other than the recorded one.
struct otherwise {
  std::vector<hold> holds = {};
  std::vector<waking> wakes = {};
  std::vector<refusal> refusals = {};
};

// A recorded execution again, with one thing about it changed: follows the order of its steps as
// far as it can, but heeds holds. Where it has nothing to follow, it is boring.
class reordering final : public measuring {
 public:
  // `data`: the choices of the recorded execution that were not about threads.
  reordering(const sched::trace& recorded, const std::vector<deviation>& data, otherwise changed);
  [[nodiscard]] needs wants() const override {
    return {.permits = true, .refusals = !changed_.refusals.empty()};
  }
  bool begin_execution() override;
  bool permits(const sched::execution_state& state, sched::thread_id next) override;
  bool refuses(const sched::execution_state& state, sched::thread_id acting) override;

 protected:
  std::uint32_t pick(const sched::choice& where) override;

 private:
  [[nodiscard]] bool held(const sched::execution_state& state, const sched::thread_view& at) const;
  [[nodiscard]] std::size_t rank(const sched::thread_view& at) const;

  std::unordered_map<std::uint64_t, std::size_t> ranks_;  // of (thread, its how-manieth step)
  std::unordered_map<std::uint64_t, deviation> data_;
  std::unordered_map<std::uint64_t, std::uint32_t> counts_;
  otherwise changed_;
  std::vector<sched::stable_key> hurried_;  // threads that timed out early
};

}  // namespace heddle::explorers
