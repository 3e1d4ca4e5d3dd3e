// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/sched/operation.hpp>

// Two pure functions of operation values. They are the one place where a reduction can lose
// executions, so they err towards "dependent", and tests/sched/diamond_test.cpp runs every pair
// called independent in both orders from random reachable states.
namespace heddle::sched {

// May the order of `a` and `b`, of different threads, matter to anyone? A pending operation counts
// as the worst of its outcomes. Independent operations commute and neither disables the other.
[[nodiscard]] bool dependent(const operation& a, const operation& b) noexcept;

// Can there be a state in which both are enabled? If not, a dependence between them is only an
// order that happened, never a race whose reversal is worth a try (an unlock and the lock that had
// to wait for it).
[[nodiscard]] bool may_be_coenabled(const operation& a, const operation& b) noexcept;

}  // namespace heddle::sched
