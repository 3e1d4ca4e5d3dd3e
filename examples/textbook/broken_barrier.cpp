// SPDX-License-Identifier: MIT
// A barrier broken by a timeout: one party gives up, and everybody at the barrier gets an error,
// the late ones too. Cured by waiting without a limit; or by taking the error for an answer and
// resetting the barrier.
#include <heddle/gtest.hpp>
#include <heddle/threading.hpp>

namespace {

using namespace heddle::threading;
using namespace std::chrono_literals;

HEDDLE_TEST(LatePartyBug, BreaksTheBarrier) {
  barrier meeting(2);
  thread hasty({.name = "hasty"}, [&] { meeting.wait_for(1s); });
  thread late({.name = "late"}, [&] {
    sleep(2s);
    meeting.wait();
  });
  hasty.start();
  late.start();
  hasty.join();
  late.join();
}

HEDDLE_TEST(LateParty, IsWaitedFor) {
  barrier meeting(2);
  thread hasty({.name = "hasty"}, [&] { meeting.wait(); });
  thread late({.name = "late"}, [&] {
    sleep(2s);
    meeting.wait();
  });
  hasty.start();
  late.start();
  hasty.join();
  late.join();
  EXPECT_FALSE(meeting.broken());
}

HEDDLE_TEST(LateParty, IsTheirAnswer) {
  barrier meeting(2);
  counter told;
  thread late({.name = "late"}, [&] {
    try {
      meeting.wait();
    } catch (const broken_barrier_error&) {
      told.increment();
    }
  });
  late.start();
  meeting.abort();
  late.join();
  EXPECT_EQ(told.value(), 1);
  EXPECT_TRUE(meeting.broken());
  meeting.reset();
  EXPECT_FALSE(meeting.broken());
}

}  // namespace
