// SPDX-License-Identifier: MIT
//
// Twins of call_once, futures, stop tokens, atomics and streams.
#include <functional>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <syncstream>
#include <utility>

#include "twins.hpp"

namespace {

using namespace std::chrono_literals;
using std::pair;
using std::set;
using std::string;
using twins::agree;
using twins::in_threads;

template <class L>
struct once_with_a_throw {
  static string run() {
    typename L::once_flag flag;
    typename L::template atomic<int> attempts{0};
    typename L::template atomic<int> results{0};
    in_threads<L>(2, [&](unsigned i) {
      try {
        L::call_once(flag, [&] {
          if (attempts.fetch_add(1) == 0) throw std::runtime_error("first");
        });
        results.fetch_add(i == 0 ? 1 : 10);
      } catch (const std::runtime_error&) {
      }
    });
    return std::to_string(attempts.load()) + ":" + std::to_string(results.load());
  }
};
TEST(Twins, CallOnce) { agree<once_with_a_throw>(set<string>{"2:1", "2:10"}); }

template <class L>
struct polled {
  static int run() {
    typename L::template promise<int> promise;
    auto future = promise.get_future();
    typename L::thread setter([&] { promise.set_value(5); });
    const bool ready = future.wait_for(20us) == L::future_status::ready;
    const int value = future.get();
    setter.join();
    return value * 10 + (ready ? 1 : 0);
  }
};
TEST(Twins, Future) { agree<polled>(set<int>{50, 51}); }

template <class L>
struct broken_or_set {
  static int run() {
    auto promise = std::make_unique<typename L::template promise<int>>();
    const typename L::template shared_future<int> future = promise->get_future();
    typename L::template atomic<int> caught{0};
    typename L::thread dropper([&] { promise.reset(); });
    in_threads<L>(2, [&, future](unsigned) {
      try {
        (void)future.get();
      } catch (const typename L::future_error& error) {
        caught.fetch_add(error.code() == std::future_errc::broken_promise ? 1 : 100);
      }
    });
    dropper.join();
    return caught.load();
  }
};
TEST(Twins, BrokenPromise) { agree<broken_or_set>(set<int>{2}); }

template <class L>
struct task_results {
  static int run() {
    typename L::template packaged_task<int(int)> task([](int x) {
      if (x < 0) throw std::runtime_error("negative");
      return 2 * x;
    });
    auto first = task.get_future();
    typename L::thread runner([&] { task(4); });
    int result = first.get();
    runner.join();
    task.reset();
    auto second = task.get_future();
    task(-1);
    try {
      result += second.get();
    } catch (const std::runtime_error&) {
      result += 100;
    }
    return result;
  }
};
TEST(Twins, PackagedTask) { agree<task_results>(set<int>{108}); }

// Deferred (the call comes with the get), or in a thread of its own, before or after the load.
template <class L>
struct asynchronous {
  static string run() {
    typename L::template atomic<int> calls{0};
    auto future = L::async([&] { return calls.fetch_add(1) + 1; });
    const bool deferred = future.wait_for(0s) == L::future_status::deferred;
    const int before = calls.load();
    const int got = future.get();
    return (deferred ? "d" : "a") + std::to_string(before) + std::to_string(got);
  }
};
TEST(Twins, Async) { agree<asynchronous>(set<string>{"d01", "a01", "a11"}); }

template <class L>
struct stopped {
  static int run() {
    typename L::stop_source source;
    typename L::template atomic<int> calls{0};
    typename L::thread stopper([&] { source.request_stop(); });
    int seen = 0;
    {
      const std::function<void()> count = [&] { calls.fetch_add(1); };
      const typename L::template stop_callback<std::function<void()>> callback(source.get_token(),
                                                                               count);
      seen = source.stop_requested() ? 1 : 0;
    }
    const int after = calls.load();  // no more can come
    stopper.join();
    return seen * 100 + after * 10 + calls.load();
  }
};
TEST(Twins, StopCallback) { agree<stopped>(set<int>{0, 11, 111}); }

template <class L>
struct joined_by_itself {
  static int run() {
    typename L::template atomic<int> ended{0};
    {
      typename L::jthread one([&](typename L::stop_token stop) {
        const bool early = stop.stop_requested();
        ended.fetch_add(early ? 10 : 1);
      });
    }
    return ended.load();
  }
};
TEST(Twins, JThread) { agree<joined_by_itself>(set<int>{1, 10}); }

// Sequentially consistent: not both zero.
template <class L>
struct store_buffering {
  static pair<int, int> run() {
    typename L::template atomic<int> x{0};
    typename L::template atomic<int> y{0};
    int a = -1;
    int b = -1;
    typename L::thread first([&] {
      x.store(1);
      a = y.load();
    });
    typename L::thread second([&] {
      y.store(1);
      b = x.load();
    });
    first.join();
    second.join();
    return {a, b};
  }
};
TEST(Twins, Atomic) { agree<store_buffering>(set<pair<int, int>>{{0, 1}, {1, 0}, {1, 1}}); }

template <class L>
struct weak_exchange {
  static int run() {
    typename L::template atomic<int> at{0};
    typename L::template atomic<int> done{0};
    in_threads<L>(2, [&](unsigned i) {
      int expected = 0;
      if (at.compare_exchange_weak(expected, static_cast<int>(i) + 1)) done.fetch_add(1);
    });
    return done.load() * 10 + at.load();
  }
};
// One of them; or the second after the first failed without cause; never both.
TEST(Twins, CompareExchangeWeak) { agree<weak_exchange>(set<int>{11, 12}); }

template <class L>
struct waits {
  static int run() {
    typename L::template atomic<int> at{0};
    typename L::atomic_flag flag;
    typename L::thread setter([&] {
      at.store(1);
      at.notify_one();
      flag.test_and_set();
      flag.notify_all();
    });
    at.wait(0);
    const bool early = flag.test();
    flag.wait(false);
    setter.join();
    return early ? 1 : 0;
  }
};
TEST(Twins, AtomicWait) { agree<waits>(set<int>{0, 1}); }

template <class L>
struct references {
  static int run() {
    int plain = 0;
    in_threads<L>(2, [&](unsigned) {
      const typename L::template atomic_ref<int> ref(plain);
      ref.store(ref.load() + 1);
    });
    return plain;
  }
};
TEST(Twins, AtomicRef) { agree<references>(set<int>{1, 2}); }

template <class L>
struct shared_pointers {
  static int run() {
    typename L::template atomic<std::shared_ptr<int>> at;
    in_threads<L>(2, [&](unsigned i) {
      std::shared_ptr<int> expected;
      at.compare_exchange_strong(expected, std::make_shared<int>(static_cast<int>(i) + 1));
    });
    return *at.load();
  }
};
TEST(Twins, AtomicSharedPtr) { agree<shared_pointers>(set<int>{1, 2}); }

template <class Stream, class L>
string lines() {
  std::ostringstream out;
  in_threads<L>(2, [&](unsigned i) { Stream(out) << i << i; });
  return out.str();
}
TEST(Twins, OSyncStream) {
  const auto found =
      heddle::outcomes(twins::everything(), &lines<heddle::osyncstream, heddle::controlled>);
  EXPECT_EQ(found.values(), (set<string>{"0011", "1100"}));
  for (int i = 0; i < 400; ++i) {
    EXPECT_TRUE(found.contains(lines<std::osyncstream, heddle::real>()));
  }
}

template <class L>
struct set_at_exit {
  static int run() {
    typename L::template promise<int> promise;
    auto future = promise.get_future();
    typename L::template atomic<int> after{0};
    typename L::thread setter([&] {
      promise.set_value_at_thread_exit(1);
      after.store(10);
    });
    const int got = future.get() + after.load();  // the store is before the end of the thread
    setter.join();
    return got;
  }
};
TEST(Twins, PromiseSetAtThreadExit) { agree<set_at_exit>(set<int>{11}); }

// With fences, who sees the flag sees the data.
template <class L>
struct fenced {
  static int run() {
    typename L::template atomic<int> data{0};
    typename L::template atomic<int> flag{0};
    typename L::thread writer([&] {
      data.store(1, std::memory_order_relaxed);
      L::atomic_thread_fence(std::memory_order_release);
      flag.store(1, std::memory_order_relaxed);
    });
    const int seen = flag.load(std::memory_order_relaxed);
    L::atomic_thread_fence(std::memory_order_acquire);
    const int read = data.load(std::memory_order_relaxed);
    writer.join();
    return seen * 10 + read;
  }
};
TEST(Twins, Fence) { agree<fenced>(set<int>{0, 1, 11}); }

template <class L>
struct weak_pointers {
  static int run() {
    auto object = std::make_shared<int>(7);
    typename L::template atomic<std::weak_ptr<int>> at(object);
    typename L::thread dropper([&] { at.store({}); });
    const auto locked = at.load().lock();
    dropper.join();
    return locked != nullptr ? *locked : 0;
  }
};
TEST(Twins, AtomicWeakPtr) { agree<weak_pointers>(set<int>{0, 7}); }

}  // namespace
