// SPDX-License-Identifier: MIT
// The textbook's failures (examples/textbook/) with the default settings: each is found, its report
// names the true cause, its replay line shows the same execution; and each twin passes, with every
// interleaving explored.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "child.hpp"
#include "printed_report.hpp"

namespace {

const std::map<std::string, std::string> causes = {
    {"CounterBug.CountsWithoutALock", "data race"},
    {"AtomicCounterBug.LoadsThenStores", "lost update"},
    {"AdderBug.MeetsASubtractor", "lost update"},
    {"AccountBug.WritesBackAnOldBalance", "lost update"},
    {"PooledDatabaseBug.IsUpdatedByTwoTasks", "lost update"},
    {"CacheBug.TestsTheKeyThenInserts", "lost update"},
    {"TransferBug.WithdrawsBeforeTheDeposit", "order violation"},
    {"StartUpBug.UsesWhatIsNotThereYet", "order violation"},
    {"LockedResultBug.IsReadBeforeTheJoin", "order violation"},
    {"MainBug.EndsFirst", "order violation"},
    {"HandleBug.IsClosedWhileInUse", "order violation"},
    {"LockedSleepBug.IsTooShortOnce", "order violation"},
    {"WithdrawalBug.TestsTheBalanceThenWithdraws", "failed check"},
    {"AskedLockBug.IsFreeThenTaken", "failed check"},
    {"ResultBug.IsReadBeforeTheJoin", "data race"},
    {"IterationBug.MeetsAPushBack", "data race"},
    {"IndexBug.OutlivesTheElement", "uncaught exception"},
    {"MemoryBug.IsFreedWhileInUse", "data race"},
    {"BarrierDeathBug.ComesWhileSomebodyWaits", "misuse"},
    {"GeneratorBug.IsSharedWithoutALock", "data race"},
    {"CachedNumberBug.IsGivenOutTwice", "failed check"},
    {"WindowBug.IsDrawnByAWorker", "uncaught exception"},
    {"VolatileFlagBug.OrdersNothing", "data race"},

    {"NotifyBug.ComesBeforeTheWait", "missed notification"},
    {"PredicateBug.IsTestedWithoutTheLock", "missed notification"},
    {"ReadyEventBug.IsSetBeforeTheLockIsTaken", "missed notification"},
    {"OwnLockBug.IsAcquiredTwice", "deadlock"},
    {"NestedCallBug.LocksAgain", "deadlock"},
    {"OwnEventBug.IsSetAfterTheWait", "deadlock"},
    {"OwnConditionBug.IsNotifiedAfterTheWait", "deadlock"},
    {"OwnPermitBug.IsTheOnlyOne", "deadlock"},
    {"JoinCycleBug.OfTwoThreads", "deadlock"},
    {"TwoQueuesBug.GetBeforeTheyPut", "deadlock"},
    {"TwoLocksBug.HaveTwoOrders", "deadlock"},
    {"ThreeLocksBug.AreTakenRoundTheTable", "deadlock"},
    {"ExceptionBug.LeavesTheLockTaken", "deadlock"},
    {"EarlyReturnBug.LeavesTheLockTaken", "deadlock"},
    {"PermitBug.IsKept", "deadlock"},
    {"EventBug.IsNeverSet", "deadlock"},
    {"PartyBug.IsMissing", "deadlock"},
    {"TaskDoneBug.IsForgotten", "deadlock"},
    {"StolenWakeUpBug.MeetsAnIf", "order violation"},
    {"ClearedEventBug.ForgetsThatItWasSet", "missed notification"},
    {"LatePartyBug.BreaksTheBarrier", "uncaught exception"},

    {"PoliteLocksBug.NeverGetPastEachOther", "livelock"},
    {"SleepyLocksBug.NeverGetPastEachOther", "livelock"},
    {"LockedAskedBug.NobodyGoesFirst", "livelock"},
    {"PermitTwiceBug.IsGivenBackToABoundedSemaphore", "uncaught exception"},
    {"PermitTwiceBug.IsGivenBackToAPlainSemaphore", "failed check"},
    {"DaemonBug.IsAbandonedWithALock", "leak"},
    {"ThreadExceptionBug.IsNotSeenByTheJoin", "uncaught exception"},
    {"TaskExceptionBug.OfAResultThatNobodyAsksFor", "failed check"},
    {"PollingBug.ForWhatNobodyDoes", "livelock"},
    {"PollingWithLockBug.KeepsTheOtherOneOut", "livelock"},
    {"SleepBug.OrdersNothing", "data race"},
    {"OneSlotBug.OfTwoMutexes", "misuse"},
    {"OneSlotBug.OfTwoReentrantLocks", "uncaught exception"},
};

std::vector<std::string> programs() {
  std::vector<std::string> paths;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(HEDDLE_EXAMPLE_DIR) + "/textbook")) {
    if (entry.path().filename().string().starts_with("textbook_")) {
      paths.push_back(entry.path().string());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

// "data race", of a report that begins with "Suite.Name failed: data race".
std::string cause_of(const std::string& output, const std::string& test) {
  const std::string before = test + " failed: ";
  const std::size_t at = output.find(before);
  if (at == std::string::npos) return "no report";
  const std::size_t begin = at + before.size();
  const std::size_t end = std::min(output.find('\n', begin), output.find(" (", begin));
  return output.substr(begin, end - begin);
}

void expect_cause(const std::string& test, const std::string& cause, const std::string& output) {
  const auto expected = causes.find(test);
  ASSERT_NE(expected, causes.end()) << test << " is missing in the table of causes";
  EXPECT_EQ(cause, expected->second) << output;
}

TEST(Textbook, HasACauseForEveryFailure) {
  std::size_t bugs = 0;
  for (const std::string& path : programs()) bugs += tests_of(path, "*Bug.*").size();
  EXPECT_EQ(bugs, causes.size());
}

TEST(Textbook, HasFailuresWhoseReportsNameTheCauseAndWhoseReplayShowsItAgain) {
  for (const std::string& path : programs()) {
    for (const std::string& test : tests_of(path, "*Bug.*")) {
      SCOPED_TRACE(test);
      const finished found = shell(path + " --gtest_filter=" + test);
      EXPECT_EQ(found.exit_code, 1) << found.output;
      EXPECT_EQ(times(found.output, "WARNING"), 0u) << found.output;
      const std::string cause = cause_of(found.output, test);
      expect_cause(test, cause, found.output);

      const std::string line = replay_line(found.output);
      ASSERT_NE(line, "") << found.output;
      const finished again = shell(line);
      EXPECT_EQ(again.exit_code, 1) << line << "\n" << again.output;
      EXPECT_NE(again.output.find("replayed"), std::string::npos) << again.output;
      EXPECT_EQ(cause_of(again.output, test), cause) << line << "\n" << again.output;
      EXPECT_EQ(thread_columns(again.output), thread_columns(found.output)) << line;
    }
  }
}

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

TEST(Textbook, HasARowForEveryFailureAndEveryRule) {
  const std::filesystem::path root = HEDDLE_SOURCE_DIR;
  const std::string page = text_of(root / "docs/threading.md");
  for (const std::string& path : programs()) {
    for (const std::string& test : tests_of(path, "*Bug.*")) {
      const std::string suite = test.substr(0, test.find('.'));
      EXPECT_NE(page.find("`" + suite + "`"), std::string::npos) << suite;
    }
  }
  std::string tests;
  for (const auto& file : std::filesystem::directory_iterator(root / "tests/threading")) {
    tests += text_of(file.path());
  }
  for (int rule = 1; rule <= 31; ++rule) {
    const std::string name = (rule < 10 ? "Rule0" : "Rule") + std::to_string(rule);
    EXPECT_NE(page.find("\n| " + std::to_string(rule) + " |"), std::string::npos) << name;
    EXPECT_NE(page.find("`" + name + ".*`"), std::string::npos) << name;
    EXPECT_NE(tests.find("TEST(" + name + ","), std::string::npos) << name;
  }
}

// The attribute or property `name` in the part of GoogleTest's XML file that tells of one test.
std::string value_of(const std::string& part, const std::string& name) {
  const std::size_t at = part.find(name);
  if (at == std::string::npos) return {};
  const std::size_t begin = part.find('"', at + name.size()) + 1;
  return part.substr(begin, part.find('"', begin) - begin);
}

TEST(Textbook, HasTwinsThatPassWithEveryInterleavingExplored) {
  std::size_t twins = 0;
  for (const std::string& path : programs()) {
    const std::string xml = shell("file=$(mktemp) && " + path +
                                  " '--gtest_filter=-*Bug.*' --gtest_output=xml:$file >/dev/null; "
                                  "cat $file; rm $file")
                                .output;
    for (std::size_t at = xml.find("<testcase "); at != std::string::npos;) {
      const std::size_t next = xml.find("<testcase ", at + 1);
      const std::string part = xml.substr(at, next - at);
      at = next;
      ++twins;
      EXPECT_EQ(value_of(part, "\"heddle_verdict\" value"), "passed") << part;
      EXPECT_EQ(value_of(part, "\"heddle_coverage\" value"), "exhaustive") << part;
    }
  }
  EXPECT_GE(twins, 58u);
}

}  // namespace
