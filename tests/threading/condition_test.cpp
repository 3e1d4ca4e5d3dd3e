// SPDX-License-Identifier: MIT
#include "threading/explored.hpp"

namespace {

using namespace explored;  // NOLINT(google-build-using-namespace)

TEST(Rule17, HasItsOwnLockOrTheCallers) {
  always_passes([] {
    th::condition own;
    {
      th::guard hold(own);
      own.notify();
    }
    th::reentrant_lock gate;
    th::condition shared(gate);
    th::guard hold(gate);
    shared.notify_all();  // its lock is held
    heddle::check(is_refused([&] { own.notify(); }));
  });
}

TEST(Rule18, WaitGivesUpEveryLevelAndTakesThemBack) {
  always_passes([] {
    th::condition ready;
    heddle::var<bool> done{false};
    th::thread other([&] {
      th::guard hold(ready);
      done.store(true);
      ready.notify();
    });
    {
      th::guard one(ready);
      th::guard two(ready);
      other.start();
      ready.wait([&] { return done.load(); });
      ready.notify();  // still held: both levels are back
    }
    other.join();
    heddle::check(is_refused([&] { ready.notify(); }));
  });
}

TEST(Rule18, ATimedWaitSaysWhetherItWasNotified) {
  EXPECT_EQ(results(
                [] {
                  th::condition ready;
                  bool notified = false;
                  th::thread other([&] {
                    th::guard hold(ready);
                    ready.notify();
                  });
                  {
                    th::guard hold(ready);
                    other.start();
                    notified = ready.wait_for(1s);
                  }
                  other.join();
                  return notified;
                },
                1),
            (std::set<bool>{false, true}));
}

TEST(Rule18, ATimedWaitForAPredicateSaysWhatItSays) {
  EXPECT_EQ(results(
                [] {
                  th::condition ready;
                  bool done = false;
                  th::thread other([&] {
                    th::guard hold(ready);
                    done = true;
                    ready.notify_all();
                  });
                  other.start();
                  bool seen = false;
                  {
                    th::guard hold(ready);
                    seen = ready.wait_for(1s, [&] { return done; });
                    heddle::check(seen == done);
                  }
                  other.join();
                  return seen;
                },
                1),
            (std::set<bool>{false, true}));
}

// Three wait, two are woken, it is not known which; the third needs a notification of its own.
TEST(Rule19, NotifyWakesUpToNAndAnyOfThem) {
  EXPECT_EQ(results([] {
              th::condition ready;
              int waiting = 0;
              int woken = 0;
              int first = 0;
              std::vector<std::unique_ptr<th::thread>> threads;
              for (int i = 1; i <= 2; ++i) {
                threads.push_back(std::make_unique<th::thread>([&, i] {
                  th::guard hold(ready);
                  ++waiting;
                  ready.wait();
                  if (first == 0) first = i;
                  ++woken;
                  ready.notify();
                }));
                threads.back()->start();
              }
              for (;;) {
                th::guard hold(ready);
                if (waiting == 2) break;
                heddle::assume(false);  // an await: only executions in which both wait already
              }
              {
                th::guard hold(ready);
                ready.notify(1);
              }
              for (auto& each : threads) each->join();
              heddle::check(woken == 2);
              return first;
            }),
            (std::set<int>{1, 2}));
}

TEST(Rule19, WakingNobodyIsRememberedByNobody) {
  EXPECT_EQ(failure([] {
              th::condition ready;
              th::thread other([&] {
                th::guard hold(ready);
                ready.notify(3);
              });
              other.start();
              {
                th::guard hold(ready);
                ready.wait();
              }
              other.join();
            }),
            "missed notification");
}

TEST(Rule20, WaitAndNotifyNeedTheLock) {
  always_passes([] {
    th::condition ready;
    heddle::check(is_refused([&] { ready.wait(); }));
    heddle::check(is_refused([&] { (void)ready.wait_for(1s); }));
    heddle::check(is_refused([&] { ready.notify(); }));
    heddle::check(is_refused([&] { ready.notify_all(); }));
    heddle::check(is_refused([&] { ready.release(); }));
  });
}

// One item, two takers, each woken for it: without a loop the second finds nothing.
TEST(Rule21, AWaitWithoutALoopIsWrong) {
  const auto body = [](bool loop) {
    return [loop] {
      th::condition ready;
      int items = 0;
      const auto take = [&] {
        th::guard hold(ready);
        if (loop) {
          ready.wait([&] { return items > 0; });
        } else if (items == 0) {
          ready.wait();
        }
        heddle::check(items > 0, "woken for nothing");
        --items;
      };
      th::thread a(take);
      th::thread b(take);
      a.start();
      b.start();
      for (int i = 0; i < 2; ++i) {
        th::guard hold(ready);
        ++items;
        ready.notify_all();
      }
      a.join();
      b.join();
    };
  };
  EXPECT_EQ(failure(body(false)), "failed check");
  always_passes(body(true));
}

TEST(Rule21, AlsoBecauseOfSpuriousWakeUps) {
  heddle::options how = by("dpor");
  how.spurious = 1;
  const auto of = heddle::explore(how, [] {
    th::condition ready;
    bool done = false;
    th::thread other([&] {
      th::guard hold(ready);
      done = true;
      ready.notify();
    });
    other.start();
    {
      th::guard hold(ready);
      if (!done) ready.wait();
      heddle::check(done, "woken for nothing");
    }
    other.join();
  });
  EXPECT_FALSE(of.passed());
}

}  // namespace
