// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <condition_variable>
#include <heddle/gtest.hpp>
#include <memory>
#include <mutex>
#include <queue>
#include <thread>

// Code that knows nothing of Heddle: the standard library and plain variables. This file is
// compiled with heddle::instrument and linked to heddle::native (see docs/native.md); only the
// tests at the end are Heddle's.
namespace {

class job_queue {
 public:
  void put(int job) {
    {
      const std::lock_guard lock(guard_);
      jobs_.push(job);
    }
    changed_.notify_one();
  }
  int take() {
    std::unique_lock lock(guard_);
    changed_.wait(lock, [this] { return !jobs_.empty(); });
    const int job = jobs_.front();
    jobs_.pop();
    return job;
  }
  // What a reader might add in a hurry.
  bool looks_empty() const { return jobs_.empty(); }
  // And another: between the look and the wait a job may come, and its notification with it.
  int take_in_a_hurry() {
    if (is_empty()) {
      std::unique_lock lock(guard_);
      changed_.wait(lock);
    }
    return take();
  }

 private:
  bool is_empty() {
    const std::lock_guard lock(guard_);
    return jobs_.empty();
  }

  std::mutex guard_;
  std::condition_variable changed_;
  std::queue<int> jobs_;
};

HEDDLE_TEST(JobQueue, HandsJobsOver) {
  job_queue queue;
  std::thread worker([&] { EXPECT_EQ(queue.take(), 7); });
  queue.put(7);
  worker.join();
}

HEDDLE_TEST(JobQueueBug, LooksWithoutTheLock) {
  // Not a local variable: clang does not instrument what its own function does to one.
  const auto queue = std::make_unique<job_queue>();
  std::thread worker([&] { queue->put(7); });
  if (!queue->looks_empty()) {
    EXPECT_EQ(queue->take(), 7);
  }
  worker.join();
}

HEDDLE_TEST(JobQueueBug, WaitsForWhatHasHappened) {
  job_queue queue;
  std::thread worker([&] { EXPECT_EQ(queue.take_in_a_hurry(), 7); });
  queue.put(7);
  worker.join();
}

}  // namespace
