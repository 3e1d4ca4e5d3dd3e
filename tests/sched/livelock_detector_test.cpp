// SPDX-License-Identifier: MIT
//
// The detector by itself: fed with events, no engine.
#include <gtest/gtest.h>

#include <vector>

#include "livelock_detector.hpp"

namespace {

using heddle::sched::event;
using heddle::sched::livelock_detector;
using item = livelock_detector::item;

event of(heddle::sched::thread_id thread, std::uint64_t value) {
  event made;
  made.thread = thread;
  made.value = value;
  made.op.kind = heddle::sched::op_kind::load;
  made.op.object = 7;
  return made;
}

const auto always_fair = [](const std::vector<item>&) { return true; };
const auto never_fair = [](const std::vector<item>&) { return false; };

void add(livelock_detector& to, const std::vector<std::uint64_t>& values) {
  for (const std::uint64_t value : values) to.add(of(0, value));
}

TEST(LivelockDetector, FindsNothingInNothing) {
  livelock_detector detector;
  EXPECT_FALSE(detector.find_round(always_fair));
  add(detector, {1});
  EXPECT_FALSE(detector.find_round(always_fair));
}

TEST(LivelockDetector, FindsARoundThatHappenedTwice) {
  livelock_detector detector;
  add(detector, {9, 8, 1, 2, 3, 1, 2});
  EXPECT_FALSE(detector.find_round(always_fair));
  add(detector, {3});
  ASSERT_TRUE(detector.find_round(always_fair));
  EXPECT_TRUE(detector.pumping());
}

TEST(LivelockDetector, TellsThreadsKindsObjectsResultsAndValuesApart) {
  const auto twice = [](const event& first, const event& second) {
    livelock_detector detector;
    detector.add(first);
    detector.add(second);
    return detector.find_round(always_fair);
  };
  const event one = of(0, 1);
  EXPECT_TRUE(twice(one, one));
  event other = one;
  other.thread = 1;
  EXPECT_FALSE(twice(one, other));
  other = one;
  other.op.kind = heddle::sched::op_kind::yield;
  EXPECT_FALSE(twice(one, other));
  other = one;
  other.op.object = 8;
  EXPECT_FALSE(twice(one, other));
  other = one;
  other.op.result = heddle::sched::resolution::failed;
  EXPECT_FALSE(twice(one, other));
  other = one;
  other.value = 2;
  EXPECT_FALSE(twice(one, other));
}

TEST(LivelockDetector, AsksWhetherTheRoundIsFair) {
  livelock_detector detector;
  add(detector, {1, 1, 1, 1});
  EXPECT_FALSE(detector.find_round(never_fair));
  EXPECT_FALSE(detector.pumping());
  std::vector<std::size_t> periods;
  EXPECT_FALSE(detector.find_round([&](const std::vector<item>& round) {
    periods.push_back(round.size());
    return false;
  }));
  EXPECT_EQ(periods, (std::vector<std::size_t>{1, 2}));
}

TEST(LivelockDetector, CountsTheRoundsAndKeepsTheFirst) {
  livelock_detector detector;
  detector.add(of(3, 1));
  detector.add(of(4, 2));
  detector.add(of(3, 1));
  detector.add(of(4, 2));
  ASSERT_TRUE(detector.find_round(always_fair));
  for (std::uint32_t round = 0; round < 5; ++round) {
    EXPECT_EQ(detector.rounds(), round);
    EXPECT_EQ(detector.expected_thread(), 3U);
    detector.add(of(3, 1));
    EXPECT_EQ(detector.expected_thread(), 4U);
    detector.add(of(4, 2));
  }
  ASSERT_EQ(detector.round().size(), 2U);
  EXPECT_EQ(detector.round()[0].thread, 3U);
  EXPECT_EQ(detector.round()[1].thread, 4U);
  EXPECT_TRUE(detector.takes_part(3));
  EXPECT_FALSE(detector.takes_part(5));
}

TEST(LivelockDetector, GivesUpAtTheFirstDifferenceAndWaitsTwiceAsLong) {
  livelock_detector detector;
  add(detector, {1, 1});
  ASSERT_TRUE(detector.find_round(always_fair));
  add(detector, {1, 1, 2});  // five events so far: no further attempt before the tenth
  EXPECT_FALSE(detector.pumping());
  add(detector, {3, 3, 3, 3});
  EXPECT_FALSE(detector.find_round(always_fair));
  add(detector, {3});
  EXPECT_TRUE(detector.find_round(always_fair));
}

TEST(LivelockDetector, RemembersNothingAcrossAReset) {
  livelock_detector detector;
  add(detector, {1});
  detector.reset();
  add(detector, {1});
  EXPECT_FALSE(detector.find_round(always_fair));
}

// The history is a ring: a long prefix must neither hide a round nor make one up.
TEST(LivelockDetector, FindsALongRoundAfterALongPrefix) {
  livelock_detector detector;
  for (std::uint64_t i = 0; i < 5'000; ++i) detector.add(of(0, 1'000'000 + i));
  EXPECT_FALSE(detector.find_round(always_fair));
  for (int round = 0; round < 2; ++round) {
    for (std::uint64_t i = 0; i < 500; ++i) detector.add(of(0, i));
  }
  EXPECT_TRUE(detector.find_round(always_fair));
}

}  // namespace
