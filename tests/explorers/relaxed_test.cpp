// SPDX-License-Identifier: MIT
// A relaxed replay follows its schedule as far as it can, and says how far. Hooks for a debugger.
#include "relaxed.hpp"

#include <gtest/gtest.h>

#include "heddle/explorers/stepping.hpp"
#include "heddle/sched/schedule.hpp"
#include "quiet_options.hpp"
#include "scratch_directory.hpp"

namespace {

// One deposit is lost; `more` operations have been added to the program since.
void deposits(int more, int expected) {
  heddle::atomic<int> balance{0};
  heddle::atomic<int> log{0};
  const auto deposit = [&] {
    for (int i = 0; i < more; ++i) log.fetch_add(1);
    const int seen = balance.load();
    balance.store(seen + 1);
  };
  heddle::thread one(deposit);
  heddle::thread two(deposit);
  one.join();
  two.join();
  heddle::check(balance.load() == expected, "a deposit is missing");
}

heddle::options loose() {
  heddle::options how = quiet("dfs");
  how.relaxed = true;
  how.diagnose = false;
  return how;
}

TEST(RelaxedReplay, OfTheSameProgramFollowsAllOfIt) {
  const heddle::report found = heddle::explore(quiet("dfs"), [] { deposits(0, 2); });
  ASSERT_TRUE(found.failure);
  const heddle::report again = heddle::replay(
      found.failure->schedule, [] { deposits(0, 2); }, loose());
  ASSERT_TRUE(again.failure);
  EXPECT_NE(again.followed.find("following 3 of 3"), std::string::npos) << again.followed;
  EXPECT_NE(again.text().find("following 3 of 3"), std::string::npos) << again.text();
}

TEST(RelaxedReplay, OfAChangedProgramSaysHowFarItCame) {
  const scratch_directory directory;
  heddle::options how = quiet("dfs");
  how.out = directory / "out";
  const heddle::report found = heddle::explore(how, [] { deposits(0, 2); });
  ASSERT_TRUE(found.failure);
  const auto changed = [] { deposits(1, 2); };
  heddle::options strict = loose();
  strict.relaxed = false;
  EXPECT_NE(heddle::replay(found.failure->file, changed, strict).text().find("does not fit"),
            std::string::npos);
  const heddle::report again = heddle::replay(found.failure->file, changed, loose());
  EXPECT_NE(again.followed.find("the first that did not fit was choice"), std::string::npos)
      << again.followed;
  EXPECT_EQ(again.text().find("does not fit"), std::string::npos) << again.text();
}

TEST(RelaxedReplay, ByFileResynchronisesWhereTheWordsFit) {
  const scratch_directory directory;
  heddle::options how = quiet("dfs");
  how.out = directory / "out";
  const heddle::report found = heddle::explore(how, [] { deposits(0, 2); });
  ASSERT_TRUE(found.failure);
  const heddle::report again = heddle::replay(
      found.failure->file, [] { deposits(1, 2); }, loose());
  ASSERT_TRUE(again.failure) << again.text();  // the preemption between load and store is there
  EXPECT_NE(again.failure->message.find("a deposit is missing"), std::string::npos);
}

TEST(RelaxedReplay, OfAnyTokenNeverFailsToEnd) {
  heddle::sched::schedule odd;
  odd.test = heddle::sched::hash_name("Suite.Name");
  odd.indices = {7, 0, 9, 1, 1, 1, 1, 1, 1, 1};
  const heddle::report again = heddle::replay(
      odd.token(), [] { deposits(2, 0); }, loose());
  EXPECT_FALSE(again.followed.empty());
}

// A debugger would stop in these; so do they exist as functions, and can they be called.
TEST(Stepping, HasItsHooks) {
  heddle_before_final_run();
  heddle_step(1, 2, "lock", "a.cpp", 3);
}

}  // namespace
