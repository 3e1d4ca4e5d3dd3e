// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest-matchers.h>
#include <gtest/gtest.h>

#include <ostream>
#include <set>
#include <sstream>
#include <tuple>
#include <utility>

#include <heddle/explorers/outcomes.hpp>

// Matchers for the results that heddle::outcomes collects.
//
//   const auto found = heddle::outcomes({}, [] { ...; return std::pair(a, b); });
//   EXPECT_TRUE(matches(found, outcomes_are(std::pair(0, 1), std::pair(1, 0))));
//   EXPECT_TRUE(matches(found, outcomes_exclude(std::pair(0, 0))));
//   EXPECT_TRUE(matches(found, is_exhaustive()));
//   EXPECT_THAT(found, outcomes_include(std::pair(1, 1)));   // with GoogleMock
//
// What does not match is explained: results that are missing, results that should not be there with
// the schedule that shows each, and whether everything was explored.
namespace heddle::gtest {

namespace matching {

// GoogleTest has one with a string only in GoogleMock.
class listener final : public ::testing::MatchResultListener {
 public:
  using MatchResultListener::MatchResultListener;
};

// What is wanted of the results in `wanted`, and of all others.
enum class presence { required, forbidden, ignored };

template <class... Results>
class outcome_matcher {
 public:
  outcome_matcher(presence these, presence others, Results... wanted)
      : these_(these), others_(others), wanted_(std::move(wanted)...) {}

  template <class Result>
  bool MatchAndExplain(const outcome_set<Result>& found,
                       ::testing::MatchResultListener* listener) const {
    bool all = true;
    const auto object = [&](const char* what, const Result& of, const char* schedule) {
      *listener << (all ? "" : "; ") << what << " " << ::testing::PrintToString(of) << schedule;
      all = false;
    };
    const std::set<Result> wanted = as_set<Result>();
    for (const Result& each : wanted) {
      if (these_ == presence::required && !found.contains(each)) object("without", each, "");
    }
    for (const auto& [result, witness] : found.results) {
      const presence of_it = wanted.count(result) != 0 ? these_ : others_;
      if (of_it != presence::forbidden) continue;
      object("with", result, "");
      *listener << " (" << witness.count << " times; HEDDLE_REPLAY=" << witness.schedule << ")";
    }
    if (all) return true;
    *listener << ", after " << found.report.executions << " executions, coverage "
              << to_string(found.report.coverage);
    return false;
  }
  void DescribeTo(std::ostream* out) const { describe(out, ""); }
  void DescribeNegationTo(std::ostream* out) const { describe(out, "not "); }

 private:
  template <class Result>
  std::set<Result> as_set() const {
    return std::apply([](const auto&... each) { return std::set<Result>{Result(each)...}; },
                      wanted_);
  }
  void describe(std::ostream* out, const char* prefix) const {
    *out << prefix
         << (these_ == presence::forbidden    ? "has none of the outcomes"
             : others_ == presence::forbidden ? "has exactly the outcomes"
                                              : "has at least the outcomes");
    std::apply(
        [out](const auto&... each) { ((*out << " " << ::testing::PrintToString(each)), ...); },
        wanted_);
  }

  presence these_;
  presence others_;
  std::tuple<Results...> wanted_;
};

class exhaustive_matcher {
 public:
  template <class Result>
  bool MatchAndExplain(const outcome_set<Result>& found,
                       ::testing::MatchResultListener* listener) const {
    return MatchAndExplain(found.report, listener);
  }
  bool MatchAndExplain(const report& of, ::testing::MatchResultListener* listener) const {
    *listener << "whose coverage is " << to_string(of.coverage);
    if (!of.stopped_by.empty()) *listener << ", ended by " << of.stopped_by;
    return of.coverage == coverage::exhaustive;
  }
  void DescribeTo(std::ostream* out) const { *out << "was explored exhaustively"; }
  void DescribeNegationTo(std::ostream* out) const { *out << "was not explored exhaustively"; }
};

}  // namespace matching

// Exactly these results, no others.
template <class... Results>
[[nodiscard]] auto outcomes_are(Results... all) {
  return ::testing::MakePolymorphicMatcher(matching::outcome_matcher<Results...>(
      matching::presence::required, matching::presence::forbidden, std::move(all)...));
}
// All of these, and perhaps others.
template <class... Results>
[[nodiscard]] auto outcomes_include(Results... some) {
  return ::testing::MakePolymorphicMatcher(matching::outcome_matcher<Results...>(
      matching::presence::required, matching::presence::ignored, std::move(some)...));
}
// None of these.
template <class... Results>
[[nodiscard]] auto outcomes_exclude(Results... none) {
  return ::testing::MakePolymorphicMatcher(matching::outcome_matcher<Results...>(
      matching::presence::forbidden, matching::presence::ignored, std::move(none)...));
}
// Nothing was left out, under the assumptions of the report. Of reports, too.
[[nodiscard]] inline auto is_exhaustive() {
  return ::testing::MakePolymorphicMatcher(matching::exhaustive_matcher{});
}

// EXPECT_THAT for those without GoogleMock.
template <class Value, class Matcher>
[[nodiscard]] ::testing::AssertionResult matches(const Value& value, const Matcher& matcher) {
  const ::testing::Matcher<const Value&> wanted = matcher;
  std::ostringstream why;
  matching::listener listener(&why);
  if (wanted.MatchAndExplain(value, &listener)) return ::testing::AssertionSuccess();
  ::testing::AssertionResult failure = ::testing::AssertionFailure();
  failure << "expected something that ";
  std::ostringstream text;
  wanted.DescribeTo(&text);
  return failure << text.str() << "; it is one " << why.str();
}

}  // namespace heddle::gtest
