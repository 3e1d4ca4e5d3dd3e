// SPDX-License-Identifier: MIT
// What the textbooks build from a condition: a bounded buffer, a semaphore, an event, a barrier, a
// latch, a lock for readers and writers. With a loop around every wait; and what an `if` does,
// where wake-ups are stolen or come without a cause.
#include <deque>
#include <vector>

#include "every_execution.hpp"

namespace {

using namespace heddle::threading;
using heddle::failure_kind;
using worked::fails;
using worked::holds;
using worked::results;

// `Loop` false: the mistake.
template <bool Loop, class Predicate>
void wait_until(condition& on, Predicate predicate) {
  if constexpr (Loop) {
    while (!predicate()) on.wait();
  } else {
    if (!predicate()) on.wait();
  }
}

heddle::options with_one_spurious_wake_up() {
  heddle::options how = worked::settings();
  how.spurious = 1;
  return how;
}

template <bool Loop>
class bounded_buffer {
 public:
  explicit bounded_buffer(std::size_t capacity) : capacity_(capacity) {}
  void put(int item) {
    guard hold(changed_);
    wait_until<Loop>(changed_, [&] { return items_.read().size() < capacity_; });
    heddle::check(items_.read().size() < capacity_, "put into a full buffer");
    items_.write().push_back(item);
    changed_.notify_all();
  }
  int take() {
    guard hold(changed_);
    wait_until<Loop>(changed_, [&] { return !items_.read().empty(); });
    heddle::check(!items_.read().empty(), "taken from an empty buffer");
    const int item = items_.read().front();
    items_.write().pop_front();
    changed_.notify_all();
    return item;
  }

 private:
  condition changed_;
  heddle::var<std::deque<int>> items_;
  const std::size_t capacity_;
};

template <bool Loop>
void two_takers_one_putter() {
  bounded_buffer<Loop> buffer(1);
  heddle::atomic<int> sum = 0;
  const auto take = [&] { sum.fetch_add(buffer.take()); };
  thread a(take);
  thread b(take);
  thread putter([&] {
    buffer.put(1);
    buffer.put(2);
  });
  for (thread* each : {&a, &b, &putter}) each->start();
  for (thread* each : {&a, &b, &putter}) each->join();
  heddle::check(sum.load() == 3, "an item is lost, or was taken twice");
}

TEST(BoundedBufferByHand, HandsOverEveryItem) { holds(&two_takers_one_putter<true>); }

TEST(BoundedBufferByHand, IsEmptyForAThiefsVictimWithoutTheLoop) {
  fails(failure_kind::failed_check, &two_takers_one_putter<false>);
}

template <bool Loop>
class hand_made_semaphore {
 public:
  explicit hand_made_semaphore(int permits) : permits_(permits) {}
  void acquire() {
    guard hold(some_);
    wait_until<Loop>(some_, [&] { return permits_.load() > 0; });
    permits_.store(permits_.load() - 1);
  }
  void release() {
    guard hold(some_);
    permits_.store(permits_.load() + 1);
    some_.notify();
  }

 private:
  condition some_;
  heddle::var<int> permits_;
};

template <bool Loop>
void three_at_a_semaphore() {
  hand_made_semaphore<Loop> one_at_a_time(1);
  heddle::var<int> inside = 0;  // a race if there are two
  const auto work = [&] {
    one_at_a_time.acquire();
    inside.store(inside.load() + 1);
    one_at_a_time.release();
  };
  thread a(work);
  thread b(work);
  thread c(work);
  for (thread* each : {&a, &b, &c}) each->start();
  for (thread* each : {&a, &b, &c}) each->join();
  heddle::check(inside.load() == 3, "not everybody has been inside");
}

TEST(SemaphoreByHand, LetsOneInAtATime) { holds(&three_at_a_semaphore<true>); }

TEST(SemaphoreByHand, LetsTwoInWithoutTheLoop) { fails(&three_at_a_semaphore<false>); }

template <bool Loop>
class hand_made_event {
 public:
  void set() {
    guard hold(changed_);
    set_.store(true);
    changed_.notify_all();
  }
  void wait() {
    guard hold(changed_);
    wait_until<Loop>(changed_, [&] { return set_.load(); });
  }

 private:
  condition changed_;
  heddle::var<bool> set_ = false;
};

template <bool Loop>
void two_wait_for_an_event() {
  hand_made_event<Loop> ready;
  heddle::var<int> data = 0;
  const auto wait = [&] {
    ready.wait();
    heddle::check(data.load() == 42, "woken before the event was set");
  };
  thread a(wait);
  thread b(wait);
  a.start();
  b.start();
  data.store(42);
  ready.set();
  a.join();
  b.join();
}

TEST(EventByHand, LetsNobodyPassBeforeItIsSet) {
  holds(&two_wait_for_an_event<true>, with_one_spurious_wake_up());
}

// Without stolen or spurious wake-ups an `if` would do: nothing but set() notifies.
TEST(EventByHand, IsPassedTooEarlyWithoutTheLoop) {
  holds(&two_wait_for_an_event<false>);
  fails(&two_wait_for_an_event<false>, with_one_spurious_wake_up());
}

// Rounds are told apart by a number: who is woken looks whether its round is over.
template <bool Loop>
class hand_made_barrier {
 public:
  explicit hand_made_barrier(int parties) : parties_(parties) {}
  void wait() {
    guard hold(all_there_);
    const int mine = round_.load();
    arrived_.store(arrived_.load() + 1);
    if (arrived_.load() == parties_) {
      arrived_.store(0);
      round_.store(mine + 1);
      all_there_.notify_all();
      return;
    }
    wait_until<Loop>(all_there_, [&] { return round_.load() != mine; });
  }

 private:
  condition all_there_;
  const int parties_;
  heddle::var<int> arrived_ = 0;
  heddle::var<int> round_ = 0;
};

template <bool Loop>
void two_rounds() {
  hand_made_barrier<Loop> meeting(2);
  heddle::var<int> left = 0;
  heddle::var<int> right = 0;
  thread other([&] {
    right.store(1);
    meeting.wait();
    heddle::check(left.load() == 1, "released before the other one came");
    meeting.wait();
    right.store(2);
  });
  thread one([&] {
    left.store(1);
    meeting.wait();
    heddle::check(right.load() == 1, "released before the other one came");
    meeting.wait();
    left.store(2);
  });
  one.start();
  other.start();
  one.join();
  other.join();
}

TEST(BarrierByHand, MayBeUsedAgain) { holds(&two_rounds<true>, with_one_spurious_wake_up()); }

TEST(BarrierByHand, LetsSomebodyThroughWithoutTheLoop) {
  fails(&two_rounds<false>, with_one_spurious_wake_up());
}

// With one condition for all, a notify() may wake the wrong one: here the latch notifies at every
// count, so that an `if` is enough to pass too early without any spurious wake-up.
template <bool Loop>
class hand_made_latch {
 public:
  explicit hand_made_latch(int count) : count_(count) {}
  void count_down() {
    guard hold(changed_);
    count_.store(count_.load() - 1);
    changed_.notify_all();
  }
  void wait() {
    guard hold(changed_);
    wait_until<Loop>(changed_, [&] { return count_.load() == 0; });
    heddle::check(count_.load() == 0, "passed a latch that is not open");
  }

 private:
  condition changed_;
  heddle::var<int> count_;
};

template <bool Loop>
void latch_of_two() {
  hand_made_latch<Loop> ready(2);
  const auto work = [&] { ready.count_down(); };
  thread a(work);
  thread b(work);
  thread waiter([&] { ready.wait(); });
  for (thread* each : {&a, &b, &waiter}) each->start();
  for (thread* each : {&a, &b, &waiter}) each->join();
}

TEST(LatchByHand, OpensAtZero) { holds(&latch_of_two<true>); }

TEST(LatchByHand, OpensTooEarlyWithoutTheLoop) {
  fails(failure_kind::failed_check, &latch_of_two<false>);
}

// Any number of readers, or one writer.
template <bool Counted>
class shared_lock_by_hand {
 public:
  void begin_read() {
    guard hold(changed_);
    while (writes_.load()) changed_.wait();
    if (Counted) readers_.store(readers_.load() + 1);
  }
  void end_read() {
    guard hold(changed_);
    if (Counted) readers_.store(readers_.load() - 1);
    changed_.notify_all();
  }
  void begin_write() {
    guard hold(changed_);
    while (writes_.load() || readers_.load() > 0) changed_.wait();
    writes_.store(true);
  }
  void end_write() {
    guard hold(changed_);
    writes_.store(false);
    changed_.notify_all();
  }

 private:
  condition changed_;
  heddle::var<int> readers_ = 0;
  heddle::var<bool> writes_ = false;
};

template <bool Counted>
int readers_at_a_time() {
  shared_lock_by_hand<Counted> door;
  heddle::var<int> book = 0;
  heddle::atomic<int> inside = 0;
  heddle::atomic<int> most = 0;
  const auto read = [&] {
    door.begin_read();
    if (inside.fetch_add(1) == 1) most.store(1);
    heddle::check(book.load() != 1, "a page is read while it is written");
    inside.fetch_sub(1);
    door.end_read();
  };
  thread a(read);
  thread b(read);
  thread writer([&] {
    door.begin_write();
    book.store(1);
    book.store(2);
    door.end_write();
  });
  for (thread* each : {&a, &b, &writer}) each->start();
  for (thread* each : {&a, &b, &writer}) each->join();
  return most.load() + 1;
}

TEST(ReadersAndWriters, ReadTogetherAndWriteAlone) {
  EXPECT_EQ(results(&readers_at_a_time<true>), (std::set<int>{1, 2}));
}

TEST(ReadersAndWriters, MeetWhenReadersAreNotCounted) {
  fails(failure_kind::data_race, &readers_at_a_time<false>);
}

}  // namespace
