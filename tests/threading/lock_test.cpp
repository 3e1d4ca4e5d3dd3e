// SPDX-License-Identifier: MIT
#include <stdexcept>

#include "threading/explored.hpp"

namespace {

using namespace explored;  // NOLINT(google-build-using-namespace)

TEST(Rule12, ALockHasNoOwner) {
  always_passes([] {
    th::lock gate;
    gate.acquire();
    th::thread other([&] { gate.release(); });
    other.start();
    gate.acquire();  // released by the other thread
    other.join();
    heddle::check(gate.locked());
    gate.release();
    heddle::check(!gate.locked());
    heddle::check(is_refused([&] { gate.release(); }));
  });
}

TEST(Rule12, EveryFormSaysWhetherItWasAcquired) {
  EXPECT_EQ(results(
                [] {
                  th::lock gate;
                  gate.acquire();
                  heddle::check(!gate.try_acquire());
                  th::thread other([&] { gate.release(); });
                  other.start();
                  const bool got = gate.acquire_for(1s);
                  other.join();
                  if (got) gate.release();
                  return got;
                },
                1),
            (std::set<bool>{false, true}));
}

// Two threads of one section each: who comes first is the only choice.
TEST(Rule12, ExcludesEachOther) {
  int executions = 0;
  always_passes([&] {
    ++executions;
    th::lock gate;
    heddle::var<int> inside{0};
    th::thread other([&] {
      th::guard hold(gate);
      inside.store(inside.load() + 1);
    });
    other.start();
    {
      th::guard hold(gate);
      inside.store(inside.load() + 1);
    }
    other.join();
    heddle::check(inside.load() == 2);
  });
  heddle::options how = by("dpor");
  EXPECT_EQ(heddle::explore(how,
                            [] {
                              th::lock gate;
                              th::thread other([&] { th::guard hold(gate); });
                              other.start();
                              { th::guard hold(gate); }
                              other.join();
                            })
                .complete,
            2);
}

TEST(Rule13, AReentrantLockCounts) {
  always_passes([] {
    th::reentrant_lock gate;
    gate.acquire();
    gate.acquire();
    heddle::check(gate.try_acquire() && gate.is_owned());
    bool taken = true;
    th::thread other([&] {
      taken = gate.try_acquire();
      heddle::check(is_refused([&] { gate.release(); }), "only the owner releases");
    });
    other.start();
    other.join();
    heddle::check(!taken);
    gate.release();
    gate.release();
    heddle::check(gate.is_owned());
    gate.release();
    heddle::check(!gate.is_owned() && is_refused([&] { gate.release(); }));
  });
}

int factorial(th::reentrant_lock& gate, int of) {
  th::guard hold(gate);
  return of < 2 ? 1 : of * factorial(gate, of - 1);
}

TEST(Rule13, NeededByRecursion) {
  always_passes([] {
    th::reentrant_lock gate;
    th::thread other([&] { heddle::check(factorial(gate, 3) == 6); });
    other.start();
    heddle::check(factorial(gate, 3) == 6);
    other.join();
  });
}

TEST(Rule13, ATimedAcquireEndsEitherWay) {
  EXPECT_EQ(results(
                [] {
                  th::reentrant_lock gate;
                  th::thread other([&] { th::guard hold(gate); });
                  other.start();
                  const bool got = gate.acquire_for(1ms);
                  if (got) gate.release();
                  other.join();
                  return got;
                },
                1),
            (std::set<bool>{false, true}));
}

TEST(Rule14, GuardsReleaseOnEveryWayOut) {
  always_passes([] {
    th::lock gate;
    const auto leave = [&](int how) {
      th::guard hold(gate);
      if (how == 0) return;
      if (how == 1) throw std::runtime_error("on the way");
    };
    for (int how = 0; how < 3; ++how) {
      try {
        leave(how);
      } catch (const std::runtime_error&) {
      }
      heddle::check(!gate.locked());
    }
  });
}

TEST(Rule14, ALockStillHeldAtTheEndIsReported) {
  std::string text;
  EXPECT_EQ(failure(
                [] {
                  th::lock gate;
                  gate.acquire();
                },
                &text),
            "leak");
  EXPECT_NE(text.find("ended without unlocking"), std::string::npos) << text;
  EXPECT_EQ(failure([] {
              th::reentrant_lock gate;
              gate.acquire();
            }),
            "misuse");
}

TEST(Rule15, LocksInOneOrderDoNotMeetInADeadlock) {
  const auto body = [](bool ordered) {
    return [ordered] {
      th::lock a;
      th::lock b;
      const auto both = [](th::lock& first, th::lock& second) {
        th::guard one(first);
        th::guard two(second);
      };
      th::thread other([&] { ordered ? both(a, b) : both(b, a); });
      other.start();
      both(a, b);
      other.join();
    };
  };
  always_passes(body(true));
  std::string text;
  EXPECT_EQ(failure(body(false), &text), "deadlock");
  EXPECT_NE(text.find("acquire"), std::string::npos) << text;
}

TEST(Rule15, OrAllAtOnceWithNoOrderOfOnesOwn) {
  always_passes([] {
    th::lock a;
    th::reentrant_lock b;
    heddle::var<int> both{0};
    th::thread other([&] {
      th::guard_all hold(b, a);
      both.store(both.load() + 1);
    });
    other.start();
    {
      th::guard_all hold(a, b);
      both.store(both.load() + 1);
    }
    other.join();
    heddle::check(both.load() == 2 && !a.locked() && !b.is_owned());
  });
}

TEST(Rule15, AllOrNoneWhereOneRefuses) {
  always_passes([] {
    struct refusing {
      static std::uint64_t rank() { return ~std::uint64_t{0}; }
      static void acquire(heddle::location) { throw std::runtime_error("never"); }
      static void release(heddle::location) {}
    };
    th::lock a;
    refusing never;
    bool refused = false;
    try {
      th::guard_all hold(never, a);
    } catch (const std::runtime_error&) {
      refused = true;
    }
    heddle::check(refused && !a.locked());
  });
}

TEST(Rule16, ASpinLockInAllItsForms) {
  EXPECT_EQ(results([] {
              th::spin_lock gate;
              heddle::var<int> inside{0};
              th::thread other([&] {
                th::guard hold(gate);
                inside.store(inside.load() + 1);
              });
              other.start();
              const bool got = gate.acquire_within(2);
              if (got) {
                inside.store(inside.load() + 1);
                gate.release();
              }
              other.join();
              return got;
            }),
            (std::set<bool>{false, true}));
  always_passes([] {
    th::spin_lock gate;
    gate.acquire();
    heddle::check(!gate.try_acquire() && !gate.acquire_for(1s));
    heddle::check(gate.locked());
    gate.release();
  });
}

TEST(Rule16, WorkIsDoneWhileWaiting) {
  const auto of = heddle::explore(by("dfs"), [] {
    th::spin_lock gate;
    gate.acquire();
    th::thread other([&] { gate.release(); });
    other.start();
    int worked = 0;
    gate.acquire_while([&] {
      ++worked;
      th::yield();
    });
    gate.release();
    other.join();
  });
  EXPECT_TRUE(of.passed()) << of.text();
}

}  // namespace
