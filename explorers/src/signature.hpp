// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "heddle/explorers/report.hpp"

namespace heddle::explorers {

// Threads that wait for each other, in order; empty where nobody does. A thread that waits on a
// condition variable waits for nobody in particular.
[[nodiscard]] std::vector<const sched::unfinished_thread*> cycle_of(
    const std::vector<sched::unfinished_thread>& unfinished);

// A limit may cut an execution short in which some threads are deadlocked and others go on. That is
// a deadlock all the same.
void judge(sched::outcome& of);

// What has to stay the same for a failure to count as the same one: its kind and its places. Which
// threads it strikes and what values they see may differ: threads that run the same code are
// interchangeable.
struct signature {
  failure_kind kind = failure_kind::failed_check;
  std::vector<std::string> places;  // sorted
  friend bool operator==(const signature&, const signature&) = default;
};
// Of an outcome with a failure.
[[nodiscard]] signature signature_of(const sched::outcome& of);

}  // namespace heddle::explorers
