// SPDX-License-Identifier: MIT
//
// thread_specific: a value per thread, and what happens at the end of a thread.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>

#include "shim/counted.hpp"

namespace {

using counted::all;
using counted::in_threads;

TEST(ThreadSpecific, IsAValueOfEachThread) {
  const auto seen = all([] {
    heddle::thread_specific<int> mine([] { return 10; });
    heddle::atomic<int> sum{0};
    in_threads(2, [&](unsigned i) {
      heddle::check(!mine.has_value());
      *mine += static_cast<int>(i);
      heddle::point();
      sum.fetch_add(mine.get());
    });
    heddle::check(sum.load() == 21);
    heddle::check(*mine == 10);
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
  EXPECT_EQ(seen.coverage, heddle::coverage::exhaustive);
}

struct logs_its_end {
  std::string* into = nullptr;
  char name = '?';
  logs_its_end(std::string* to, char of) : into(to), name(of) {}
  logs_its_end(logs_its_end&& other) noexcept
      : into(std::exchange(other.into, nullptr)), name(other.name) {}
  ~logs_its_end() {
    if (into != nullptr) *into += name;
  }
};

TEST(ThreadSpecific, IsDestroyedWhenItsThreadEndsInReverseOrder) {
  const auto seen = all([] {
    std::string log;
    heddle::thread_specific<logs_its_end> a([&] { return logs_its_end(&log, 'a'); });
    heddle::thread_specific<logs_its_end> b([&] { return logs_its_end(&log, 'b'); });
    heddle::thread([&] {
      (void)a.get();
      (void)b.get();
      (void)a.get();
      log += '.';
    }).join();
    heddle::check(log == ".ba", log);
    heddle::thread([&] {
      (void)b.get();
      heddle::check(false, "ends its thread");
    }).join();
    heddle::check(log == ".bab", log);
  });
  EXPECT_EQ(seen.failed, 1);
  EXPECT_NE(seen.text().find("ends its thread"), std::string::npos) << seen.text();
}

// A destructor may use shims, and even another value.
TEST(ThreadSpecific, DestructorsAreUserCode) {
  const auto seen = all([] {
    heddle::atomic<int> ended{0};
    heddle::thread_specific<int> inner([] { return 5; });
    struct outer {
      heddle::atomic<int>* count;
      heddle::thread_specific<int>* other;
      ~outer() { count->fetch_add(other->get()); }
    };
    heddle::thread_specific<std::unique_ptr<outer>> value;
    in_threads(2, [&](unsigned) { value->reset(new outer{&ended, &inner}); });
    heddle::check(ended.load() == 10);
  });
  EXPECT_EQ(seen.executions, 2) << seen.text();
  EXPECT_TRUE(seen.passed()) << seen.text();
}

TEST(ThreadSpecific, OfTheBodyEndsWithIt) {
  int ended = 0;
  struct counts {
    int* at = nullptr;
    ~counts() {
      if (at != nullptr) ++*at;
    }
  };
  heddle::thread_specific<counts> value;  // made outside, used inside
  const auto seen = all([&] {
    value->at = &ended;
    heddle::choose(3);
  });
  EXPECT_EQ(seen.executions, 3) << seen.text();
  EXPECT_EQ(ended, 3);
}

TEST(ThreadSpecific, OutsideIsOfTheOsThread) {
  heddle::thread_specific<int> value;
  *value = 7;
  int other = -1;
  std::thread([&] { other = *value; }).join();
  EXPECT_EQ(*value, 7);
  EXPECT_EQ(other, 0);
}

}  // namespace
