// SPDX-License-Identifier: MIT
// A shared random generator with a cached value: numbers are made in pairs, and the second is kept
// for the next call. Two callers get the same one. Cured by a lock around the whole call; or by a
// generator for each thread.
#include <optional>
#include <utility>

#include <heddle/gtest.hpp>
#include <heddle/threading.hpp>

namespace {

using namespace heddle::threading;

// Counts instead of throwing dice, so that equal numbers are seen at once.
class pair_generator {
 public:
  int next() {
    if (const std::optional<int> cached = cached_.load()) {
      cached_.store(std::nullopt);
      return *cached;
    }
    const int made = made_.load();
    made_.store(made + 2);
    cached_.store(made + 1);
    return made;
  }

 private:
  heddle::var<int> made_ = 0;
  heddle::var<std::optional<int>> cached_;
};

HEDDLE_TEST(GeneratorBug, IsSharedWithoutALock) {
  pair_generator shared;
  (void)shared.next();  // one value is in the cache now
  heddle::var<int> a = 0;
  heddle::var<int> b = 0;
  thread one([&] { a.store(shared.next()); });
  thread other([&] { b.store(shared.next()); });
  one.start();
  other.start();
  one.join();
  other.join();
  EXPECT_NE(a, b);
}

// With locks around the parts: no race, and the same number twice.
class locked_parts {
 public:
  int next() {
    if (const std::optional<int> cached = look()) {
      forget();
      return *cached;
    }
    guard hold(lock_);
    return made_ += 2;
  }

 private:
  std::optional<int> look() {
    guard hold(lock_);
    return cached_;
  }
  void forget() {
    guard hold(lock_);
    cached_ = std::nullopt;
  }
  lock lock_;
  std::optional<int> cached_ = 1;
  int made_ = 0;
};

HEDDLE_TEST(CachedNumberBug, IsGivenOutTwice) {
  locked_parts shared;
  int a = 0;
  int b = 0;
  thread one([&] { a = shared.next(); });
  thread other([&] { b = shared.next(); });
  one.start();
  other.start();
  one.join();
  other.join();
  heddle::check(a != b, "two threads were given the same random number");
}

HEDDLE_TEST(Generator, IsSharedUnderALock) {
  pair_generator shared;
  lock shared_lock;
  (void)shared.next();
  heddle::var<int> a = 0;
  heddle::var<int> b = 0;
  const auto next = [&] {
    guard hold(shared_lock);
    return shared.next();
  };
  thread one([&] { a.store(next()); });
  thread other([&] { b.store(next()); });
  one.start();
  other.start();
  one.join();
  other.join();
  EXPECT_NE(a, b);
}

HEDDLE_TEST(Generator, BelongsToAThread) {
  local<std::pair<int, int>> mine([] { return std::pair(1, 2); });
  const auto draw = [&] {
    EXPECT_EQ(mine->first, 1);
    mine->first = 3;
    EXPECT_EQ(mine->first, 3);
  };
  thread one(draw);
  thread other(draw);
  one.start();
  other.start();
  one.join();
  other.join();
}

}  // namespace
