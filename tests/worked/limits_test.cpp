// SPDX-License-Identifier: MIT
// Worked programs that let only so many in: downloads, connections, a rendezvous, a spin lock.
#include <algorithm>
#include <utility>
#include <vector>

#include "every_execution.hpp"

namespace {

using namespace heddle::threading;
using heddle::failure_kind;
using worked::fails;
using worked::holds;
using worked::results;

// The most downloads that run at the same time, of three.
int downloads_at_a_time(int permits) {
  semaphore allowed(permits);
  lock count_lock;
  heddle::var<int> running = 0;
  heddle::var<int> most = 0;
  const auto change = [&](int by) {
    guard hold(count_lock);
    running.store(running.load() + by);
    most.store(std::max(most.load(), running.load()));
  };
  const auto download = [&] {
    guard hold(allowed);
    change(1);
    change(-1);
  };
  thread a(download);
  thread b(download);
  thread c(download);
  for (thread* each : {&a, &b, &c}) each->start();
  for (thread* each : {&a, &b, &c}) each->join();
  heddle::check(running.load() == 0, "one still runs");
  return most.load();
}

TEST(Downloads, AreLimitedByASemaphore) {
  EXPECT_EQ(results([] { return downloads_at_a_time(2); }), (std::set<int>{1, 2}));
  EXPECT_EQ(results([] { return downloads_at_a_time(1); }), (std::set<int>{1}));
}

// Connections that are lent: none is in two hands, and all come back.
TEST(ConnectionPool, LendsEachConnectionOnce) {
  holds([] {
    bounded_semaphore free(2);
    lock free_lock;
    heddle::var<std::vector<int>> connections{std::vector<int>{0, 1}};
    heddle::var<int> uses[2];
    const auto work = [&] {
      guard permit(free);
      int mine = 0;
      {
        guard hold(free_lock);
        heddle::check(!connections.read().empty(), "a permit, and no connection");
        mine = connections.read().back();
        connections.write().pop_back();
      }
      uses[mine].store(uses[mine].load() + 1);  // a race if two had it
      guard hold(free_lock);
      connections.write().push_back(mine);
    };
    thread a(work);
    thread b(work);
    thread c(work);
    for (thread* each : {&a, &b, &c}) each->start();
    for (thread* each : {&a, &b, &c}) each->join();
    heddle::check(uses[0].load() + uses[1].load() == 3, "not everybody had one");
  });
}

// Two threads meet: what either did before, both see afterwards.
void rendezvous(bool tell_first) {
  semaphore here[2] = {semaphore(0), semaphore(0)};
  heddle::var<int> brought[2];
  const auto meet = [&](int me) {
    brought[me].store(1);
    if (tell_first) here[me].release();
    here[1 - me].acquire();
    if (!tell_first) here[me].release();
    heddle::check(brought[1 - me].load() == 1, "the other one has not come yet");
  };
  thread a([&] { meet(0); });
  thread b([&] { meet(1); });
  a.start();
  b.start();
  a.join();
  b.join();
}

TEST(Rendezvous, OfTwoSemaphores) {
  holds([] { rendezvous(true); });
}

TEST(Rendezvous, IsADeadlockWhenBothWaitFirst) {
  fails(failure_kind::deadlock, [] { rendezvous(false); });
}

// A thread that tries a limited number of times, does something else, and comes back.
TEST(SpinLock, IsTriedOnlySoOften) {
  const auto seen = results([] {
    spin_lock door;
    heddle::var<int> inside = 0;
    bool in_time = false;
    thread holder([&] {
      guard hold(door);
      inside.store(inside.load() + 1);
    });
    thread guest([&] {
      in_time = door.acquire_within(2);
      if (!in_time) return;
      inside.store(inside.load() + 1);
      door.release();
    });
    holder.start();
    guest.start();
    holder.join();
    guest.join();
    heddle::check(inside.load() == (in_time ? 2 : 1), "somebody is not counted");
    return in_time;
  });
  EXPECT_EQ(seen, (std::set<bool>{false, true}));
}

// Work that is done while waiting.
TEST(SpinLock, LeavesTimeForOtherWork) {
  const auto seen = results([] {
    spin_lock door;
    int other_work = 0;
    thread holder([&] { guard hold(door); });
    thread guest([&] {
      door.acquire_while([&] { other_work = 1; });
      door.release();
    });
    holder.start();
    guest.start();
    holder.join();
    guest.join();
    return other_work;
  });
  EXPECT_EQ(seen, (std::set<int>{0, 1}));
}

}  // namespace
