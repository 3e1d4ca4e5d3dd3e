// SPDX-License-Identifier: MIT
// A fixture that counts what is called. The TESTs at the end look at the counts.
#include <heddle/gtest.hpp>

namespace {

struct counts {
  int suite_set_up = 0, suite_torn_down = 0;
  int constructed = 0, set_up = 0, bodies = 0, torn_down = 0, destroyed = 0;
} seen;

class Counting : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { ++seen.suite_set_up; }
  static void TearDownTestSuite() { ++seen.suite_torn_down; }
  Counting() { ++seen.constructed; }
  ~Counting() override { ++seen.destroyed; }
  void SetUp() override { ++seen.set_up; }
  void TearDown() override { ++seen.torn_down; }

  heddle::mutex guard_;
  heddle::atomic<int> value_{40};
  int fresh_ = 0;
};

HEDDLE_TEST_F(Counting, RunsAnewInEachExecution, {.explorer = "dfs"}) {
  ++seen.bodies;
  EXPECT_EQ(fresh_++, 0) << "a member of an earlier execution";
  EXPECT_EQ(value_.load(), 40);
  const auto work = [this] {
    heddle::lock_guard lock(guard_);
    value_.fetch_add(1);
  };
  heddle::thread one(work);
  heddle::thread two(work);
  one.join();
  two.join();
  EXPECT_EQ(value_.load(), 42);
}

HEDDLE_TEST_F(Counting, SharesItsSuite) { ++seen.bodies; }
TEST_F(Counting, MixesWithPlainTests) { EXPECT_EQ(value_.load(), 40); }

TEST(Counts, AreOnePerExecution) {
  EXPECT_GT(seen.bodies, 2);
  // The plain TEST_F is one more.
  EXPECT_EQ(seen.constructed, seen.bodies + 1);
  EXPECT_EQ(seen.set_up, seen.bodies + 1);
  EXPECT_EQ(seen.torn_down, seen.bodies + 1);
  EXPECT_EQ(seen.destroyed, seen.bodies + 1);
}
TEST(Counts, OfTheSuiteAreOne) {
  EXPECT_EQ(seen.suite_set_up, 1);
  EXPECT_EQ(seen.suite_torn_down, 1);
}

int bodies_after_failed_set_up = 0;
int tear_downs_after_failed_set_up = 0;

class FailsInSetUp : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(false) << "set-up failed"; }
  void TearDown() override { ++tear_downs_after_failed_set_up; }
};
HEDDLE_TEST_F(FailsInSetUp, NeverRunsItsBody) { ++bodies_after_failed_set_up; }
TEST(AfterFailsInSetUp, NoBodyRanButTearDownDid) {
  EXPECT_EQ(bodies_after_failed_set_up, 0);
  EXPECT_GT(tear_downs_after_failed_set_up, 0);
}

class FailsInTearDown : public ::testing::Test {
 protected:
  void TearDown() override { EXPECT_TRUE(false) << "tear-down failed"; }
};
HEDDLE_TEST_F(FailsInTearDown, FailsItsTest) {}

class LocksInConstructor : public ::testing::Test {
 protected:
  LocksInConstructor() { guard_.lock(); }
  ~LocksInConstructor() override { guard_.unlock(); }
  heddle::mutex guard_;
};
HEDDLE_TEST_F(LocksInConstructor, RunsInTheExecution) {
  EXPECT_EQ(heddle::this_thread_id(), heddle::this_thread::get_id());
}

int torn_down_after_failed_body = 0;
class BodyFails : public ::testing::Test {
 protected:
  void TearDown() override { ++torn_down_after_failed_body; }
};
HEDDLE_TEST_F(BodyFails, StillTearsDown) { ASSERT_TRUE(false) << "the body failed"; }
TEST(AfterBodyFails, TearDownRan) { EXPECT_GT(torn_down_after_failed_body, 0); }

int members = 0;
class SkipsInSetUp : public ::testing::Test {
 protected:
  void SetUp() override { GTEST_SKIP() << "skipped by set-up"; }
};
HEDDLE_TEST_F(SkipsInSetUp, NeverRunsItsBody) { ++members; }
TEST(AfterSkipsInSetUp, NoBodyRan) { EXPECT_EQ(members, 0); }

}  // namespace
