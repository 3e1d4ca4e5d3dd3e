// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <heddle/library/real.hpp>
#include <set>

#include "common/without_limits.hpp"

// Twins: one body, on the standard library and on Heddle. What real threads do is among what Heddle
// says can happen.
namespace twins {

// Everything that the standard allows to go wrong may go wrong once.
inline heddle::options everything() {
  heddle::options how = without_limits("Twins.Test");
  how.stop_at_first_failure = false;
  how.early_timeouts = 1;
  how.spurious = 1;
  how.weak_cas_failures = 1;
  how.try_lock_failures = 1;
  how.deferred_asyncs = 1;
  how.rereads = 1'000'000;
  return how;
}

// Body<Library>::run() returns something with <.
template <template <class> class Body>
auto explored(const heddle::options& how = everything()) {
  const auto found = heddle::outcomes(how, &Body<heddle::controlled>::run);
  EXPECT_EQ(found.report.coverage, heddle::coverage::exhaustive) << found.report.text();
  EXPECT_EQ(found.report.failed, 0) << found.report.text();
  EXPECT_EQ(found.report.deadlocked, 0) << found.report.text();
  return found.values();
}
template <template <class> class Body, class Result>
void expect_real_within(const std::set<Result>& possible, int runs = 400) {
  std::set<Result> seen;
  for (int i = 0; i < runs; ++i) seen.insert(Body<heddle::real>::run());
  for (const Result& each : seen) {
    EXPECT_TRUE(possible.contains(each))
        << testing::PrintToString(each) << " is not in " << testing::PrintToString(possible);
  }
}

// `expected`: all that can happen, worked out by hand.
template <template <class> class Body, class Result>
void agree(const std::set<Result>& expected) {
  const auto possible = explored<Body>();
  EXPECT_EQ(possible, expected);
  expect_real_within<Body>(possible);
}

// Runs `work(0)` .. on a thread each.
template <class L, class Work>
void in_threads(unsigned count, Work work) {
  std::vector<typename L::thread> threads;
  for (unsigned i = 0; i < count; ++i) threads.emplace_back([&work, i] { work(i); });
  for (auto& each : threads) each.join();
}

template <class L>
using guard = typename L::template lock_guard<typename L::mutex>;
template <class L>
using lock = typename L::template unique_lock<typename L::mutex>;

}  // namespace twins
