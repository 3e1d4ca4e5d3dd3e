// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "dpor/event_log.hpp"

namespace {

using heddle::explorers::por::event_log;

event_log::entry of(std::uint32_t thread, std::uint64_t value) {
  event_log::entry one;
  one.done.thread = thread;
  one.value = value;
  return one;
}

// Once 9; then the round (0: 1, 1: 2) over and over.
event_log rounds(int count) {
  event_log log;
  log.entries.push_back(of(0, 9));
  for (int i = 0; i < count; ++i) {
    log.entries.push_back(of(0, 1));
    log.entries.push_back(of(1, 2));
  }
  return log;
}

TEST(EventLog, KeepsTwoRoundsOfALivelock) {
  event_log log = rounds(1'000);
  log.edges = {{3, 0, 1}, {1'999, 0, 1}};
  log.keep_two_rounds(2);
  ASSERT_EQ(log.size(), 5u);
  EXPECT_EQ(log.entries[0].value, 9u);
  EXPECT_EQ(log.entries[4].value, 2u);
  ASSERT_EQ(log.edges.size(), 1u);
  EXPECT_EQ(log.edges[0].position, 3u);
}

TEST(EventLog, KeepsWhatDoesNotRepeatItself) {
  for (const int count : {0, 1, 2}) {
    event_log log = rounds(count);
    const std::size_t before = log.size();
    log.keep_two_rounds(2);
    EXPECT_EQ(log.size(), before);
  }
  event_log log = rounds(10);
  log.entries[18].value = 7;  // the last round but one differs
  log.keep_two_rounds(2);
  EXPECT_EQ(log.size(), 21u);
  log.keep_two_rounds(0);  // no livelock
  EXPECT_EQ(log.size(), 21u);
}

}  // namespace
