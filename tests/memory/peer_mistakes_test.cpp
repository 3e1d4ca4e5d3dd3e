// SPDX-License-Identifier: MIT
//
// What other tools have got wrong, each as a test.
#include <gtest/gtest.h>

#include "axioms.hpp"
#include "runner.hpp"

namespace litmus {
namespace {

using heddle::atomic;
using heddle::thread;
using heddle::var;
constexpr auto relaxed = heddle::memory_order_relaxed;
constexpr auto acquire = heddle::memory_order_acquire;
constexpr auto release = heddle::memory_order_release;
constexpr auto seq_cst = heddle::memory_order_seq_cst;

std::set<outcome> outcomes_of(const char* text) {
  const auto found = explore(program(text), every_execution("dpor"));
  EXPECT_EQ(found.report.coverage, heddle::coverage::exhaustive);
  EXPECT_EQ(difference(found.values(), enumerate(program(text), model::cxx).outcomes), "");
  return found.values();
}

std::string kind_of(void (*body)()) {
  heddle::options how = every_execution("dpor");
  const heddle::report found = heddle::explore(how, body);
  if (found.failure) return std::string(to_string(found.failure->kind));
  EXPECT_EQ(found.coverage, heddle::coverage::exhaustive) << found.text();
  return "none";
}

void fence(heddle::memory_order order) { heddle::atomic_thread_fence(order, heddle::location{}); }

// Seq_cst operations taken for acquire and release ones: a false alarm in store buffering.
TEST(PeerMistakes, SeqCstOperationsAreMoreThanAcquireAndRelease) {
  const outcome both_zero = {0, 0, 1, 1};
  EXPECT_EQ(outcomes_of("W x 1 sc; R y sc || W y 1 sc; R x sc").count(both_zero), 0U);
  EXPECT_EQ(outcomes_of("W x 1 rel; R y acq || W y 1 rel; R x acq").count(both_zero), 1U);
}

// Seq_cst fences that synchronise with each other hide data races.
TEST(PeerMistakes, SeqCstFencesAloneOrderNoData) {
  EXPECT_EQ(kind_of([] {
              var<int> data{0};
              thread one([&] {
                data.store(1);
                fence(seq_cst);
              });
              thread two([&] {
                fence(seq_cst);
                (void)data.load();
              });
              one.join();
              two.join();
            }),
            "data race");
}

// An acquire fence that acquires what anybody has seen, not what its own thread has read.
TEST(PeerMistakes, AcquireFencesAcquireWhatTheirThreadHasRead) {
  EXPECT_EQ(kind_of([] {
              var<int> data{0};
              atomic<int> flag{0};
              thread writer([&] {
                data.store(1);
                flag.store(1, release);
              });
              thread other([&] { (void)flag.load(acquire); });
              thread reader([&] {
                fence(acquire);
                (void)data.load();
              });
              writer.join();
              other.join();
              reader.join();
            }),
            "data race");
}

// Fences that synchronise although neither side's access does: a false alarm where that is missed.
TEST(PeerMistakes, FencesSynchroniseThroughRelaxedAccesses) {
  EXPECT_EQ(kind_of([] {
              var<int> data{0};
              atomic<int> flag{0};
              thread writer([&] {
                data.store(1);
                fence(release);
                flag.store(1, relaxed);
              });
              thread reader([&] {
                const bool raised = flag.load(relaxed) == 1;
                fence(seq_cst);
                if (raised) (void)data.load();
              });
              writer.join();
              reader.join();
            }),
            "none");
}
// ... and readers that are counted with relaxed operations between full fences: see also left-right
// among the algorithms.
TEST(PeerMistakes, ReadersThatAreCountedBetweenFullFencesRaceWithNobody) {
  EXPECT_EQ(kind_of([] {
              var<int> data{0};
              atomic<int> gone{0};
              atomic<int> readers{0};
              thread writer([&] {
                gone.store(1, release);
                fence(seq_cst);
                if (readers.load(relaxed) != 0) return;
                fence(acquire);
                data.store(1);
              });
              thread reader([&] {
                readers.fetch_add(1, relaxed);
                fence(seq_cst);
                if (gone.load(acquire) == 0) (void)data.load();
                readers.fetch_sub(1, release);
              });
              writer.join();
              reader.join();
            }),
            "none");
}

// Modification order taken for the order of execution; failing compare-exchanges that always see
// the newest value; histories of three stores.
TEST(PeerMistakes, StoresMayGoBeforeOthersInModificationOrder) {
  EXPECT_EQ(outcomes_of("W x 1 rlx; W y 2 rlx || W y 1 rlx; W x 2 rlx").count({1, 1}), 1U);
}
TEST(PeerMistakes, FailingCompareExchangesMayReadOldStores) {
  const char* const text = "W x 1 rlx; W y 1 rlx || R y rlx; CAS x 1 2 rlx rlx";
  EXPECT_EQ(outcomes_of(text).count({1, 0, 1, 1}), 1U);
}
TEST(PeerMistakes, EveryStoreIsRemembered) {
  const auto seen = outcomes_of(
      "W x 1 rlx; W x 2 rlx; W x 3 rlx; W x 4 rlx; W x 5 rlx; W y 1 rlx || R y rlx; R x rlx");
  for (int value = 0; value <= 5; ++value) EXPECT_EQ(seen.count({1, value, 5, 1}), 1U) << value;
}

// More stores than a small number can count, in two objects.
TEST(PeerMistakes, ManyStoresKeepTheirOrder) {
  heddle::options how = every_execution("random");
  how.executions = 3;
  const heddle::report found = heddle::explore(how, [] {
    constexpr int stores = 70'000;
    atomic<int> x{0};
    thread writer([&] {
      for (int i = 1; i <= stores; ++i) x.store(i, relaxed);
    });
    int last = 0;
    for (int i = 0; i < 100; ++i) {
      const int seen = x.load(relaxed);
      heddle::check(seen >= last, "coherence");
      last = seen;
    }
    writer.join();
    heddle::check(x.load(relaxed) == stores, "the last store is the newest");
  });
  EXPECT_TRUE(found.passed()) << found.text();
}

// A release sequence that a later plain store of the same thread continues: so before C++20.
TEST(PeerMistakes, LaterStoresOfTheSameThreadDoNotContinueAReleaseSequence) {
  EXPECT_EQ(kind_of([] {
              var<int> data{0};
              atomic<int> flag{0};
              thread writer([&] {
                data.store(1);
                flag.store(1, release);
                flag.store(2, relaxed);
              });
              thread reader([&] {
                if (flag.load(acquire) == 2) (void)data.load();
              });
              writer.join();
              reader.join();
            }),
            "data race");
}
// ... and the mark of a release that leaks to a relaxed store of another object.
TEST(PeerMistakes, AReleaseStoreReleasesForItsOwnObjectOnly) {
  EXPECT_EQ(kind_of([] {
              var<int> data{0};
              atomic<int> first{0};
              atomic<int> second{0};
              thread writer([&] {
                data.store(1);
                first.store(1, release);
                second.store(1, relaxed);
              });
              thread reader([&] {
                if (second.load(acquire) == 1) (void)data.load();
              });
              writer.join();
              reader.join();
            }),
            "data race");
}
TEST(PeerMistakes, ReadModifyWritesOfOthersContinueAReleaseSequence) {
  EXPECT_EQ(kind_of([] {
              var<int> data{0};
              atomic<int> flag{0};
              thread writer([&] {
                data.store(1);
                flag.store(1, release);
              });
              thread passer([&] { flag.fetch_add(1, relaxed); });
              thread reader([&] {
                if (flag.load(acquire) == 2) (void)data.load();
              });
              writer.join();
              passer.join();
              reader.join();
            }),
            "none");
}

// The C++20 rules for seq_cst loads of relaxed stores, and for fences (P0668).
TEST(PeerMistakes, SeqCstLoadsOfRelaxedStoresAreOrdered) {
  const auto seen = outcomes_of("W x 1 rlx || R x sc; R y sc || R y sc; R x sc || W y 1 rlx");
  EXPECT_EQ(seen.count({1, 0, 1, 0, 1, 1}), 0U);
}
TEST(PeerMistakes, TheOrderOfSeqCstOperationsIsNotTheOrderOfExecution) {
  const auto seen = outcomes_of("W x 1 sc; W y 1 rlx || R y rlx; R x sc");
  EXPECT_EQ(seen.count({1, 0, 1, 1}), 1U);
}

// Who wakes whom, orders nothing, whether one is woken or all are.
TEST(PeerMistakes, NotifyAllOrdersNoMoreThanNotifyOne) {
  const auto woken = [](bool all) {
    const auto found = heddle::outcomes(every_execution("dpor"), [all] {
      atomic<int> flag{0};
      atomic<int> data{0};
      thread writer([&] {
        data.store(1, relaxed);
        flag.store(1, relaxed);
        all ? flag.notify_all() : flag.notify_one();
      });
      flag.wait(0, relaxed);
      const int seen = data.load(relaxed);
      writer.join();
      return seen;
    });
    EXPECT_EQ(found.report.coverage, heddle::coverage::exhaustive) << found.report.text();
    return found.values();
  };
  EXPECT_EQ(woken(false), (std::set<int>{0, 1}));
  EXPECT_EQ(woken(true), (std::set<int>{0, 1}));
}

// Timeouts, spurious wake-ups and yields that change nothing in what is explored.
TEST(PeerMistakes, TimeoutsSpuriousWakeUpsAndYieldsAreExplored) {
  heddle::options how = every_execution("dfs");
  how.rereads = 2;
  how.spurious = 1;
  const auto found = heddle::outcomes(how, [] {
    heddle::mutex lock;
    heddle::condition_variable ready;
    atomic<int> flag{0};
    bool notified = false;
    thread other([&] {
      heddle::this_thread::yield();
      heddle::lock_guard guard(lock);
      flag.store(1, relaxed);
      notified = true;
      ready.notify_one();
    });
    std::string seen;
    {
      heddle::unique_lock guard(lock);
      const auto result = ready.wait_for(guard, std::chrono::seconds(1));
      seen = result == heddle::cv_status::timeout ? "timeout" : notified ? "notified" : "spurious";
      seen += std::to_string(flag.load(relaxed));
    }
    other.join();
    return seen;
  });
  EXPECT_EQ(found.values(),
            (std::set<std::string>{"notified1", "spurious0", "timeout0", "timeout1"}));
}

// What is left out, and documented: nothing is read before it is written.
TEST(LoadBuffering, IsNotModelled) {
  EXPECT_EQ(outcomes_of("R x rlx; W y 1 rlx || R y rlx; W x 1 rlx").count({1, 1, 1, 1}), 0U);
}

}  // namespace
}  // namespace litmus
