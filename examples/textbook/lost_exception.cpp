// SPDX-License-Identifier: MIT
// An exception is lost in a thread: join does not throw it, and whoever started the thread goes on
// as if all were well. Cured by a hook that is told of it; by a future, whose result throws it; by
// catching it in the thread and keeping it.
#include <stdexcept>
#include <string>
#include <vector>

#include <heddle/gtest.hpp>
#include <heddle/threading.hpp>

namespace {

using namespace heddle::threading;

void fail() { throw std::runtime_error("the disk is full"); }

HEDDLE_TEST(ThreadExceptionBug, IsNotSeenByTheJoin) {
  thread worker({.name = "worker"}, fail);
  worker.start();
  worker.join();
}

HEDDLE_TEST(ThreadException, IsToldToAHook) {
  heddle::var<std::string> told;
  set_exception_hook([&](const uncaught_exception& what) {
    told.store(what.thread.name() + ": " + what.message);
  });
  thread worker({.name = "worker"}, fail);
  worker.start();
  worker.join();
  EXPECT_EQ(told.load(), "worker: the disk is full");
}

HEDDLE_TEST(TaskExceptionBug, OfAResultThatNobodyAsksFor) {
  heddle::var<bool> saved = false;
  {
    thread_pool pool(1);
    (void)pool.submit([&] {
      fail();
      saved.store(true);
    });
  }
  heddle::check(saved.load(), "the file is not saved, and nobody knows");
}

HEDDLE_TEST(TaskException, ComesWithTheResult) {
  thread_pool pool(1);
  auto saving = pool.submit(fail);
  EXPECT_THROW(saving.result(), std::runtime_error);
}

}  // namespace
