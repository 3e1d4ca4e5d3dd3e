// SPDX-License-Identifier: MIT
// Code that is switched by a macro: HEDDLE_STD is ::std in production and ::heddle where
// HEDDLE_CONTROLLED is 1. That is for the build to say, as in
//
//   target_link_libraries(app PRIVATE heddle::library)              # headers, nothing to link
//   target_link_libraries(app_tests PRIVATE heddle::gtest GTest::gtest_main)
//   target_compile_definitions(app_tests PRIVATE HEDDLE_CONTROLLED=1)
//
// and stands here only because this file is both.
#define HEDDLE_CONTROLLED 1
#include <heddle/gtest.hpp>
#include <heddle/standard.hpp>

// --- the code, as it ships ---
namespace conc = HEDDLE_STD;

// A worker that is told to stop. The buggy one looks at its flag and goes to sleep in two steps: a
// stop in between comes too early to wake it.
class worker {
 public:
  explicit worker(bool careful) : careful_(careful), thread_([this] { run(); }) {}
  ~worker() {
    {
      conc::unique_lock lock(guard_, conc::defer_lock);
      if (careful_) lock.lock();
      stopping_.store(true);
    }
    wake_.notify_one();
    thread_.join();
  }

 private:
  void run() {
    conc::unique_lock lock(guard_);
    while (!stopping_.load()) {
      ++naps_;
      wake_.wait(lock);
    }
  }
  const bool careful_;
  conc::mutex guard_;
  conc::condition_variable wake_;
  conc::atomic<bool> stopping_{false};
  HEDDLE_VAR<int> naps_{0};
  conc::thread thread_;  // the last: it uses the others
};

// --- its tests ---
HEDDLE_TEST(MacroBug, StopsWithoutTheLock) { worker careless(false); }

HEDDLE_TEST(Macro, StopsUnderTheLock) { worker careful(true); }
