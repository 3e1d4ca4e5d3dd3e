// SPDX-License-Identifier: MIT
// Worked programs in which threads meet: barriers, latches, a starting signal.
#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "every_execution.hpp"

namespace {

using namespace heddle::threading;
using heddle::failure_kind;
using worked::fails;
using worked::holds;
using worked::results;

// Each worker leaves its result; the main thread, a party too, adds them up when all are there.
int gathered(bool main_is_a_party) {
  barrier all_there(3);
  heddle::var<int> parts[2];
  const auto work = [&](int i) {
    parts[i].store(10 + i);
    all_there.wait();
  };
  thread a([&] { work(0); });
  thread b([&] { work(1); });
  a.start();
  b.start();
  if (main_is_a_party) all_there.wait();
  const int sum = parts[0].load() + parts[1].load();
  a.join();
  b.join();
  return sum;
}

TEST(Results, AreGatheredAtABarrier) {
  EXPECT_EQ(results([] { return gathered(true); }), std::set<int>{21});
}

TEST(Results, AreNotThereWithoutTheBarrier) {
  fails(failure_kind::data_race, [] { (void)gathered(false); });
}

// Two rounds: the numbers are given out once each, the action runs once a round, before anybody
// goes on.
TEST(Rounds, HaveAnActionAndANumberForEveryParty) {
  const auto seen = results([] {
    heddle::var<int> rounds = 0;
    barrier meeting(2, [&] { rounds.store(rounds.load() + 1); });
    int numbers[2][2];
    const auto take_part = [&](int me) {
      for (int round = 0; round < 2; ++round) {
        numbers[me][round] = meeting.wait();
        heddle::check(rounds.load() > round, "released before the action ran");
      }
    };
    thread other([&] { take_part(1); });
    other.start();
    take_part(0);
    other.join();
    heddle::check(rounds.load() == 2, "an action for each round");
    for (int round = 0; round < 2; ++round) {
      heddle::check(numbers[0][round] + numbers[1][round] == 1, "0 and 1, once each");
    }
    return std::pair(numbers[0][0], numbers[0][1]);
  });
  EXPECT_EQ(seen, (std::set<std::pair<int, int>>{{0, 0}, {0, 1}, {1, 0}, {1, 1}}));
}

// The main thread waits until all workers are ready.
void open_latch(int count) {
  countdown_latch ready(count);
  heddle::var<int> set_up[3];
  const auto work = [&](int i) {
    set_up[i].store(1);
    ready.count_down();
  };
  thread a([&] { work(0); });
  thread b([&] { work(1); });
  thread c([&] { work(2); });
  for (thread* each : {&a, &b, &c}) each->start();
  ready.wait();
  const int sum = set_up[0].load() + set_up[1].load() + set_up[2].load();
  for (thread* each : {&a, &b, &c}) each->join();
  heddle::check(sum == 3, "open before everybody was ready");
}

TEST(Latch, IsOpenedByAllWorkers) {
  holds([] { open_latch(3); });
}

TEST(Latch, CountedTooLowOpensTooEarly) {
  fails(failure_kind::data_race, [] { open_latch(2); });
}

TEST(Latch, CountedTooHighNeverOpens) {
  fails(failure_kind::deadlock, [] { open_latch(4); });
}

// Workers that are started, and begin when they are told.
TEST(StartingSignal, LetsNobodyBeginBefore) {
  holds([] {
    event go;
    heddle::var<bool> given = false;
    counter began;
    const auto work = [&] {
      go.wait();
      heddle::check(given.load(), "a false start");
      began.increment();
    };
    thread a(work);
    thread b(work);
    a.start();
    b.start();
    heddle::check(began.value() == 0, "a false start");
    given.store(true);
    go.set();
    a.join();
    b.join();
    heddle::check(began.value() == 2, "somebody did not begin");
  });
}

// set() wakes those who wait, even if clear() follows at once; who comes later waits.
TEST(Pulse, WakesWhoWaitsAtThatMoment) {
  const auto seen = results([] {
    event pulse;
    bool woken = false;
    thread waiter([&] { woken = pulse.wait_for(std::chrono::seconds(1)); });
    waiter.start();
    pulse.set();
    pulse.clear();
    waiter.join();
    return woken;
  });
  EXPECT_EQ(seen, (std::set<bool>{false, true}));
}

// Phases of a computation on two halves: each reads what the other wrote in the phase before.
void game_of_two(bool with_barrier) {
  barrier phase(2);
  heddle::var<int> cells[2] = {1, 2};
  const auto evolve = [&](int me) {
    const int seen = cells[1 - me].load();
    if (with_barrier) phase.wait();
    cells[me].store(cells[me].load() + seen);
    if (with_barrier) phase.wait();
    heddle::check(cells[1 - me].load() == 3, "not the sum");
  };
  thread other([&] { evolve(1); });
  other.start();
  thread first([&] { evolve(0); });
  first.start();
  first.join();
  other.join();
}

TEST(Phases, AreKeptApartByABarrier) {
  holds([] { game_of_two(true); });
}

TEST(Phases, RunIntoEachOtherWithoutIt) {
  fails([] { game_of_two(false); });
}

}  // namespace
