// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <syncstream>
#include <thread>
#include <utility>

#include <heddle/gtest.hpp>

// Atomics of every kind, futures, threads and clocks: what surface_test.cpp does not call. Every
// body is correct.
namespace {

using namespace std::chrono_literals;

heddle::options quick() {
  heddle::options made;
  made.executions = 200;
  made.time = std::chrono::seconds(3);
  return made;
}

template <class F>
void in_two_threads(F f) {
  std::thread a(f);
  std::thread b(f);
  a.join();
  b.join();
}

HEDDLE_TEST(NativeSurface, AtomicFlag, quick()) {
  std::atomic_flag taken = ATOMIC_FLAG_INIT;
  int count = 0;
  in_two_threads([&] {
    while (taken.test_and_set(std::memory_order_acquire)) {
      taken.wait(true, std::memory_order_relaxed);
    }
    ++count;
    taken.clear(std::memory_order_release);
    taken.notify_one();
  });
  EXPECT_EQ(count, 2);
  EXPECT_FALSE(taken.test());
}

HEDDLE_TEST(NativeSurface, AtomicRef, quick()) {
  alignas(std::atomic_ref<int>::required_alignment) int plain = 0;
  alignas(std::atomic_ref<double>::required_alignment) double real = 0;
  in_two_threads([&] {
    const std::atomic_ref whole(plain);
    whole.fetch_add(2);
    ++whole;
    std::atomic_ref(real).fetch_add(0.5);
  });
  EXPECT_EQ(plain, 6);
  EXPECT_EQ(real, 1.0);
}

HEDDLE_TEST(NativeSurface, AtomicPointersAndReals, quick()) {
  int cells[8] = {};
  std::atomic<int*> next{cells};
  std::atomic<double> sum{0};
  std::atomic<float> product{1};
  in_two_threads([&] {
    *next.fetch_add(1) = 1;
    sum += 0.25;
    float seen = product.load();
    while (!product.compare_exchange_weak(seen, seen * 2)) {
    }
  });
  EXPECT_EQ(next.load() - cells, 2);
  EXPECT_EQ(cells[0] + cells[1], 2);
  EXPECT_EQ(sum, 0.5);
  EXPECT_EQ(product, 4.0f);
}

enum class stage : short { first, second };
HEDDLE_TEST(NativeSurface, AtomicsOfOtherTypes, quick()) {
  struct pair {
    int a, b;
  };
  std::atomic<stage> where{stage::first};
  std::atomic<pair> both{pair{1, 2}};
  std::atomic<unsigned long long> bits{0};
  std::thread a([&] {
    where.exchange(stage::second);
    both.store({3, 4});
    bits |= 6;
    bits &= ~2ull;
    bits ^= 1;
  });
  const pair seen = both;
  EXPECT_EQ(seen.b, seen.a + 1);
  a.join();
  EXPECT_EQ(where.load(), stage::second);
  EXPECT_EQ(bits, 5u);
}

HEDDLE_TEST(NativeSurface, AtomicOfSixteenBytes, quick()) {
  struct wide {
    long first = 0, second = 0;
  };
  std::atomic<wide> value{};
  in_two_threads([&] {
    wide seen = value.load();
    while (!value.compare_exchange_weak(seen, {seen.first + 1, seen.second - 1})) {
    }
  });
  EXPECT_EQ(value.load().first, 2);
  EXPECT_EQ(value.load().second, -2);
}

// The library unlocks the pointer with a relaxed store after it has read it, which by the letter is
// a race with who comes next, and reported as one: docs/native.md.
heddle::options quick_without_races() {
  heddle::options made = quick();
  made.races = heddle::races::off;
  return made;
}

HEDDLE_TEST(NativeSurface, AtomicSharedPointer, quick_without_races()) {
  std::atomic<std::shared_ptr<int>> slot{std::make_shared<int>(1)};
  std::thread writer([&] {
    slot.store(std::make_shared<int>(2));
    slot.notify_all();
  });
  std::thread reader([&] {
    const std::shared_ptr<int> seen = slot.load();
    EXPECT_GE(*seen, 1);
  });
  std::shared_ptr<int> expected = slot.load();
  if (slot.compare_exchange_strong(expected, std::make_shared<int>(3))) {
    EXPECT_LE(*expected, 2);
  }
  writer.join();
  reader.join();
  EXPECT_GE(*slot.exchange(nullptr), 1);
}

HEDDLE_TEST(NativeSurface, AtomicWeakPointer, quick_without_races()) {
  const auto owner = std::make_shared<int>(1);
  std::atomic<std::weak_ptr<int>> slot;
  std::thread writer([&] { slot.store(owner); });
  if (const auto seen = slot.load().lock()) {
    EXPECT_EQ(*seen, 1);
  }
  writer.join();
  EXPECT_EQ(slot.load().lock(), owner);
}

HEDDLE_TEST(NativeSurface, FreeFunctionsOfAtomics, quick()) {
  std::atomic<int> value{0};
  std::thread a([&] {
    std::atomic_fetch_add_explicit(&value, 1, std::memory_order_relaxed);
    std::atomic_notify_one(&value);
  });
  std::atomic_wait(&value, 0);
  int expected = 1;
  EXPECT_TRUE(std::atomic_compare_exchange_strong(&value, &expected, 2));
  std::atomic_signal_fence(std::memory_order_seq_cst);
  a.join();
  EXPECT_EQ(std::atomic_load(&value), 2);
  EXPECT_TRUE(std::atomic_is_lock_free(&value));
}

HEDDLE_TEST(NativeSurface, PackagedTask, quick()) {
  std::packaged_task<int(int)> task([](int of) { return of * 2; });
  std::future<int> result = task.get_future();
  std::thread worker(std::move(task), 21);
  EXPECT_EQ(result.get(), 42);
  worker.join();
}

HEDDLE_TEST(NativeSurface, SharedFuture, quick()) {
  std::promise<std::string> promise;
  const std::shared_future<std::string> result = promise.get_future().share();
  std::thread a([result] { EXPECT_EQ(result.get(), "a text for both of the threads"); });
  std::thread b([result] { EXPECT_EQ(result.get().size(), 30u); });
  promise.set_value("a text for both of the threads");
  a.join();
  b.join();
}

HEDDLE_TEST(NativeSurface, FuturesOfOtherKinds, quick()) {
  int target = 0;
  std::promise<int&> reference;
  std::promise<void> nothing;
  std::thread setter([&] {
    reference.set_value_at_thread_exit(target);
    nothing.set_value();
  });
  nothing.get_future().wait();
  reference.get_future().get() = 1;
  setter.join();
  EXPECT_EQ(target, 1);
}

HEDDLE_TEST(NativeSurface, BrokenPromise, quick()) {
  std::future<int> result;
  {
    std::promise<int> promise;
    result = promise.get_future();
    std::thread other([mine = std::move(promise)] {});
    other.join();
  }
  try {
    result.get();
    ADD_FAILURE();
  } catch (const std::future_error& error) {
    EXPECT_EQ(error.code(), std::future_errc::broken_promise);
  }
}

HEDDLE_TEST(NativeSurface, DeferredAsync, quick()) {
  const auto self = std::this_thread::get_id();
  auto lazy = std::async(std::launch::deferred, [] { return std::this_thread::get_id(); });
  EXPECT_EQ(lazy.wait_for(0s), std::future_status::deferred);
  EXPECT_EQ(lazy.get(), self);
}

HEDDLE_TEST(NativeSurface, AsyncWithoutAPolicy, quick()) {
  auto either = std::async([](int a, int b) { return a + b; }, 1, 2);
  EXPECT_NE(either.wait_until(std::chrono::system_clock::now() + 1h), std::future_status::deferred);
  EXPECT_EQ(either.get(), 3);
}

HEDDLE_TEST(NativeSurface, ThreadsThatMove, quick()) {
  std::thread first([] {});
  std::thread second = std::move(first);
  EXPECT_FALSE(first.joinable());
  std::thread third([] {});
  second.swap(third);
  EXPECT_NE(second.get_id(), third.get_id());
  second.join();
  third.join();
  EXPECT_EQ(second.get_id(), std::thread::id());
  EXPECT_EQ(std::thread::hardware_concurrency(), 2u);
}

HEDDLE_TEST(NativeSurface, ArgumentsOfThreads, quick()) {
  std::string text = "a text that is moved into the thread";
  int count = 0;
  std::thread a([](std::string mine, int& into) { into = static_cast<int>(mine.size()); },
                std::move(text), std::ref(count));
  a.join();
  EXPECT_EQ(count, 36);
}

HEDDLE_TEST(NativeSurface, SleepUntilByEveryClock, quick()) {
  const auto begin = std::chrono::steady_clock::now();
  in_two_threads([] {
    std::this_thread::sleep_until(std::chrono::steady_clock::now() + 1h);
    std::this_thread::sleep_until(std::chrono::system_clock::now() + 1h);
    std::this_thread::sleep_until(std::chrono::high_resolution_clock::now() + 1h);
  });
  EXPECT_GE(std::chrono::steady_clock::now() - begin, 3h);
}

HEDDLE_TEST(NativeSurface, SynchronisedStreams, quick()) {
  std::ostringstream target;
  in_two_threads([&] {
    std::osyncstream line(target);
    line << "one "
         << "line\n";
  });
  EXPECT_EQ(target.str(), "one line\none line\n");
}

struct with_state {
  std::string text = "made anew in each thread, and destroyed with it";
  int uses = 0;
};
int use_of_this_thread() {
  static thread_local with_state mine;
  return ++mine.uses;
}
HEDDLE_TEST(NativeSurface, ThreadLocalObjects, quick()) {
  in_two_threads([] {
    EXPECT_EQ(use_of_this_thread(), 1);
    EXPECT_EQ(use_of_this_thread(), 2);
  });
  EXPECT_EQ(use_of_this_thread(), 1);
}

}  // namespace
