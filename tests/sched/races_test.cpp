// SPDX-License-Identifier: MIT
//
// Data races on plain variables: exact for each execution, by happens-before.
#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "search.hpp"

namespace {

using heddle::failure_kind;

bool is_race(const heddle::report& of) {
  return of.failure.has_value() && of.failure->kind == failure_kind::data_race;
}

// Every execution of two threads beside each other.
template <class First, class Second>
heddle::report beside(First first, Second second) {
  return heddle::explore(search::every_execution(), [&] {
    heddle::thread a(first);
    heddle::thread b(second);
    a.join();
    b.join();
  });
}

TEST(Race, OfTwoWritesIsFoundInTheOnlyExecution) {
  heddle::var<int> plain{0};
  const auto seen = beside([&] { plain.store(1); }, [&] { plain.store(2); });
  ASSERT_TRUE(is_race(seen)) << seen.text();
  EXPECT_EQ(seen.executions, 1);
  EXPECT_EQ(seen.failed, 1);
}

TEST(Race, NamesBothPlacesAndThreads) {
  heddle::location write;
  heddle::location read;
  heddle::var<int> plain{0};
  const auto seen = beside([&] { plain.store(1, write = heddle::location::current()); },
                           [&] { (void)plain.load(read = heddle::location::current()); });
  ASSERT_TRUE(is_race(seen)) << seen.text();
  EXPECT_EQ(seen.failure->cause.thread, 2U);
  EXPECT_EQ(seen.failure->cause.where.line, read.line);
  EXPECT_EQ(seen.failure->cause.other, 1U);
  EXPECT_EQ(seen.failure->cause.other_where.line, write.line);
}

TEST(Race, OfAReadAndALaterWriteIsFound) {
  heddle::var<int> plain{0};
  EXPECT_TRUE(is_race(beside([&] { (void)plain.load(); }, [&] { plain.store(1); })));
}

TEST(Race, NeedsAWrite) {
  heddle::var<int> plain{0};
  EXPECT_TRUE(search::clean(beside([&] { (void)plain.load(); }, [&] { (void)plain.load(); })));
}

TEST(Race, IsNoneBetweenDifferentVariables) {
  std::array<heddle::var<int>, 2> plain;
  EXPECT_TRUE(search::clean(beside([&] { plain[0] = 1; }, [&] { plain[1] = 1; })));
}

TEST(Race, IsNoneUnderAMutex) {
  heddle::mutex guard;
  heddle::var<int> plain{0};
  const auto add = [&] {
    const heddle::lock_guard lock(guard);
    ++plain;
  };
  EXPECT_TRUE(search::clean(beside(add, add)));
}

TEST(Race, IsFoundUnderDifferentMutexes) {
  heddle::mutex first;
  heddle::mutex second;
  heddle::var<int> plain{0};
  const auto seen = beside(
      [&] {
        const heddle::lock_guard lock(first);
        ++plain;
      },
      [&] {
        const heddle::lock_guard lock(second);
        ++plain;
      });
  EXPECT_TRUE(is_race(seen)) << seen.text();
  EXPECT_EQ(seen.failed, seen.executions);  // exact: it shows in every order
}

// The write precedes the unlock only in half of the executions' happens-before.
TEST(Race, IsFoundWhereTheMutexComesTooLate) {
  heddle::mutex guard;
  heddle::var<int> plain{0};
  const auto seen = beside(
      [&] {
        plain.store(1);
        const heddle::lock_guard lock(guard);
      },
      [&] {
        { const heddle::lock_guard lock(guard); }
        plain.store(2);
      });
  EXPECT_TRUE(is_race(seen)) << seen.text();
  EXPECT_GT(seen.complete, 0);  // the first thread's critical section came first
}

TEST(Race, IsNoneAcrossSpawnAndJoin) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::var<int> plain{0};
    plain = 1;
    heddle::thread child([&] { ++plain; });
    child.join();
    ++plain;
    heddle::thread second([&] { ++plain; });
    second.join();
    heddle::check(plain == 4, "all were counted");
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

TEST(Race, IsFoundBetweenAParentAndItsChild) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::var<int> plain{0};
    heddle::thread child([&] { plain = 1; });
    plain = 2;
    child.join();
  });
  EXPECT_TRUE(is_race(seen)) << seen.text();
}

TEST(Race, IsNoneAfterADetachedThreadSaidThatItIsDone) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::var<int> plain{0};
    heddle::atomic<bool> done{false};
    heddle::thread([&] {
      plain = 1;
      done.store(true);
    }).detach();
    while (!done.load()) {
    }
    plain = 2;
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

// Message passing: the reader looks at the data only if it saw the flag.
heddle::report message_passing(std::memory_order store, std::memory_order load) {
  return heddle::explore(search::every_execution(), [=] {
    heddle::var<int> data{0};
    heddle::atomic<int> flag{0};
    heddle::thread writer([&] {
      data.store(1);
      flag.store(1, store);
    });
    if (flag.load(load) == 1) heddle::check(data.load() == 1, "the data is there");
    writer.join();
  });
}

TEST(Race, IsNoneBehindAReleaseThatIsAcquired) {
  EXPECT_TRUE(search::clean(message_passing(std::memory_order_release, std::memory_order_acquire)));
  EXPECT_TRUE(search::clean(message_passing(std::memory_order_seq_cst, std::memory_order_seq_cst)));
}

TEST(Race, IsFoundBehindRelaxedAtomics) {
  EXPECT_TRUE(is_race(message_passing(std::memory_order_relaxed, std::memory_order_acquire)));
  EXPECT_TRUE(is_race(message_passing(std::memory_order_release, std::memory_order_relaxed)));
  EXPECT_TRUE(is_race(message_passing(std::memory_order_relaxed, std::memory_order_relaxed)));
}

// A release sequence: relaxed read-modify-writes of other threads pass the release on, stores end
// it.
heddle::report through_another(bool by_store) {
  return heddle::explore(search::every_execution(), [=] {
    heddle::var<int> data{0};
    heddle::atomic<int> flag{0};
    heddle::thread writer([&] {
      data.store(1);
      flag.store(1, std::memory_order_release);
    });
    heddle::thread between([&] {
      if (by_store) {
        if (flag.load(std::memory_order_relaxed) == 1) flag.store(2, std::memory_order_relaxed);
      } else {
        int expected = 1;
        flag.compare_exchange_strong(expected, 2, std::memory_order_relaxed);
      }
    });
    if (flag.load(std::memory_order_acquire) == 2) (void)data.load();
    writer.join();
    between.join();
  });
}

TEST(Race, IsNoneBehindAReleaseSequence) {
  const auto seen = through_another(false);
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

TEST(Race, IsFoundWhereAStoreOfAnotherThreadEndsTheReleaseSequence) {
  EXPECT_TRUE(is_race(through_another(true)));
}

// A failed compare-exchange only reads, with its failure order.
TEST(Race, HeedsTheFailureOrderOfACompareExchange) {
  const auto with = [](std::memory_order failure) {
    return heddle::explore(search::every_execution(), [=] {
      heddle::var<int> data{0};
      heddle::atomic<int> flag{0};
      heddle::thread writer([&] {
        data.store(1);
        flag.store(1, std::memory_order_release);
      });
      int expected = 7;
      flag.compare_exchange_strong(expected, 8, std::memory_order_seq_cst, failure);
      if (expected == 1) (void)data.load();
      writer.join();
    });
  };
  EXPECT_TRUE(search::clean(with(std::memory_order_acquire)));
  EXPECT_TRUE(is_race(with(std::memory_order_relaxed)));
}

// A notify alone orders nothing; the mutex that the waiter takes back does.
TEST(Race, IsNoneBehindAConditionAndItsMutex) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    heddle::condition_variable changed;
    heddle::var<bool> ready{false};
    heddle::thread other([&] {
      const heddle::lock_guard lock(guard);
      ready = true;
      changed.notify_one();
    });
    heddle::unique_lock lock(guard);
    changed.wait(lock, [&] { return ready.load(); });
    lock.unlock();
    other.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

TEST(Race, IsFoundBehindANotifyWithoutTheMutex) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    heddle::condition_variable changed;
    heddle::var<int> data{0};
    heddle::thread other([&] {
      data = 1;
      changed.notify_one();
    });
    heddle::unique_lock lock(guard);
    if (changed.wait_for(lock, std::chrono::seconds(1)) == heddle::cv_status::no_timeout) {
      (void)data.load();
    }
    lock.unlock();
    other.join();
  });
  EXPECT_TRUE(is_race(seen)) << seen.text();
}

// Many readers, of which only one is not ordered before the writer.
TEST(Race, OfOneReaderAmongManyWithTheWriterIsFound) {
  for (std::size_t rogue = 0; rogue <= 20; ++rogue) {
    const auto seen = heddle::explore(search::every_execution(), [=] {
      heddle::var<int> plain{0};
      std::vector<heddle::thread> readers;
      for (int i = 0; i < 20; ++i) readers.emplace_back([&] { (void)plain.load(); });
      for (std::size_t i = 0; i < readers.size(); ++i) {
        if (i != rogue) readers[i].join();
      }
      plain = 1;
      if (rogue < readers.size()) readers[rogue].join();
    });
    EXPECT_EQ(is_race(seen), rogue < 20) << rogue << seen.text();
    if (is_race(seen)) {
      EXPECT_EQ(seen.failure->cause.other, rogue + 1);
    }
  }
}

TEST(Race, IsNotReportedAgainAcrossExecutions) {
  heddle::var<int> plain{0};  // outlives them; the next execution comes after the last
  const auto seen = heddle::explore(search::every_execution(), [&] {
    plain = 1;
    heddle::thread other([&] {
      heddle::point();
      plain = 2;
    });
    heddle::point();
    other.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_EQ(seen.executions, 2);
}

TEST(Race, IsNotLookedForWhenSwitchedOff) {
  heddle::var<int> plain{0};
  heddle::options how = search::every_execution();
  how.races = heddle::races::off;
  const auto seen = heddle::explore(how, [&] {
    heddle::thread other([&] { plain = 1; });
    plain = 2;
    other.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

}  // namespace
