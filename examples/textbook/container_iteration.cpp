// SPDX-License-Identifier: MIT
// A container changes while another thread iterates over it. Cured by iterating under the lock that
// the writers take; or over a copy that was made under it.
#include <vector>

#include <heddle/gtest.hpp>
#include <heddle/threading.hpp>

namespace {

using namespace heddle::threading;

HEDDLE_TEST(IterationBug, MeetsAPushBack) {
  heddle::var<std::vector<int>> items{std::vector<int>{1, 2, 3}};
  thread reader({.name = "reader"}, [&] {
    int sum = 0;
    for (const int item : items.read()) sum += item;
    heddle::check(sum == 6 || sum == 10, "a sum of neither the old nor the new items");
  });
  reader.start();
  items.write().push_back(4);
  reader.join();
}

// Each access is locked for itself. The index is of a container that is no more.
HEDDLE_TEST(IndexBug, OutlivesTheElement) {
  lock items_lock;
  heddle::var<std::vector<int>> items{std::vector<int>{1, 2}};
  const auto size = [&] {
    guard hold(items_lock);
    return items.read().size();
  };
  const auto at = [&](std::size_t index) {
    guard hold(items_lock);
    return items.read().at(index);
  };
  thread reader({.name = "reader"}, [&] {
    for (std::size_t i = 0; i < size(); ++i) EXPECT_GT(at(i), 0);
  });
  reader.start();
  {
    guard hold(items_lock);
    items.write().pop_back();
  }
  reader.join();
}

HEDDLE_TEST(Iteration, HappensUnderTheLock) {
  lock items_lock;
  heddle::var<std::vector<int>> items{std::vector<int>{1, 2, 3}};
  thread reader({.name = "reader"}, [&] {
    guard hold(items_lock);
    int sum = 0;
    for (const int item : items.read()) sum += item;
    heddle::check(sum == 6 || sum == 10, "a sum of neither the old nor the new items");
  });
  reader.start();
  {
    guard hold(items_lock);
    items.write().push_back(4);
  }
  reader.join();
}

HEDDLE_TEST(Iteration, GoesOverACopy) {
  lock items_lock;
  heddle::var<std::vector<int>> items{std::vector<int>{1, 2}};
  thread reader({.name = "reader"}, [&] {
    std::vector<int> copy;
    {
      guard hold(items_lock);
      copy = items.load();
    }
    for (std::size_t i = 0; i < copy.size(); ++i) EXPECT_GT(copy.at(i), 0);
  });
  reader.start();
  {
    guard hold(items_lock);
    items.write().pop_back();
  }
  reader.join();
}

}  // namespace
