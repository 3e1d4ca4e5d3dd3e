// SPDX-License-Identifier: MIT
// A method that holds the lock calls another method that takes it: with a plain mutex the thread
// waits for itself. A recursive mutex counts instead; so does splitting the locked part off.
#include <heddle/gtest.hpp>

namespace {

template <class Mutex>
class inventory {
 public:
  void add(int count) {
    heddle::lock_guard lock(guard_);
    stock_.store(stock_.load() + count);
  }
  void add_pair() {
    heddle::lock_guard lock(guard_);
    add(2);
  }
  int stock() {
    heddle::lock_guard lock(guard_);
    return stock_.load();
  }

 private:
  Mutex guard_;
  heddle::var<int> stock_{0};
};

HEDDLE_TEST(NestedLockBug, WaitsForItself) {
  inventory<heddle::mutex> shop;
  heddle::thread worker(heddle::named("worker"), [&] { shop.add_pair(); });
  worker.join();
}

HEDDLE_TEST(NestedLock, CountsWhenRecursive) {
  inventory<heddle::recursive_mutex> shop;
  heddle::thread first([&] { shop.add_pair(); });
  heddle::thread second([&] { shop.add_pair(); });
  first.join();
  second.join();
  EXPECT_EQ(shop.stock(), 4);
}

}  // namespace
