// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>
#include <pthread.h>

#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <stdexcept>
#include <thread>

#include <heddle/gtest.hpp>

// What is wrong in ordinary C++ is found, called by its name, and happens again when it is
// replayed.
namespace {

template <class Body>
heddle::report expect_failure(const char* name, heddle::failure_kind kind, Body body) {
  heddle::options how;
  how.name = name;
  how.executions = 2'000;
  how.time = std::chrono::seconds(10);
  const heddle::report found = heddle::explore(how, body);
  EXPECT_TRUE(found.failure.has_value()) << name << " was not found";
  if (!found.failure) return found;
  EXPECT_EQ(found.failure->kind, kind) << found.text();
  EXPECT_TRUE(found.failure->reproduced) << found.text();
  const heddle::report again = heddle::replay(found.failure->schedule, body, how);
  EXPECT_TRUE(again.failure.has_value());
  if (again.failure) {
    EXPECT_EQ(again.failure->kind, kind) << again.text();
  }
  return found;
}

TEST(NativeBugs, LostUpdateOfAPlainVariable) {
  const heddle::report found = expect_failure("lost update", heddle::failure_kind::data_race, [] {
    int count = 0;
    std::thread a([&] { ++count; });
    std::thread b([&] { ++count; });
    a.join();
    b.join();
  });
  EXPECT_NE(found.text().find("bugs_test.cpp:4"), std::string::npos) << found.text();
}

TEST(NativeBugs, LostUpdateOfAnAtomic) {
  expect_failure("atomic", heddle::failure_kind::lost_update, [] {
    std::atomic<int> count{0};
    const auto add = [&] { count.store(count.load() + 1); };
    std::thread a(add);
    std::thread b(add);
    a.join();
    b.join();
    heddle::check(count.load() == 2, "both count");
  });
}

TEST(NativeBugs, LockOrder) {
  expect_failure("lock order", heddle::failure_kind::deadlock, [] {
    std::mutex first;
    std::mutex second;
    std::thread a([&] {
      const std::lock_guard one(first);
      const std::lock_guard two(second);
    });
    std::thread b([&] {
      const std::lock_guard one(second);
      const std::lock_guard two(first);
    });
    a.join();
    b.join();
  });
}

TEST(NativeBugs, SelfDeadlock) {
  expect_failure("self deadlock", heddle::failure_kind::deadlock, [] {
    std::mutex mutex;
    mutex.lock();
    mutex.lock();
  });
}

TEST(NativeBugs, MissedNotification) {
  expect_failure("missed notification", heddle::failure_kind::missed_notification, [] {
    std::mutex mutex;
    std::condition_variable changed;
    std::thread waiter([&] {
      std::unique_lock lock(mutex);
      changed.wait(lock);
    });
    changed.notify_one();
    waiter.join();
  });
}

TEST(NativeBugs, UncaughtException) {
  expect_failure("exception", heddle::failure_kind::uncaught_exception, [] {
    std::thread a([] { throw std::runtime_error("nobody catches this"); });
    a.join();
  });
}

TEST(NativeBugs, UseAfterFree) {
  const heddle::report found = expect_failure("use after free", heddle::failure_kind::misuse, [] {
    auto* const shared = new std::atomic<int>(0);
    std::atomic<bool> over{false};
    std::thread user([&] {
      if (!over.load()) shared->fetch_add(1);
    });
    over.store(true);
    delete shared;
    user.join();
  });
  EXPECT_NE(found.text().find("freed"), std::string::npos) << found.text();
}

TEST(NativeBugs, DoubleFree) {
  const heddle::report found = expect_failure("double free", heddle::failure_kind::misuse, [] {
    auto* const memory = static_cast<char*>(std::malloc(16));
    std::atomic<bool> freed{false};
    const auto release = [&] {
      if (freed.load()) return;
      std::free(memory);
      freed.store(true);
    };
    std::thread a(release);
    std::thread b(release);
    a.join();
    b.join();
  });
  EXPECT_NE(found.text().find("twice"), std::string::npos) << found.text();
}

TEST(NativeBugs, BehindTheEnd) {
  const heddle::report found = expect_failure("overflow", heddle::failure_kind::misuse, [] {
    auto* const memory = static_cast<volatile int*>(std::malloc(3 * sizeof(int)));
    volatile int behind = 3;
    memory[behind] = 1;
    std::free(const_cast<int*>(memory));
  });
  EXPECT_NE(found.text().find("behind the end"), std::string::npos) << found.text();
}

TEST(NativeBugs, Leak) {
  expect_failure("leak", heddle::failure_kind::leak, [] {
    std::atomic<int*> slot{nullptr};
    const auto fill = [&] {
      if (slot.load() == nullptr) slot.store(new int(1));
    };
    std::thread a(fill);
    std::thread b(fill);
    a.join();
    b.join();
    delete slot.load();
  });
}

TEST(NativeBugs, Abort) {
  expect_failure("abort", heddle::failure_kind::crash, [] {
    std::thread a([] { std::abort(); });
    a.join();
  });
}

TEST(NativeBugs, Exit) {
  expect_failure("exit", heddle::failure_kind::crash, [] {
    std::thread a([] { std::exit(3); });
    a.join();
  });
}

TEST(NativeBugs, JoinableThreadIsDestroyed) {
  expect_failure("joinable", heddle::failure_kind::crash, [] { std::thread a([] {}); });
}

TEST(NativeBugs, WhatIsNotSupportedSaysSo) {
  const heddle::report found = expect_failure("cancel", heddle::failure_kind::misuse, [] {
    pthread_t thread;
    pthread_create(
        &thread, nullptr, [](void* argument) { return argument; }, nullptr);
    pthread_cancel(thread);
  });
  EXPECT_NE(found.text().find("pthread_cancel"), std::string::npos) << found.text();
}

}  // namespace
