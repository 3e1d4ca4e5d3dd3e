// SPDX-License-Identifier: MIT
// A result is read before the thread that computes it has been joined, or the main thread ends
// first and with it what the others still work on. Cured by a join before the read; by a future,
// whose result waits; by joining before the scope that the thread uses is left.
#include <memory>

#include <heddle/gtest.hpp>
#include <heddle/threading.hpp>

namespace {

using namespace heddle::threading;

// A thread that keeps its result in itself.
class adding_thread : public thread {
 public:
  adding_thread(int a, int b) : a_(a), b_(b) {}
  void run() override { result_.store(a_ + b_); }
  int result() { return result_.load(); }

 private:
  int a_;
  int b_;
  heddle::var<int> result_ = 0;
};

HEDDLE_TEST(ResultBug, IsReadBeforeTheJoin) {
  adding_thread add(1, 2);
  add.start();
  const int result = add.result();
  add.join();
  EXPECT_EQ(result, 3);
}

HEDDLE_TEST(Result, IsReadAfterTheJoin) {
  adding_thread add(1, 2);
  add.start();
  add.join();
  EXPECT_EQ(add.result(), 3);
}

// The same with a lock: no race, and no result either.
HEDDLE_TEST(LockedResultBug, IsReadBeforeTheJoin) {
  lock result_lock;
  heddle::var<int> result = 0;
  thread add([&] {
    guard hold(result_lock);
    result.store(3);
  });
  add.start();
  {
    guard hold(result_lock);
    EXPECT_EQ(result.load(), 3);
  }
  add.join();
}

HEDDLE_TEST(LockedResult, ComesFromAFuture) {
  thread_pool pool(1);
  auto sum = pool.submit([] { return 1 + 2; });
  EXPECT_EQ(sum.result(), 3);
}

// What a thread works on belongs to the main thread, which closes it on its way out.
class log_file {
 public:
  void write() {
    guard hold(lock_);
    heddle::check(open_.load(), "a line is written after the main thread has closed the log");
  }
  void close() {
    guard hold(lock_);
    open_.store(false);
  }

 private:
  lock lock_;
  heddle::var<bool> open_ = true;
};

HEDDLE_TEST(MainBug, EndsFirst) {
  const auto log = std::make_shared<log_file>();
  thread writer({.name = "writer"}, [log] { log->write(); });
  writer.start();
  log->close();
}

HEDDLE_TEST(Main, WaitsForItsThreads) {
  const auto log = std::make_shared<log_file>();
  thread writer({.name = "writer"}, [log] { log->write(); });
  writer.start();
  writer.join();
  log->close();
}

}  // namespace
