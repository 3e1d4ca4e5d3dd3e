// SPDX-License-Identifier: MIT
// The pipeline of one slot with two locks, each acquired by one side and released by the other.
// That is right with a lock without an owner and with a binary semaphore; with a mutex, or a
// reentrant lock, it is a misuse: only the thread that locked it may unlock it.
#include <heddle/gtest.hpp>
#include <heddle/threading.hpp>

namespace {

using namespace heddle::threading;

// `Lock` needs acquire() and release().
template <class Lock>
class pipeline {
 public:
  pipeline() { full_.acquire(); }
  ~pipeline() { full_.release(); }  // empty again: what was acquired is released
  void put(int item) {
    empty_.acquire();
    slot_.store(item);
    full_.release();
  }
  int get() {
    full_.acquire();
    const int item = slot_.load();
    empty_.release();
    return item;
  }

 private:
  Lock empty_;  // acquired by the producer, released by the consumer
  Lock full_;   // the other way round
  heddle::var<int> slot_ = 0;
};

template <class Lock>
void hand_over_two_items() {
  pipeline<Lock> line;
  thread producer({.name = "producer"}, [&] {
    line.put(1);
    line.put(2);
  });
  thread consumer({.name = "consumer"}, [&] {
    EXPECT_EQ(line.get(), 1);
    EXPECT_EQ(line.get(), 2);
  });
  producer.start();
  consumer.start();
  producer.join();
  consumer.join();
}

class mutex_lock {
 public:
  void acquire() { mutex_.lock(); }
  void release() { mutex_.unlock(); }

 private:
  heddle::mutex mutex_;
};

HEDDLE_TEST(OneSlotBug, OfTwoMutexes) { hand_over_two_items<mutex_lock>(); }

HEDDLE_TEST(OneSlotBug, OfTwoReentrantLocks) { hand_over_two_items<reentrant_lock>(); }

HEDDLE_TEST(OneSlot, OfTwoLocksWithoutAnOwner) { hand_over_two_items<lock>(); }

HEDDLE_TEST(OneSlot, OfTwoBinarySemaphores) { hand_over_two_items<semaphore>(); }

}  // namespace
