// SPDX-License-Identifier: MIT
// Every program of the corpus gets its true cause, whoever finds it, and the correct ones none.
#include <gtest/gtest.h>

#include "corpus.hpp"
#include "explorers/quiet_options.hpp"

namespace {

heddle::options corpus_options(const char* explorer) {
  heddle::options how = quiet(explorer, 20'000);
  how.name = "Corpus";
  how.predict = true;
  return how;
}

class Bugs : public testing::TestWithParam<std::tuple<corpus::labelled, const char*>> {};

TEST_P(Bugs, HaveTheirTrueCause) {
  const auto& [program, explorer] = GetParam();
  const heddle::report result = heddle::explore(corpus_options(explorer), program.body);
  ASSERT_TRUE(result.failure) << program.name << ": nothing was found";
  EXPECT_EQ(to_string(result.failure->kind), to_string(program.kind)) << result.text();
  EXPECT_NE(result.failure->situation.find(program.situation), std::string::npos)
      << "situation: " << result.failure->situation << "\n"
      << result.text();
  EXPECT_TRUE(result.failure->reproduced) << result.text();
}

class Correct : public testing::TestWithParam<std::tuple<corpus::correct, const char*>> {};

TEST_P(Correct, ProgramsAreNotReported) {
  const auto& [program, explorer] = GetParam();
  const heddle::report result = heddle::explore(corpus_options(explorer), program.body);
  EXPECT_TRUE(result.passed()) << program.name << "\n" << result.text();
  EXPECT_TRUE(result.warnings.empty()) << program.name << "\n" << result.text();
  EXPECT_GT(result.complete, 0) << program.name;
}

template <class Info>
std::string name_of(const Info& info) {
  return std::string(std::get<0>(info.param).name) + "_" + std::get<1>(info.param);
}

INSTANTIATE_TEST_SUITE_P(Corpus, Bugs,
                         testing::Combine(testing::ValuesIn(corpus::all_bugs()),
                                          testing::Values("dpor", "auto", "random")),
                         [](const auto& of) { return name_of(of); });
INSTANTIATE_TEST_SUITE_P(Corpus, Correct,
                         testing::Combine(testing::ValuesIn(corpus::all_correct()),
                                          testing::Values("dpor", "auto", "random")),
                         [](const auto& of) { return name_of(of); });

TEST(CorpusSize, IsAtLeastSixtyOfEach) {
  EXPECT_GE(corpus::all_bugs().size(), 60u);
  EXPECT_GE(corpus::all_correct().size(), 60u);
}

}  // namespace
