// SPDX-License-Identifier: MIT
// Matchers for heddle::outcomes.
#include <gtest/gtest.h>

#include <heddle/gtest.hpp>
#include <utility>

namespace {

using heddle::gtest::is_exhaustive;
using heddle::gtest::matches;
using heddle::gtest::outcomes_are;
using heddle::gtest::outcomes_exclude;
using heddle::gtest::outcomes_include;

heddle::options quiet(std::int64_t executions = 0) {
  heddle::options how;
  how.explorer = "dfs";
  how.executions = executions;
  how.environment = false;
  how.name = "store buffering";
  return how;
}

using pair = std::pair<int, int>;

pair store_buffering() {
  heddle::atomic<int> x{0};
  heddle::atomic<int> y{0};
  int first = 0;
  heddle::thread t([&] {
    x.store(1);
    first = y.load();
  });
  y.store(1);
  const int second = x.load();
  t.join();
  return {first, second};
}

void expect_explained(const ::testing::AssertionResult& result, const char* what) {
  EXPECT_FALSE(result) << what;
  EXPECT_NE(std::string(result.message()).find(what), std::string::npos)
      << "\"" << result.message() << "\" does not say: " << what;
}

TEST(OutcomeMatchers, MatchWhatThereIs) {
  const auto found = heddle::outcomes(quiet(), store_buffering);
  EXPECT_TRUE(matches(found, outcomes_are(pair(0, 1), pair(1, 0), pair(1, 1))));
  EXPECT_TRUE(matches(found, outcomes_include(pair(1, 1))));
  EXPECT_TRUE(matches(found, outcomes_exclude(pair(0, 0), pair(2, 2))));
  EXPECT_TRUE(matches(found, is_exhaustive()));
  EXPECT_TRUE(matches(found.report, is_exhaustive()));
}

TEST(OutcomeMatchers, NameWhatIsMissing) {
  const auto found = heddle::outcomes(quiet(), store_buffering);
  expect_explained(matches(found, outcomes_include(pair(0, 0), pair(1, 1))), "without (0, 0)");
  expect_explained(matches(found, outcomes_include(pair(0, 0))),
                   "has at least the outcomes (0, 0)");
  expect_explained(matches(found, outcomes_include(pair(0, 0))), "coverage exhaustive");
}

TEST(OutcomeMatchers, NameWhatShouldNotBeThereWithItsSchedule) {
  const auto found = heddle::outcomes(quiet(), store_buffering);
  const auto result = matches(found, outcomes_are(pair(0, 1), pair(1, 0)));
  expect_explained(result, "with (1, 1) (4 times; HEDDLE_REPLAY=hd1:");
  expect_explained(matches(found, outcomes_exclude(pair(1, 1))), "has none of the outcomes (1, 1)");
  // The schedule shows it.
  pair seen{0, 0};
  heddle::replay(
      found.results.at(pair(1, 1)).schedule, [&] { seen = store_buffering(); }, quiet());
  EXPECT_EQ(seen, pair(1, 1));
}

TEST(OutcomeMatchers, SayWhyTheSearchIsNotExhaustive) {
  const auto found = heddle::outcomes(quiet(2), store_buffering);
  expect_explained(matches(found, is_exhaustive()),
                   "coverage is sampled, ended by the budget of 2 executions");
}

// As GoogleMock uses them.
TEST(OutcomeMatchers, AreMatchersOfGoogleTest) {
  const auto found = heddle::outcomes(quiet(), [] { return heddle::choose(2); });
  const ::testing::Matcher<const heddle::outcome_set<std::uint32_t>&> both = outcomes_are(0u, 1u);
  EXPECT_TRUE(both.Matches(found));
  std::ostringstream text;
  both.DescribeTo(&text);
  EXPECT_EQ(text.str(), "has exactly the outcomes 0 1");
}

}  // namespace
