// SPDX-License-Identifier: MIT
#include <memory>
#include <stdexcept>
#include <vector>

#include "threading/explored.hpp"

namespace {

using namespace explored;  // NOLINT(google-build-using-namespace)

bool breaks(th::barrier& at) {
  try {
    at.wait();
  } catch (const th::broken_barrier_error&) {
    return true;
  }
  return false;
}

TEST(Rule25, EachNumberOncePerCycleAndTheActionBeforeAnybodyIsReleased) {
  EXPECT_EQ(results([] {
              int actions = 0;
              th::barrier gate(3, [&] { ++actions; });
              int sum = 0;
              std::string order;
              const auto party = [&](char name) {
                const int number = gate.wait();
                heddle::check(actions == 1, "released before the action");
                sum += 1 << number;
                if (number == 2) order = name;
              };
              th::thread a([&] { party('a'); });
              th::thread b([&] { party('b'); });
              a.start();
              b.start();
              party('m');  // the main thread is a party
              a.join();
              b.join();
              heddle::check(sum == 7);
              return order;  // who came first
            }),
            (std::set<std::string>{"a", "b", "m"}));
}

TEST(Rule25, CycleAfterCycle) {
  always_passes([] {
    th::barrier gate(2);
    th::counter passed;
    const auto party = [&] {
      for (int cycle = 1; cycle <= 2; ++cycle) {
        gate.wait();
        passed.increment();
        gate.wait();
        heddle::check(passed.value() >= 2 * cycle);
      }
    };
    th::thread other(party);
    other.start();
    party();
    other.join();
  });
}

TEST(Rule25, AMissingPartyHangs) {
  EXPECT_EQ(failure([] {
              th::barrier gate(3);
              th::thread other([&] { gate.wait(); });
              other.start();
              gate.wait();
            }),
            "deadlock");
}

TEST(Rule26, ATimeoutBreaksItForAll) {
  EXPECT_EQ(results(
                [] {
                  th::barrier gate(2);
                  bool other_broke = false;
                  th::thread other([&] { other_broke = breaks(gate); });
                  other.start();
                  bool broke = false;
                  try {
                    gate.wait_for(1s);
                  } catch (const th::broken_barrier_error&) {
                    broke = true;
                    heddle::check(gate.broken());
                  }
                  other.join();
                  heddle::check(broke == other_broke);
                  return broke;
                },
                1),
            (std::set<bool>{false, true}));
}

TEST(Rule26, TheDefaultTimeIsUsed) {
  always_passes([] {
    th::barrier gate(2, {}, 1s);
    heddle::check(breaks(gate) && gate.broken());
    heddle::check(breaks(gate), "a broken barrier breaks at once");
    gate.reset();
    heddle::check(!gate.broken() && gate.n_waiting() == 0 && gate.parties() == 2);
  });
}

TEST(Rule26, AbortAndResetTellThoseWhoWait) {
  for (const bool aborts : {false, true}) {
    EXPECT_EQ(results(
                  [aborts] {
                    th::barrier gate(2);
                    bool broke = false;
                    th::thread other([&] {
                      try {
                        gate.wait_for(1h);
                      } catch (const th::broken_barrier_error&) {
                        broke = true;
                      }
                    });
                    other.start();
                    const int waiting = gate.n_waiting();
                    aborts ? gate.abort() : gate.reset();
                    other.join();
                    heddle::check(broke, "told by the call, or by the time");
                    // A reset that came while the other waited has repaired it at once.
                    return 10 * waiting + gate.broken();
                  },
                  0),
              aborts ? (std::set<int>{1, 11}) : (std::set<int>{0, 1, 10}));
  }
}

TEST(Rule26, AnActionThatThrowsBreaksIt) {
  always_passes([] {
    th::barrier gate(2, [] { throw std::runtime_error("no"); });
    int broken = 0;
    int thrown = 0;
    const auto party = [&] {
      try {
        gate.wait();
      } catch (const th::broken_barrier_error&) {
        ++broken;
      } catch (const std::runtime_error&) {
        ++thrown;
      }
    };
    th::thread other(party);
    other.start();
    party();
    other.join();
    heddle::check(broken == 1 && thrown == 1 && gate.broken());
  });
}

TEST(Rule27, ALatchOpensAtZero) {
  EXPECT_EQ(results([] {
              th::countdown_latch gate(2);
              heddle::var<int> done{0};
              th::lock guard;
              const auto work = [&] {
                {
                  th::guard hold(guard);
                  done.store(done.load() + 1);
                }
                gate.count_down();
              };
              th::thread a(work);
              th::thread b(work);
              a.start();
              b.start();
              const int seen = gate.count();
              gate.wait();
              heddle::check(done.load() == 2);
              a.join();
              b.join();
              return seen;
            }),
            (std::set<int>{0, 1, 2}));
}

TEST(Rule27, ResetWhenOpenAndBelowZeroAsChosen) {
  always_passes([] {
    th::countdown_latch lenient(1);
    heddle::check(!lenient.wait_for(1ms));
    heddle::check(is_refused([&] { lenient.reset(2); }));
    lenient.count_down(5);
    heddle::check(lenient.count() == 0 && lenient.wait_for(0s));
    lenient.reset(2);
    heddle::check(lenient.count() == 2);
    th::countdown_latch strict(1, th::below_zero::error);
    heddle::check(is_refused([&] { strict.count_down(2); }));
    strict.count_down();
    heddle::check(is_refused([&] { strict.count_down(); }));
  });
}

TEST(Rule28, ACounterLosesNothing) {
  EXPECT_EQ(results([] {
              th::counter hits;
              const auto work = [&] { hits.increment(2); };
              th::thread a(work);
              th::thread b(work);
              a.start();
              b.start();
              a.join();
              b.join();
              hits.decrement();
              return hits.value();
            }),
            (std::set<std::int64_t>{3}));
}

TEST(Rule28, EachThreadSeesItsOwnValue) {
  always_passes([] {
    th::local<int> mine([] { return 7; });
    heddle::check(!mine.has_value());
    mine.set(1);
    th::thread other([&] {
      heddle::check(!mine.has_value() && *mine == 7);
      th::yield();
      *mine += 1;
      th::yield();
      heddle::check(*mine == 8);
    });
    other.start();
    th::yield();
    heddle::check(*mine == 1);
    other.join();
    heddle::check(*mine == 1);
  });
}

TEST(Rule28, AThreadsValueIsDestroyedWithIt) {
  always_passes([] {
    int alive = 0;
    struct counted {
      explicit counted(int& of) : alive(&of) { ++*alive; }
      counted(counted&& other) noexcept : alive(std::exchange(other.alive, nullptr)) {}
      counted& operator=(counted&&) = delete;
      ~counted() {
        if (alive != nullptr) --*alive;
      }
      int* alive;
    };
    th::local<counted> mine([&] { return counted(alive); });
    th::thread other([&] { heddle::check(*mine.value().alive == 1); });
    other.start();
    other.join();
    heddle::check(alive == 0, "the object lives on, the thread's value does not");
  });
}

}  // namespace
