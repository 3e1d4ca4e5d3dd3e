// SPDX-License-Identifier: MIT
//
// The number of classes of executions of the programs in programs.hpp, as published and as counted
// by brute force, against what the reducing explorers explore. HEDDLE_COUNTING=long adds the sizes
// that take more than a second, HEDDLE_COUNTING=print shows what was measured.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <heddle/explorers/depth_first.hpp>
#include <heddle/explorers/dpor.hpp>
#include <ostream>
#include <string>

#include "class_recorder.hpp"
#include "programs.hpp"

namespace counting {
namespace {

using heddle::explorers::dpor;

struct row {
  const char* name;
  void (*body)(int);
  int n;
  std::int64_t complete;
  std::int64_t deadlocked = 0;
  bool is_long = false;
};

constexpr std::int64_t factorial(std::int64_t n) { return n < 2 ? 1 : n * factorial(n - 1); }
constexpr std::int64_t power(std::int64_t base, int n) {
  return n == 0 ? 1 : base * power(base, n - 1);
}
constexpr std::int64_t square(std::int64_t n) { return n * n; }
constexpr std::int64_t choose_half(int n) {  // n out of 2n
  std::int64_t result = 1;
  for (int i = 1; i <= n; ++i) result = result * (n + i) / i;
  return result;
}

std::ostream& operator<<(std::ostream& out, const row& of) { return out << of.name << " " << of.n; }

#define PROGRAM(name) #name, name
const row rows[] = {
    {PROGRAM(ainc), 4, 24},
    {PROGRAM(ainc), 6, 720},
    {PROGRAM(ainc), 7, 5040},
    {PROGRAM(ainc), 8, factorial(8), 0, true},
    {PROGRAM(binc), 3, 36},
    {PROGRAM(binc), 4, 576},
    {PROGRAM(binc), 5, square(factorial(5)), 0, true},
    {PROGRAM(casrot), 4, 14},
    {PROGRAM(casrot), 6, 144},
    {PROGRAM(casrot), 8, 2048},
    {PROGRAM(casrot), 9, 8597, 0, true},
    {PROGRAM(casrot), 10, 38486, 0, true},
    {PROGRAM(readers), 8, 256},
    {PROGRAM(readers), 11, 2048},
    {PROGRAM(readers), 13, power(2, 13), 0, true},
    {PROGRAM(readers), 15, power(2, 15), 0, true},
    {PROGRAM(readers), 17, power(2, 17), 0, true},
    {PROGRAM(nwriters), 4, 24},
    {PROGRAM(nwriters), 6, 720},
    {PROGRAM(nwriters), 8, factorial(8), 0, true},
    {PROGRAM(nwriters), 9, factorial(9), 0, true},
    {PROGRAM(lastwrite), 4, 24},
    {PROGRAM(lastwrite), 6, 720},
    {PROGRAM(lastwrite), 8, factorial(8), 0, true},
    {PROGRAM(lastwrite), 9, factorial(9), 0, true},
    {PROGRAM(floatread), 4, 120},
    {PROGRAM(floatread), 6, 5040},
    {PROGRAM(floatread), 8, factorial(9), 0, true},
    {PROGRAM(race2), 2, 34},
    {PROGRAM(race2), 4, 3334},
    {PROGRAM(corr_deep), 4, 70},
    {PROGRAM(corr_deep), 6, choose_half(6)},
    {PROGRAM(corr_deep), 8, choose_half(8), 0, true},
    {PROGRAM(fib), 2, 140},
    {PROGRAM(fib), 3, 1698},
    {PROGRAM(fib), 4, 19605, 0, true},
    {PROGRAM(lastzero), 5, 64},
    {PROGRAM(lastzero), 8, 704},
    {PROGRAM(lastzero), 10, 3328},
    {PROGRAM(lastzero), 12, 15360, 0, true},
    {PROGRAM(sb), 4, 15},
    {PROGRAM(sb), 8, 255},
    {PROGRAM(sb), 12, 4095, 0, true},
    {PROGRAM(lb), 4, 15},
    {PROGRAM(lb), 8, 255},
    {PROGRAM(lb), 12, 4095, 0, true},
    {PROGRAM(mp), 4, 81},
    {PROGRAM(mp), 6, 729},
    {PROGRAM(mp), 8, power(3, 8), 0, true},
    {PROGRAM(indexer), 11, 1},
    {PROGRAM(indexer), 12, 8},
    {PROGRAM(indexer), 13, 64, 0, true},
    {PROGRAM(indexer), 14, 512, 0, true},
    {PROGRAM(indexer_cas), 12, 8},
    {PROGRAM(indexer_cas), 13, 64},
    {PROGRAM(indexer_cas), 14, 512, 0, true},
    {PROGRAM(filesystem), 14, 2},
    {PROGRAM(filesystem), 16, 8},
    {PROGRAM(filesystem), 18, 32},
    {PROGRAM(filesystem), 20, 128, 0, true},
    {PROGRAM(account), 3, 576},
    {PROGRAM(account), 4, square(factorial(5)), 0, true},
    {PROGRAM(airline), 3, 36},
    {PROGRAM(airline), 4, 576},
    {PROGRAM(airline), 5, square(factorial(5)), 0, true},
    {PROGRAM(peterson_a), 1, 4},
    {PROGRAM(peterson_a), 2, 48},
    {PROGRAM(peterson_a), 3, 588},
    {PROGRAM(dekker_t), 1, 7},
    {PROGRAM(dekker_t), 2, 107},
    {PROGRAM(dekker_t), 3, 1833},
    {PROGRAM(lamport), 2, 16},
    {PROGRAM(lamport), 3, 9216, 0, true},
    {PROGRAM(ticketlock_a), 3, 6},
    {PROGRAM(ticketlock_a), 5, 120, 0, true},
    {PROGRAM(caslock_a), 3, 6},
    {PROGRAM(caslock_a), 5, 120},
    {PROGRAM(ttaslock_a), 3, 36},
    {PROGRAM(ttaslock_a), 4, 576},
    {PROGRAM(mutexcnt), 4, 24},
    {PROGRAM(mutexcnt), 6, 720},
    {PROGRAM(mutexcnt2), 2, 6},
    {PROGRAM(mutexcnt2), 4, 70},
    {PROGRAM(mutexrd), 4, 24},
    {PROGRAM(mutexrd), 6, 720},
    {PROGRAM(trylock), 2, 4},
    {PROGRAM(trylock), 3, 21},
    {PROGRAM(philo), 3, 6},
    {PROGRAM(philo), 4, 14},
    {PROGRAM(philo), 5, 30},
    {PROGRAM(philo), 8, 254},
    {PROGRAM(philo_dl), 2, 2, 1},
    {PROGRAM(philo_dl), 3, 6, 1},
    {PROGRAM(philo_dl), 4, 14, 1},
    {PROGRAM(treiber), 2, 46},
    {PROGRAM(barrier_a), 3, 6},
    {PROGRAM(barrier_a), 4, 24},
    {PROGRAM(seqlock_a), 1, 2},
    {PROGRAM(seqlock_a), 2, 6},
    {PROGRAM(prodcons_m), 2, 24},
    {PROGRAM(circbuf), 3, 20},
    {PROGRAM(circbuf), 5, 252},
    {PROGRAM(spsc), 3, 9},
    {PROGRAM(spsc), 5, 81},
    {PROGRAM(dcl), 3, 15},
    {PROGRAM(dcl), 4, 64},
    {PROGRAM(dcl), 5, 325},
    {PROGRAM(arc), 4, 24},
    {PROGRAM(condvar1), 1, 2},
    {PROGRAM(condvar1), 2, 10},
    {PROGRAM(condvar1), 3, 96},
    {PROGRAM(cv_sigunlocked), 1, 2},
    {PROGRAM(cv_sigunlocked), 2, 10},
    {PROGRAM(cv_sigunlocked), 3, 96},
    {PROGRAM(condvar2), 1, 2},
    {PROGRAM(condvar2), 2, 16},
    {PROGRAM(condvar2), 3, 384},
    {PROGRAM(cv_lost), 1, 1, 1},
    {PROGRAM(cv_lost), 2, 0, 10},
    {PROGRAM(cv_lost), 3, 0, 66},
    {PROGRAM(cv_tokens), 1, 2},
    {PROGRAM(cv_tokens), 2, 30},
    {PROGRAM(cv_tokens), 3, 1572},
};
#undef PROGRAM

bool asked_for(const char* what) {
  const char* value = std::getenv("HEDDLE_COUNTING");
  return value != nullptr && std::string(value).find(what) != std::string::npos;
}

heddle::options unlimited() {
  heddle::options how;
  how.executions = 0;
  how.time = {};
  how.stop_at_first_failure = false;
  how.early_timeouts = 0;
  how.rereads = 1'000'000'000;
  how.environment = false;
  return how;
}

struct counted {
  heddle::report report;
  std::unordered_set<std::uint64_t> classes;
  std::int64_t duplicates;
};

counted explore(const row& of, heddle::sched::explorer& decide) {
  class_recorder recorder(decide);
  heddle::report result = heddle::explore(unlimited(), recorder, [&of] { of.body(of.n); });
  return {std::move(result), recorder.classes(), recorder.duplicates()};
}

void print(const row& of, const char* explorer, const heddle::report& r) {
  if (!asked_for("print")) return;
  const double seconds = std::chrono::duration<double>(r.elapsed).count();
  std::printf(
      "%-15s %2d  %-11s %8ld complete %4ld deadlocked %7ld blocked %8ld redundant %8.3f s "
      "%9.0f/s\n",
      of.name, of.n, explorer, static_cast<long>(r.complete), static_cast<long>(r.deadlocked),
      static_cast<long>(r.blocked), static_cast<long>(r.redundant), seconds,
      static_cast<double>(r.executions) / seconds);
  std::fflush(stdout);
}

class Counting : public testing::TestWithParam<row> {};

TEST_P(Counting, Optimal) {
  const row& of = GetParam();
  if (of.is_long && !asked_for("long")) GTEST_SKIP() << "HEDDLE_COUNTING=long runs it";
  dpor search(dpor::mode::optimal);
  const counted found = explore(of, search);
  print(of, "dpor", found.report);
  EXPECT_EQ(found.report.complete, of.complete);
  EXPECT_EQ(found.report.deadlocked, of.deadlocked);
  EXPECT_EQ(found.report.failed, 0);
  EXPECT_EQ(found.report.redundant, 0);
  EXPECT_EQ(found.report.cut, 0);
  EXPECT_EQ(found.duplicates, 0);
  EXPECT_EQ(found.report.distinct, found.classes.size());
  EXPECT_EQ(found.report.coverage, heddle::coverage::exhaustive);
}

TEST_P(Counting, FromWhereverTheSearchBegins) {
  const row& of = GetParam();
  if (of.is_long || of.complete > 1'000) GTEST_SKIP() << "the small ones will do";
  dpor first(dpor::mode::optimal);
  const counted expected = explore(of, first);
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    dpor search(dpor::mode::optimal, seed);
    const counted found = explore(of, search);
    EXPECT_EQ(found.classes, expected.classes) << seed;
    EXPECT_EQ(found.duplicates, 0) << seed;
    EXPECT_EQ(found.report.blocked, expected.report.blocked) << seed;
    EXPECT_EQ(found.report.redundant, 0) << seed;
  }
}

TEST_P(Counting, Source) {
  const row& of = GetParam();
  if (of.is_long && !asked_for("long")) GTEST_SKIP() << "HEDDLE_COUNTING=long runs it";
  dpor search(dpor::mode::source);
  const counted found = explore(of, search);
  print(of, "source_dpor", found.report);
  EXPECT_EQ(found.report.complete, of.complete);
  // A redundant execution that runs into a deadlock counts as one.
  EXPECT_GE(found.report.deadlocked, of.deadlocked);
  EXPECT_EQ(found.report.failed, 0);
  EXPECT_EQ(found.report.cut, 0);
  EXPECT_EQ(found.report.coverage, heddle::coverage::exhaustive);
}

std::string title(const testing::TestParamInfo<row>& of) {
  return std::string(of.param.name) + "_" + std::to_string(of.param.n);
}
INSTANTIATE_TEST_SUITE_P(Programs, Counting, testing::ValuesIn(rows), title);

// Every interleaving of the small ones has a class that the reduction has found, and the other way
// round: this covers the blocked executions, too, of which no table tells.
TEST(CountingAll, ReductionFindsTheClassesOfDepthFirstSearch) {
  const row small[] = {{"ainc", ainc, 3, 0},
                       {"binc", binc, 2, 0},
                       {"casrot", casrot, 4, 0},
                       {"readers", readers, 3, 0},
                       {"floatread", floatread, 2, 0},
                       {"race2", race2, 2, 0},
                       {"lastzero", lastzero, 3, 0},
                       {"sb", sb, 2, 0},
                       {"mp", mp, 2, 0},
                       {"airline", airline, 2, 0},
                       {"peterson_a", peterson_a, 1, 0},
                       {"dekker_t", dekker_t, 1, 0},
                       {"lamport", lamport, 2, 0},
                       {"ticketlock_a", ticketlock_a, 3, 0},
                       {"caslock_a", caslock_a, 3, 0},
                       {"ttaslock_a", ttaslock_a, 3, 0},
                       {"barrier_a", barrier_a, 2, 0},
                       {"seqlock_a", seqlock_a, 1, 0},
                       {"spsc", spsc, 2, 0},
                       {"dcl", dcl, 2, 0},
                       {"arc", arc, 3, 0},
                       {"trylock", trylock, 3, 0},
                       {"philo_dl", philo_dl, 3, 0},
                       {"condvar1", condvar1, 2, 0},
                       {"condvar2", condvar2, 2, 0},
                       {"cv_lost", cv_lost, 2, 0},
                       {"cv_tokens", cv_tokens, 2, 0},
                       {"sem_writes", sem_writes, 0, 0},
                       {"sem_writes", sem_writes, 1, 0},
                       {"sem_tokens", sem_tokens, 2, 0},
                       {"sem_greedy", sem_greedy, 3, 0},
                       {"sem_try", sem_try, 2, 0},
                       {"shared_greedy", shared_greedy, 3, 0},
                       {"shared_mixed", shared_mixed, 3, 0}};
  for (const row& of : small) {
    heddle::explorers::depth_first all;
    dpor search(dpor::mode::optimal);
    const counted truth = explore(of, all);
    const counted found = explore(of, search);
    EXPECT_EQ(found.classes, truth.classes) << of.name;
    EXPECT_EQ(found.duplicates, 0) << of.name;
    EXPECT_EQ(truth.report.distinct, truth.classes.size()) << of.name;
    EXPECT_EQ(found.report.distinct, truth.classes.size()) << of.name;
    EXPECT_EQ(found.report.redundant, 0) << of.name;
  }
}

// A release and an acquire may both be possible: to take the order in which they came for the only
// one would lose that of the two writes, which is to be seen.
TEST(CountingAll, OrdersWritesAroundASemaphoreBothWays) {
  for (const char* explorer : {"dfs", "dpor", "source_dpor", "bounded", "auto"}) {
    heddle::options how = unlimited();
    how.explorer = explorer;
    how.preemptions = 3;
    for (int permits = 0; permits < 2; ++permits) {
      const auto found = heddle::outcomes(how, [permits] {
        heddle::counting_semaphore<8> s(permits);
        heddle::atomic<int> x{0};
        heddle::thread t([&] {
          x.store(1);
          s.release();
        });
        s.acquire();
        x.store(2);
        t.join();
        return x.load();
      });
      EXPECT_EQ(found.size(), permits == 0 ? 1u : 2u) << explorer;
      EXPECT_EQ(found.report.coverage, heddle::coverage::exhaustive) << explorer;
    }
  }
}

}  // namespace
}  // namespace counting
