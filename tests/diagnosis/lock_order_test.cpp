// SPDX-License-Identifier: MIT
// Deadlocks predicted from executions that pass, and confirmed before they are called so.
#include <gtest/gtest.h>

#include <heddle/threading.hpp>

#include "corpus.hpp"
#include "explorers/golden.hpp"
#include "explorers/quiet_options.hpp"

namespace {

namespace th = heddle::threading;
using heddle::lock_guard;
using heddle::mutex;

// One execution, the boring one: each thread runs to its end before the next one begins.
class boring final : public heddle::sched::explorer {
 public:
  bool begin_execution() override { return !std::exchange(done_, true); }
  std::uint32_t choose(const heddle::sched::choice&) override { return 0; }
  [[nodiscard]] heddle::coverage claim() const override { return heddle::coverage::sampled; }

 private:
  bool done_ = false;
};

template <class Body>
heddle::report explored_once(const Body& body) {
  boring decide;
  heddle::options how = quiet("boring");
  how.predict = true;
  return heddle::explore(how, decide, body);
}

void expect_deadlock(const heddle::report& of) {
  ASSERT_TRUE(of.failure) << of.text();
  EXPECT_EQ(of.failure->kind, heddle::failure_kind::deadlock) << of.text();
  EXPECT_EQ(of.failure->situation, "lock cycle");
  EXPECT_TRUE(of.failure->reproduced);
  EXPECT_TRUE(of.warnings.empty());
  EXPECT_EQ(sum_of_classes(of), of.executions);
  EXPECT_EQ(of.deadlocked, 1);
  EXPECT_NE(of.text().find("predicted"), std::string::npos) << of.text();
}

void expect_silence(const heddle::report& of) {
  EXPECT_TRUE(of.passed()) << of.text();
  EXPECT_TRUE(of.warnings.empty()) << of.text();
  EXPECT_EQ(of.executions, 1);
}

void abba() {
  mutex a;
  mutex b;
  corpus::together(
      [&] {
        lock_guard first(a);
        lock_guard second(b);
      },
      [&] {
        lock_guard first(b);
        lock_guard second(a);
      });
}

TEST(LockOrder, InvertedByTwoThreadsIsConfirmedAndReplays) {
  const heddle::report found = explored_once(abba);
  expect_deadlock(found);
  const heddle::report again = heddle::replay(found.failure->schedule, abba, quiet());
  ASSERT_TRUE(again.failure);
  EXPECT_EQ(again.failure->message, found.failure->message);
}

void toolkit_locks(bool under_a_third) {
  th::lock gate;
  th::lock left;
  th::lock right;
  const auto both = [&](th::lock& first, th::lock& second) {
    if (under_a_third) gate.acquire();
    {
      th::guard one(first);
      th::guard other(second);
    }
    if (under_a_third) gate.release();
  };
  th::thread one({.name = "one"}, [&] { both(left, right); });
  th::thread two({.name = "two"}, [&] { both(right, left); });
  one.start();
  two.start();
  one.join();
  two.join();
}

TEST(LockOrder, OfTheToolkitIsConfirmed) {
  expect_deadlock(explored_once([] { toolkit_locks(false); }));
  expect_silence(explored_once([] { toolkit_locks(true); }));
}

TEST(LockOrder, IsToldInFull) {
  stand_at_the_source_root();
  expect_golden("corpus/predicted_abba", without_times(explored_once(abba).text()));
  expect_golden("corpus/predicted_toolkit_locks",
                without_times(explored_once([] { toolkit_locks(false); }).text()));
}

TEST(LockOrder, OfARingOfFourIsConfirmed) {
  expect_deadlock(explored_once([] {
    mutex fork[4];
    const auto eat = [&](int i) {
      lock_guard left(fork[i]);
      lock_guard right(fork[(i + 1) % 4]);
    };
    corpus::together([&] { eat(0); }, [&] { eat(1); }, [&] { eat(2); }, [&] { eat(3); });
  }));
}

TEST(LockOrder, OfReadersAndWritersIsConfirmed) {
  expect_deadlock(explored_once([] {
    heddle::shared_mutex a;
    heddle::shared_mutex b;
    corpus::together(
        [&] {
          a.lock_shared();
          b.lock();
          b.unlock();
          a.unlock_shared();
        },
        [&] {
          b.lock_shared();
          a.lock();
          a.unlock();
          b.unlock_shared();
        });
  }));
}

TEST(LockOrder, InTheMidstOfOtherWorkIsConfirmed) {
  expect_deadlock(explored_once([] {
    mutex a;
    mutex b;
    heddle::atomic<int> noise{0};
    const auto work = [&](mutex& first, mutex& second) {
      for (int i = 0; i < 50; ++i) noise.fetch_add(1);
      lock_guard one(first);
      noise.fetch_add(1);
      lock_guard two(second);
      for (int i = 0; i < 50; ++i) noise.fetch_add(1);
    };
    corpus::together([&] { work(a, b); }, [&] { work(b, a); });
  }));
}

TEST(LockOrder, UnderAGateIsNoDeadlock) {
  expect_silence(explored_once([] {
    mutex gate;
    mutex a;
    mutex b;
    corpus::together(
        [&] {
          lock_guard through(gate);
          lock_guard first(a);
          lock_guard second(b);
        },
        [&] {
          lock_guard through(gate);
          lock_guard first(b);
          lock_guard second(a);
        });
  }));
}

TEST(LockOrder, OfThreadsOneAfterTheOtherIsNoDeadlock) {
  expect_silence(explored_once([] {
    mutex a;
    mutex b;
    heddle::thread one([&] {
      lock_guard first(a);
      lock_guard second(b);
    });
    one.join();
    heddle::thread two([&] {
      lock_guard first(b);
      lock_guard second(a);
    });
    two.join();
  }));
}

TEST(LockOrder, OfTheParentBeforeTheStartIsNoDeadlock) {
  expect_silence(explored_once([] {
    mutex a;
    mutex b;
    {
      lock_guard first(b);
      lock_guard second(a);
    }
    heddle::thread one([&] {
      lock_guard first(a);
      lock_guard second(b);
    });
    one.join();
  }));
}

TEST(LockOrder, WithATryLockIsNoDeadlock) {
  expect_silence(explored_once([] {
    mutex a;
    mutex b;
    corpus::together(
        [&] {
          lock_guard first(a);
          lock_guard second(b);
        },
        [&] {
          lock_guard first(b);
          if (a.try_lock()) a.unlock();
        });
  }));
}

TEST(LockOrder, OfReadersOnlyIsNoDeadlock) {
  expect_silence(explored_once([] {
    heddle::shared_mutex a;
    heddle::shared_mutex b;
    corpus::together(
        [&] {
          a.lock_shared();
          b.lock_shared();
          b.unlock_shared();
          a.unlock_shared();
        },
        [&] {
          b.lock_shared();
          a.lock_shared();
          a.unlock_shared();
          b.unlock_shared();
        });
  }));
}

// A flag orders the two, which a prediction from locks alone does not see.
TEST(LockOrder, ThatCannotBeConfirmedIsAWarning) {
  const heddle::report found = explored_once([] {
    mutex a;
    mutex b;
    heddle::atomic<bool> done{false};
    corpus::together(
        [&] {
          {
            lock_guard first(a);
            lock_guard second(b);
          }
          done.store(true);
          heddle::point();
        },
        [&] {
          while (!done.load()) heddle::this_thread::yield();
          lock_guard first(b);
          lock_guard second(a);
        });
  });
  EXPECT_TRUE(found.passed()) << found.text();
  for (const std::string& warning : found.warnings) {
    EXPECT_NE(warning.find("different orders"), std::string::npos) << warning;
  }
  EXPECT_EQ(found.warnings.empty(), found.text().find("warning: ") == std::string::npos);
  EXPECT_FALSE(found.warnings.empty());
}

TEST(LockOrder, IsNotLookedAtWhereEverythingWasExplored) {
  std::int64_t bodies = 0;
  const heddle::report all = heddle::explore(quiet("dfs"), [&] {
    ++bodies;
    mutex a;
    lock_guard hold(a);
  });
  EXPECT_TRUE(all.passed());
  EXPECT_EQ(bodies, all.executions);
}

}  // namespace
