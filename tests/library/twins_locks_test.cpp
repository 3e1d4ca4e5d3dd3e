// SPDX-License-Identifier: MIT
//
// Twins of mutexes, condition variables, semaphores, latches and barriers.
#include <optional>
#include <string>
#include <utility>

#include "twins.hpp"

namespace {

using namespace std::chrono_literals;
using std::set;
using std::string;
using twins::agree;
using twins::guard;
using twins::in_threads;
using twins::lock;

template <class L>
struct mutex_orders {
  static string run() {
    typename L::mutex at;
    string log;
    in_threads<L>(2, [&](unsigned i) {
      const guard<L> held(at);
      log += static_cast<char>('a' + i);
      log += static_cast<char>('a' + i);
    });
    return log;
  }
};
TEST(Twins, Mutex) { agree<mutex_orders>(set<string>{"aabb", "bbaa"}); }

// Both may fail: the second to try finds it taken, and the first may fail without cause.
template <class L>
struct try_locks {
  static int run() {
    typename L::mutex at;
    typename L::template atomic<int> had{0};
    in_threads<L>(2, [&](unsigned) {
      if (at.try_lock()) {
        had.fetch_add(1);
        at.unlock();
      }
    });
    return had.load();
  }
};
TEST(Twins, TryLock) { agree<try_locks>(set<int>{1, 2}); }

template <class L>
struct recursive_levels {
  static int run() {
    typename L::recursive_mutex at;
    int deepest = 0;
    in_threads<L>(2, [&](unsigned) {
      at.lock();
      at.lock();
      deepest = deepest * 10 + 2;
      at.unlock();
      at.unlock();
    });
    return deepest;
  }
};
TEST(Twins, RecursiveMutex) { agree<recursive_levels>(set<int>{22}); }

template <class L>
struct timed_locks {
  static int run() {
    typename L::timed_mutex at;
    at.lock();
    int had = 0;
    typename L::thread other([&] {
      if (at.try_lock_for(200us)) {
        ++had;
        at.unlock();
      }
    });
    at.unlock();
    other.join();
    return had;
  }
};
TEST(Twins, TimedMutex) { agree<timed_locks>(set<int>{0, 1}); }

// A reader sees no half of a write.
template <class L>
struct readers_and_writer {
  static int run() {
    typename L::shared_mutex at;
    int a = 0;
    int b = 0;
    typename L::template atomic<int> seen{0};
    typename L::thread writer([&] {
      const typename L::template unique_lock<typename L::shared_mutex> held(at);
      a = 1;
      b = 1;
    });
    in_threads<L>(2, [&](unsigned i) {
      const typename L::template shared_lock<typename L::shared_mutex> held(at);
      seen.fetch_add((a + b) * (i == 0 ? 1 : 10));
    });
    writer.join();
    return seen.load();
  }
};
TEST(Twins, SharedMutex) { agree<readers_and_writer>(set<int>{0, 2, 20, 22}); }

template <class L>
struct scoped_locks {
  static int run() {
    typename L::mutex a;
    typename L::mutex b;
    int order = 0;
    typename L::thread other([&] {
      const typename L::template scoped_lock<typename L::mutex, typename L::mutex> both(b, a);
      order = order * 10 + 2;
    });
    {
      const typename L::template scoped_lock<typename L::mutex, typename L::mutex> both(a, b);
      order = order * 10 + 1;
    }
    other.join();
    return order;
  }
};
TEST(Twins, ScopedLock) { agree<scoped_locks>(set<int>{12, 21}); }

// A third thread that tries one of the two: the first it may find taken while the lock of both
// backs off or holds, and not only while it holds both.
template <class L>
struct scoped_lock_seen_by_others {
  static int run() {
    typename L::mutex a;
    typename L::mutex b;
    b.lock();
    typename L::thread locker([&] {
      const typename L::template scoped_lock<typename L::mutex, typename L::mutex> both(a, b);
    });
    const bool free = a.try_lock();
    if (free) a.unlock();
    b.unlock();
    locker.join();
    return free ? 1 : 0;
  }
};
TEST(Twins, ScopedLockBacksOff) { agree<scoped_lock_seen_by_others>(set<int>{0, 1}); }

template <class L>
struct handed_over {
  static string run() {
    typename L::mutex at;
    typename L::condition_variable changed;
    bool ready = false;
    string log;
    typename L::thread setter([&] {
      {
        const guard<L> held(at);
        ready = true;
        log += 's';
      }
      changed.notify_one();
    });
    {
      lock<L> held(at);
      while (!ready) {
        changed.wait(held);
        log += 'w';
      }
    }
    setter.join();
    return log;
  }
};
// With one spurious wake-up more than needed: the first w of wsw.
TEST(Twins, ConditionVariable) { agree<handed_over>(set<string>{"s", "sw", "wsw"}); }

template <class L>
struct timed_wait {
  static int run() {
    typename L::mutex at;
    typename L::condition_variable changed;
    bool ready = false;
    typename L::thread setter([&] {
      const guard<L> held(at);
      ready = true;
      changed.notify_one();
    });
    bool in_time = false;
    {
      lock<L> held(at);
      in_time = changed.wait_for(held, 100us, [&] { return ready; });
    }
    setter.join();
    return in_time ? 1 : 0;
  }
};
TEST(Twins, ConditionVariableWithADeadline) { agree<timed_wait>(set<int>{0, 1}); }

template <class L>
struct woken_or_stopped {
  static int run() {
    typename L::shared_mutex at;
    typename L::condition_variable_any changed;
    typename L::stop_source source;
    bool ready = false;
    typename L::thread setter([&] {
      {
        const typename L::template lock_guard<typename L::shared_mutex> held(at);
        ready = true;
      }
      changed.notify_one();
    });
    typename L::thread stopper([&] { source.request_stop(); });
    bool result = false;
    {
      typename L::template unique_lock<typename L::shared_mutex> held(at);
      result = changed.wait(held, source.get_token(), [&] { return ready; });
    }
    setter.join();
    stopper.join();
    return result ? 1 : 0;
  }
};
TEST(Twins, ConditionVariableAnyWithAStopToken) {
  heddle::options how = twins::everything();
  how.spurious = 0;
  const auto possible = twins::explored<woken_or_stopped>(how);
  EXPECT_EQ(possible, (set<int>{0, 1}));
  twins::expect_real_within<woken_or_stopped>(possible);
}

template <class L>
struct permits {
  static int run() {
    typename L::template counting_semaphore<> gate(1);
    typename L::template atomic<int> had{0};
    in_threads<L>(2, [&](unsigned i) {
      if (i == 0) gate.release();
      if (i == 1 && gate.try_acquire()) had.fetch_add(1);
      if (i == 1 && gate.try_acquire()) had.fetch_add(1);
    });
    return had.load();
  }
};
TEST(Twins, Semaphore) { agree<permits>(set<int>{1, 2}); }

template <class L>
struct timed_permit {
  static int run() {
    typename L::binary_semaphore gate(0);
    typename L::thread giver([&] { gate.release(); });
    const bool had = gate.try_acquire_for(50us);
    giver.join();
    return had ? 1 : 0;
  }
};
TEST(Twins, SemaphoreWithADeadline) { agree<timed_permit>(set<int>{0, 1}); }

template <class L>
struct counted_down {
  static int run() {
    typename L::latch open(2);
    typename L::template atomic<int> seen{0};
    in_threads<L>(2, [&](unsigned i) {
      open.count_down();
      if (open.try_wait()) seen.fetch_add(i == 0 ? 1 : 10);
    });
    open.wait();
    return seen.load();
  }
};
// try_wait may not fail without cause here: of the two, one counted down last.
TEST(Twins, Latch) {
  const auto possible = twins::explored<counted_down>();
  EXPECT_TRUE(possible.contains(1) && possible.contains(10) && possible.contains(11));
  twins::expect_real_within<counted_down>(possible);
}

template <class L>
struct phases {
  static string run() {
    string log;
    const auto complete = [&log]() noexcept { log += '|'; };
    typename L::template barrier<decltype(complete)> meet(2, complete);
    typename L::mutex at;
    in_threads<L>(2, [&](unsigned i) {
      {
        const guard<L> held(at);
        log += static_cast<char>('a' + i);
      }
      meet.arrive_and_wait();
      if (i == 0) {
        meet.arrive_and_drop();
      } else {
        meet.arrive_and_wait();
      }
    });
    return log;
  }
};
TEST(Twins, Barrier) { agree<phases>(set<string>{"ab||", "ba||"}); }

template <class L>
struct shared_in_time {
  static int run() {
    typename L::shared_timed_mutex at;
    int value = 0;
    typename L::template atomic<int> seen{0};
    typename L::thread writer([&] {
      if (!at.try_lock_for(50us)) return;
      value = 1;
      at.unlock();
    });
    in_threads<L>(2, [&](unsigned i) {
      if (!at.try_lock_shared_for(50us)) return;
      seen.fetch_add((value + 1) * (i == 0 ? 1 : 10));
      at.unlock_shared();
    });
    writer.join();
    return seen.load();
  }
};
// For each reader: too late, before the writer, after it. (One clock advance comes early, and with
// it one of them gives up.)
TEST(Twins, SharedTimedMutex) {
  heddle::options how = twins::everything();
  how.early_timeouts = 3;
  const auto possible = twins::explored<shared_in_time>(how);
  EXPECT_EQ(possible, (set<int>{0, 1, 2, 10, 11, 12, 20, 21, 22}));
  twins::expect_real_within<shared_in_time>(possible);
}

template <class L>
struct recursive_in_time {
  static int run() {
    typename L::recursive_timed_mutex at;
    typename L::template atomic<int> had{0};
    in_threads<L>(2, [&](unsigned i) {
      if (!at.try_lock_for(50us)) return;
      if (at.try_lock_for(50us)) {
        had.fetch_add(i == 0 ? 1 : 10);
        at.unlock();
      }
      at.unlock();
    });
    return had.load();
  }
};
TEST(Twins, RecursiveTimedMutex) { agree<recursive_in_time>(set<int>{1, 10, 11}); }

template <class L>
struct locks_together {
  static int run() {
    typename L::mutex a;
    typename L::mutex b;
    int result = 0;
    typename L::thread other([&] {
      L::lock(b, a);
      a.unlock();
      b.unlock();
    });
    switch (L::try_lock(a, b)) {
      case -1:
        result = 1;
        a.unlock();
        b.unlock();
        break;
      case 0:
        result = 2;
        break;
      default:
        result = 3;
    }
    other.join();
    return result;
  }
};
TEST(Twins, LockAndTryLock) { agree<locks_together>(set<int>{1, 2, 3}); }

template <class L>
struct notified_at_exit {
  static int run() {
    typename L::mutex at;
    typename L::condition_variable changed;
    bool ready = false;
    typename L::thread worker([&] {
      twins::lock<L> held(at);
      ready = true;
      L::notify_all_at_thread_exit(changed, std::move(held));
    });
    {
      twins::lock<L> held(at);
      changed.wait(held, [&] { return ready; });
    }
    worker.join();
    return ready ? 1 : 0;
  }
};
TEST(Twins, NotifyAllAtThreadExit) { agree<notified_at_exit>(set<int>{1}); }

template <class L>
struct arrived {
  static string run() {
    typename L::latch open(2);
    typename L::mutex at;
    string log;
    in_threads<L>(2, [&](unsigned i) {
      {
        const guard<L> held(at);
        log += static_cast<char>('a' + i);
      }
      open.arrive_and_wait();
      const guard<L> held(at);
      log += static_cast<char>('A' + static_cast<int>(i));
    });
    return log;
  }
};
TEST(Twins, LatchArriveAndWait) { agree<arrived>(set<string>{"abAB", "abBA", "baAB", "baBA"}); }

}  // namespace
