// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <heddle/heddle.hpp>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "algorithms.hpp"

namespace {

using heddle::atomic;
using heddle::memory_order;
using heddle::thread;
using heddle::var;

heddle::options small_tests() {
  heddle::options how;
  how.name = "advised";
  how.capture = false;
  how.environment = false;
  return how;
}

struct lines {
  unsigned store = 0;
  unsigned load = 0;
};

// A message behind a flag, raised and read with these orders.
template <memory_order Store, memory_order Load>
lines message() {
  lines at;
  var<int> data{0};
  atomic<int> flag{0};
  thread writer([&] {
    data.store(1);
    at.store = __LINE__ + 1;
    flag.store(1, Store);
  });
  at.load = __LINE__ + 1;
  if (flag.load(Load) == 1) (void)data.load();
  writer.join();
  return at;
}

template <memory_order Store, memory_order Load>
heddle::order_advice advise(lines& at) {
  return heddle::advise(small_tests(), [&] { at = message<Store, Load>(); });
}

TEST(Advise, NamesNoOrderThatIsNeeded) {
  lines at;
  const auto advice = advise<std::memory_order_release, std::memory_order_acquire>(at);
  EXPECT_TRUE(advice.passes && advice.complete) << advice.text();
  EXPECT_TRUE(advice.changes.empty()) << advice.text();
  EXPECT_EQ(advice.sites, 2U);
}

TEST(Advise, FindsOrdersThatAreTooStrong) {
  lines at;
  const auto advice = advise<std::memory_order_seq_cst, std::memory_order_seq_cst>(at);
  ASSERT_EQ(advice.changes.size(), 2U) << advice.text();
  for (const auto& change : advice.changes) {
    const bool is_store = change.site.where.line == at.store;
    EXPECT_EQ(change.to, is_store ? std::memory_order_release : std::memory_order_acquire)
        << advice.text();
  }
  EXPECT_NE(advice.text().find("does not distinguish"), std::string::npos) << advice.text();
}

TEST(Advise, FindsTheLeastThatMakesAFailureGoAway) {
  lines at;
  const auto both = advise<std::memory_order_relaxed, std::memory_order_relaxed>(at);
  EXPECT_FALSE(both.passes);
  ASSERT_EQ(both.changes.size(), 2U) << both.text();
  const auto one = advise<std::memory_order_release, std::memory_order_relaxed>(at);
  ASSERT_EQ(one.changes.size(), 1U) << one.text();
  EXPECT_EQ(one.changes[0].site.where.line, at.load);
  EXPECT_EQ(one.changes[0].to, std::memory_order_acquire);
}

TEST(Advise, SaysWhereNoOrderHelps) {
  const auto advice = heddle::advise(small_tests(), [] {
    atomic<int> value{0};
    thread other([&] { value.store(1, std::memory_order_relaxed); });
    const int seen = value.load(std::memory_order_relaxed);
    other.join();
    heddle::check(seen == 1);
  });
  EXPECT_FALSE(advice.passes);
  EXPECT_TRUE(advice.complete) << advice.text();
  EXPECT_TRUE(advice.changes.empty()) << advice.text();
  EXPECT_NE(advice.text().find("no order of memory"), std::string::npos) << advice.text();
}

// Of the correct algorithms: orders that are no matter to tests as small as these. What is not
// named is needed, and among it everything that a wrong algorithm of the list lacks. Where the
// literature asks for more than the test does, that is because the test stops short of it: nobody
// reuses what a ring, a stack or a queue has given back, or waits twice for a lock;
// compare-exchanges decide who gets the only element of a deque.
const std::map<std::string, std::vector<std::string>> spare = {
    {"Peterson", {"read-modify-write acq_rel -> release", "fence acq_rel -> acquire"}},
    {"PetersonWithFullFence", {"read-modify-write acq_rel -> release", "fence seq_cst -> acquire"}},
    {"TicketLockWithSeqCstUnlock", {"store seq_cst -> release"}},
    {"McsLock",
     {"read-modify-write acq_rel -> acquire", "store release -> relaxed",
      "load acquire -> relaxed"}},
    {"McsLockWithSeqCstGrant",
     {"read-modify-write acq_rel -> acquire", "store release -> relaxed", "load acquire -> relaxed",
      "store seq_cst -> release"}},
    {"DoubleCheckedLockingSeqCst", {"load seq_cst -> acquire"}},
    {"TreiberStack", {"load acquire -> relaxed"}},
    {"TreiberStackWithSeqCstPush",
     {"load acquire -> relaxed", "compare-exchange seq_cst -> release"}},
    {"MichaelScottQueue",
     {"load acquire -> relaxed", "load acquire -> relaxed", "compare-exchange release -> relaxed",
      "compare-exchange acq_rel -> relaxed"}},
    {"MichaelScottQueueWithSeqCstLink",
     {"load acquire -> relaxed", "load acquire -> relaxed", "compare-exchange seq_cst -> release",
      "compare-exchange release -> relaxed", "compare-exchange acq_rel -> relaxed"}},
    {"SpscRing", {"load acquire -> relaxed", "store release -> relaxed"}},
    {"SpscRingWithSeqCstPut",
     {"load acquire -> relaxed", "store seq_cst -> release", "store release -> relaxed"}},
    {"ChaseLevDeque",
     {"load acquire -> relaxed", "fence seq_cst -> none at all",
      "compare-exchange seq_cst -> relaxed", "fence seq_cst -> none at all",
      "load acquire -> relaxed", "compare-exchange seq_cst -> relaxed"}},
    {"ChaseLevDequeOfTwo",
     {"load acquire -> relaxed", "compare-exchange seq_cst -> relaxed", "load acquire -> relaxed",
      "compare-exchange seq_cst -> relaxed"}},
    {"ChaseLevDequeThatGrows",
     {"load acquire -> relaxed", "load acquire -> relaxed", "fence seq_cst -> none at all",
      "compare-exchange seq_cst -> relaxed"}},
    {"ChaseLevDequeWithFullFenceInPush",
     {"load acquire -> relaxed", "load acquire -> relaxed", "fence seq_cst -> release",
      "fence seq_cst -> none at all", "compare-exchange seq_cst -> relaxed"}},
    {"PublicationSeqCst", {"store seq_cst -> release"}},
    {"ReadCopyUpdateWithSeqCstPublication", {"store seq_cst -> release"}},
    {"LeftRight", {"load acquire -> relaxed"}},
    {"LeftRightWithFences",
     {"load acquire -> relaxed", "load acquire -> relaxed", "store release -> relaxed"}},
    {"HazardPointer", {"load acquire -> relaxed", "load acquire -> relaxed"}},
    {"ReferenceCountAcqRel", {"read-modify-write acq_rel -> release"}},
    {"SeqlockWithFullFence", {"fence seq_cst -> acquire"}},
    {"MessagePassingSeqCst", {"store seq_cst -> release"}},
};

// "store seq_cst -> release", of each line of the advice.
std::vector<std::string> words_of(const heddle::order_advice& advice) {
  constexpr std::string_view order = " of order ";
  constexpr std::string_view to = "; this test does not distinguish it from ";
  std::vector<std::string> words;
  std::istringstream text(advice.text());
  for (std::string line; std::getline(text, line);) {
    const std::size_t what = line.find(": ");
    const std::size_t from = line.find(order);
    const std::size_t weaker = line.find(to);
    if (weaker == std::string::npos) continue;
    words.push_back(line.substr(what + 2, from - what - 2) + " " +
                    line.substr(from + order.size(), weaker - from - order.size()) + " -> " +
                    line.substr(weaker + to.size()));
  }
  return words;
}

TEST(Advise, NamesOrdersThatTheAlgorithmsDoNotNeedAndNoOthers) {
  for (const algorithms::algorithm& of : algorithms::all()) {
    if (of.is == algorithms::wrong) continue;
    const auto advice = heddle::advise(small_tests(), of.body);
    EXPECT_TRUE(advice.complete && advice.passes) << of.name << "\n" << advice.text();
    const auto known = spare.find(of.name);
    EXPECT_EQ(words_of(advice), known != spare.end() ? known->second : std::vector<std::string>{})
        << of.name;
    EXPECT_TRUE(of.is != algorithms::too_strong || !advice.changes.empty()) << of.name;
  }
}

TEST(Advise, RepairsWrongAlgorithms) {
  for (const algorithms::algorithm& of : algorithms::all()) {
    if (of.is != algorithms::wrong) continue;
    const auto advice = heddle::advise(small_tests(), of.body);
    EXPECT_TRUE(advice.complete && !advice.passes) << of.name << "\n" << advice.text();
    EXPECT_FALSE(advice.changes.empty()) << of.name << "\n" << advice.text();
  }
}

}  // namespace
