// SPDX-License-Identifier: MIT
// The examples as a user meets them: separate programs. Every buggy one is found and its replay
// line, pasted into a shell, shows the same execution; every correct twin is clean.
#include <gtest/gtest.h>

#include <cstdio>

#include "child.hpp"
#include "printed_report.hpp"

namespace {

struct bug {
  std::string path;
  std::string test;
  [[nodiscard]] std::string run(const std::string& variables) const {
    return variables + " " + path + " --gtest_filter=" + test;
  }
};

std::vector<bug> all_bugs() {
  std::vector<bug> bugs;
  for (const std::string& path : all_examples()) {
    for (const std::string& test : tests_of(path, "*Bug.*")) bugs.push_back({path, test});
  }
  return bugs;
}

void expect_found(const bug& each, const finished& result) {
  EXPECT_EQ(result.exit_code, 1) << each.test << "\n" << result.output;
  EXPECT_EQ(times(result.output, ": Failure\n"), 1u) << each.test << "\n" << result.output;
  EXPECT_EQ(times(result.output, each.test + " failed: "), 1u) << result.output;
  EXPECT_EQ(times(result.output, "HEDDLE_REPLAY="), 1u) << result.output;
  EXPECT_NE(thread_columns(result.output), "") << result.output;
}

TEST(Examples, HaveABugAndATwinEach) {
  EXPECT_GE(all_examples().size(), 7u);
  for (const std::string& path : all_examples()) {
    EXPECT_FALSE(tests_of(path, "*Bug.*").empty()) << path;
    EXPECT_FALSE(tests_of(path, "-*Bug.*").empty()) << path;
  }
}

TEST(Examples, HaveBugsThatEveryExplorerFinds) {
  std::printf("executions to the first failure (seed 1):\n%-56s %8s %8s\n", "", "random", "dfs");
  for (const bug& each : all_bugs()) {
    const finished random = shell(each.run("HEDDLE_EXPLORER=random HEDDLE_EXECUTIONS=0"));
    const finished search = shell(each.run("HEDDLE_EXPLORER=dfs HEDDLE_EXECUTIONS=0"));
    expect_found(each, random);
    expect_found(each, search);
    expect_found(each, shell(each.run("")));
    std::printf("  %-54s %8ld %8ld\n", each.test.c_str(), executions_of(random.output),
                executions_of(search.output));
  }
}

TEST(Examples, HaveBugsThatTheRandomWalkFindsWithTheDefaultBudget) {
  for (const bug& each : all_bugs()) expect_found(each, shell(each.run("HEDDLE_EXPLORER=random")));
}

TEST(Examples, HaveBugsWhoseReplayLineRepeatsTheSameTrace) {
  bool first = true;
  for (const bug& each : all_bugs()) {
    for (const char* explorer : {"random", "dfs"}) {
      const std::string found =
          shell(each.run(std::string("HEDDLE_EXECUTIONS=0 HEDDLE_EXPLORER=") + explorer)).output;
      const std::string line = replay_line(found);
      const std::string columns = thread_columns(found);
      ASSERT_NE(columns, "") << found;
      const int repetitions = first ? 100 : 5;
      for (int i = 0; i < repetitions; ++i) {
        const finished again = shell(line);
        ASSERT_EQ(again.exit_code, 1) << line << "\n" << again.output;
        ASSERT_EQ(thread_columns(again.output), columns) << line;
        ASSERT_EQ(token_of(replay_line(again.output)), token_of(line));
        ASSERT_NE(again.output.find("replayed"), std::string::npos) << again.output;
      }
      first = false;
    }
  }
}

TEST(Examples, HaveReplayLinesThatWorkWhereTheyWerePrinted) {
  // The line names the program as it is reached from the current directory.
  const bug each = all_bugs().front();
  const finished found = shell(each.run(""), HEDDLE_EXAMPLE_DIR);
  const finished again = shell(replay_line(found.output), HEDDLE_EXAMPLE_DIR);
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_EQ(thread_columns(again.output), thread_columns(found.output));
}

TEST(Examples, HaveTwinsThatExploreClean) {
  for (const std::string& path : all_examples()) {
    const finished result = shell(path + " '--gtest_filter=-*Bug.*'");
    EXPECT_EQ(result.exit_code, 0) << result.output;
    EXPECT_EQ(times(result.output, "HEDDLE_REPLAY"), 0u) << result.output;
    EXPECT_EQ(
        shell("HEDDLE_EXPLORER=random HEDDLE_EXECUTIONS=500 " + path + " '--gtest_filter=-*Bug.*'")
            .exit_code,
        0)
        << path;
  }
}

// The value of a property of the only test in GoogleTest's XML file.
std::string property(const std::string& xml, const std::string& name) {
  const std::size_t at = xml.find("\"heddle_" + name + "\" value=\"");
  if (at == std::string::npos) return {};
  const std::size_t begin = xml.find("value=\"", at) + 7;
  return xml.substr(begin, xml.find('"', begin) - begin);
}

TEST(Examples, HaveTwinsThatDepthFirstSearchExhausts) {
  int exhaustive = 0;
  for (const std::string& path : all_examples()) {
    for (const std::string& test : tests_of(path, "-*Bug.*")) {
      const finished result =
          shell("file=$(mktemp) && HEDDLE_EXPLORER=dfs HEDDLE_EXECUTIONS=0 HEDDLE_TIME=5 " + path +
                " --gtest_filter=" + test + " --gtest_output=xml:$file; cat $file; rm $file");
      if (times(result.output, "heddle_verdict") == 0) continue;  // a plain TEST explores nothing
      const std::string coverage = property(result.output, "coverage");
      const std::string executions = property(result.output, "executions");
      EXPECT_EQ(property(result.output, "verdict"), "passed") << result.output;
      EXPECT_TRUE(coverage == "exhaustive" || coverage == "sampled") << coverage;
      exhaustive += coverage == "exhaustive";
      std::printf("  %-40s %10s after %s executions\n", test.c_str(), coverage.c_str(),
                  executions.c_str());
    }
  }
  EXPECT_GE(exhaustive, 7);
}

TEST(Examples, PutTheirResultIntoTheXmlFile) {
  const bug each = all_bugs().front();
  const finished result = shell("file=$(mktemp); " + each.run("HEDDLE_EXPLORER=dfs") +
                                " --gtest_output=xml:$file >/dev/null; cat $file; rm $file");
  EXPECT_EQ(property(result.output, "explorer"), "dfs") << result.output;
  EXPECT_EQ(property(result.output, "verdict"), "lost update");
  EXPECT_EQ(property(result.output, "coverage"), "sampled");
  EXPECT_GT(std::stoi("0" + property(result.output, "executions")), 0);
  EXPECT_TRUE(property(result.output, "schedule").starts_with("hd1:"));
}

}  // namespace
