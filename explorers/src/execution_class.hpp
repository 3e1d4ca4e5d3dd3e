// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "heddle/sched/event.hpp"

namespace heddle::explorers {

// A hash of the class of an execution: the events and the order of those that depend on each other
// (see sched/dependence.hpp). Executions that differ only in the order of independent operations
// have the same; others differ, but for one chance in 2^64. To be told of every event, in any
// execution it costs one look-up in a table for each object of the event.
//
// Each event gets a hash of its thread, its number there, and the hashes of the earlier events that
// it depends on. On one object there are these roles: what depends on everything; two sets whose
// members commute among themselves (of the second one, signals do not) but not with the other
// set's; and what depends on the first only.
//
// What operations on atomics with weak memory have to do with each other is left out: add
// outcome.graph.
class execution_class {
 public:
  void begin() noexcept;
  // As explorer::ordered: the first that is heard of a thread is its creation.
  void ordered(sched::thread_id earlier, sched::thread_id later);
  void step(const sched::event& done);
  // heddle::choose returned `value` in the thread.
  void chose(sched::thread_id thread, std::uint32_t value);
  [[nodiscard]] std::uint64_t value() const noexcept { return sum_; }

 private:
  enum class role : std::uint8_t { ordered, reads, adds, signals, apart };
  struct slot {
    sched::stable_key key = 0;
    std::uint32_t number = 0;  // of the execution it belongs to
    std::uint64_t last = 0;    // of the last `ordered` event, and all before it
    std::uint64_t reads = 0;   // the sums since then
    std::uint64_t adds = 0;
    std::uint64_t apart = 0;
  };
  struct touched {
    std::size_t slot;
    role as;
  };
  struct thread {
    std::uint64_t key;
    std::uint32_t children = 0;
    std::uint32_t events = 0;
    std::uint32_t choices = 0;
  };
  static role role_of(const sched::operation& op) noexcept;
  void touch(sched::stable_key object, role as);
  [[nodiscard]] std::size_t find(sched::stable_key object);
  void grow();

  std::vector<slot> slots_ = std::vector<slot>(64);
  std::size_t used_ = 0;
  std::uint32_t number_ = 0;
  std::vector<thread> threads_;
  std::vector<touched> now_;  // what the event at hand touches
  std::uint64_t sum_ = 0;
};

}  // namespace heddle::explorers
