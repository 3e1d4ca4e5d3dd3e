// SPDX-License-Identifier: MIT
// A pipeline of one slot between a producer and a consumer, with a "may put" and a "may take" that
// one side takes and the other side gives back. That is right with binary semaphores, which have no
// owner. With mutexes it is a misuse: a mutex may only be unlocked by the thread that locked it.
#include <heddle/gtest.hpp>

namespace {

// A binary semaphore as the textbooks build it.
class binary_semaphore {
 public:
  explicit binary_semaphore(bool available) : available_(available) {}
  void acquire() {
    heddle::unique_lock lock(guard_);
    changed_.wait(lock, [&] { return available_.load(); });
    available_.store(false);
  }
  void release() {
    heddle::lock_guard lock(guard_);
    available_.store(true);
    changed_.notify_one();
  }

 private:
  heddle::mutex guard_;
  heddle::condition_variable changed_;
  heddle::var<bool> available_;
};

class pipeline {
 public:
  void put(int item) {
    may_put_.acquire();
    slot_.store(item);
    may_take_.release();
  }
  int take() {
    may_take_.acquire();
    const int item = slot_.load();
    may_put_.release();
    return item;
  }

 private:
  binary_semaphore may_put_{true};
  binary_semaphore may_take_{false};
  heddle::var<int> slot_{0};
};

HEDDLE_TEST(Pipeline, HandsOverInOrder) {
  pipeline line;
  heddle::thread producer(heddle::named("producer"), [&] {
    for (int item = 1; item <= 2; ++item) line.put(item);
  });
  heddle::thread consumer(heddle::named("consumer"), [&] {
    for (int item = 1; item <= 2; ++item) EXPECT_EQ(line.take(), item);
  });
  producer.join();
  consumer.join();
}

class mutex_pipeline {
 public:
  mutex_pipeline() { may_take_.lock(); }
  void put(int item) {
    may_put_.lock();
    slot_.store(item);
    may_take_.unlock();
  }
  int take() {
    may_take_.lock();
    const int item = slot_.load();
    may_put_.unlock();
    return item;
  }

 private:
  heddle::mutex may_put_;
  heddle::mutex may_take_;
  heddle::var<int> slot_{0};
};

HEDDLE_TEST(MutexPipelineBug, UnlocksWhatAnotherThreadLocked) {
  mutex_pipeline line;
  heddle::thread producer(heddle::named("producer"), [&] { line.put(1); });
  heddle::thread consumer(heddle::named("consumer"), [&] { EXPECT_EQ(line.take(), 1); });
  producer.join();
  consumer.join();
}

}  // namespace
