// SPDX-License-Identifier: MIT
// A thread pool whose destructor sets `stop` without the mutex. A worker that has found the queue
// empty and `stop` false, and is about to wait, misses the notification that follows: the
// destructor joins a thread that sleeps for ever. A popular pool had this bug for years of use.
#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include <heddle/gtest.hpp>

namespace {

class thread_pool {
 public:
  thread_pool(int workers, bool stop_under_mutex) : stop_under_mutex_(stop_under_mutex) {
    for (int i = 0; i < workers; ++i) {
      workers_.emplace_back(heddle::named("worker"), [this] { work(); });
    }
  }
  ~thread_pool() {
    if (stop_under_mutex_) {
      heddle::lock_guard lock(guard_);
      stop_.store(true);
    } else {
      stop_.store(true);
    }
    changed_.notify_all();
    for (heddle::thread& worker : workers_) worker.join();
  }
  void submit(std::function<void()> task) {
    {
      heddle::lock_guard lock(guard_);
      tasks_.write().push_back(std::move(task));
    }
    changed_.notify_one();
  }

 private:
  void work() {
    for (;;) {
      std::function<void()> task;
      {
        heddle::unique_lock lock(guard_);
        while (!stop_.load() && tasks_.read().empty()) changed_.wait(lock);
        if (tasks_.read().empty()) return;
        task = std::move(tasks_.write().front());
        tasks_.write().pop_front();
      }
      task();
    }
  }
  const bool stop_under_mutex_;
  heddle::mutex guard_;
  heddle::condition_variable changed_;
  heddle::atomic<bool> stop_{false};
  heddle::var<std::deque<std::function<void()>>> tasks_;
  std::vector<heddle::thread> workers_;
};

void run_one_task(bool stop_under_mutex) {
  heddle::atomic<int> done{0};
  {
    thread_pool pool(1, stop_under_mutex);
    pool.submit([&] { done.fetch_add(1); });
  }
  EXPECT_EQ(done.load(), 1);
}

HEDDLE_TEST(ThreadPoolBug, DestructorLosesTheWakeUp) { run_one_task(false); }

HEDDLE_TEST(ThreadPool, StopsUnderTheMutex) { run_one_task(true); }

}  // namespace
