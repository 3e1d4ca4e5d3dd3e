// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/sched/operation.hpp>

// Two pure functions of operation values. They are the one place where a reduction can lose
// executions, so they err towards "dependent", and tests/sched/diamond_test.cpp runs every pair
// called independent in both orders from random reachable states.
namespace heddle::sched {

// May the order of `a` and `b`, of different threads, matter to anyone? A pending operation counts
// as the worst of its outcomes. Independent operations commute and neither disables the other.
// With weak memory (operation::by_choice) operations on one atomic are dependent where one may read
// what the other stores. Then only the store can come first to be read: a load that comes later may
// still read what was there before, and where a store goes does not depend on when it comes.
[[nodiscard]] bool dependent(const operation& a, const operation& b) noexcept;

// What an operation on an atomic may do there; a compare-exchange that is pending, both.
[[nodiscard]] bool reads_atomic(const operation& op) noexcept;
[[nodiscard]] bool writes_atomic(const operation& op) noexcept;

// Can there be a state in which both are enabled? If not, a dependence between them is only an
// order that happened, never a race whose reversal is worth a try (an unlock and the lock that had
// to wait for it).
[[nodiscard]] bool may_be_coenabled(const operation& a, const operation& b) noexcept;

}  // namespace heddle::sched
