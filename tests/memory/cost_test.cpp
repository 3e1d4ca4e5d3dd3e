// SPDX-License-Identifier: MIT
//
// Code whose orders are all seq_cst pays nothing for weak memory.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <heddle/heddle.hpp>

namespace {

void seq_cst_only() {
  heddle::atomic<int> x{0};
  heddle::atomic<int> y{0};
  const auto work = [&] {
    for (int i = 0; i < 50; ++i) {
      x.fetch_add(1);
      y.store(x.load());
    }
  };
  heddle::thread one(work);
  heddle::thread two(work);
  one.join();
  two.join();
}

// Of this thread, which is the one that explores: others may load the machine.
double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double seconds_per_point(heddle::memory by) {
  heddle::options how;
  how.name = "cost";
  how.explorer = "random";
  how.memory = by;
  how.executions = 100;
  how.capture = false;
  how.environment = false;
  how.predict = false;
  how.statistics = false;
  const double begin = cpu_seconds();
  const heddle::report found = heddle::explore(how, seq_cst_only);
  return (cpu_seconds() - begin) / static_cast<double>(found.steps);
}

TEST(CostOfWeakMemory, IsNothingWhereEveryOrderIsSeqCst) {
  double weak = 1;
  double strong = 1;
  for (int round = 0; round < 10; ++round) {
    weak = std::min(weak, seconds_per_point(heddle::memory::cxx));
    strong = std::min(strong, seconds_per_point(heddle::memory::sc));
  }
  RecordProperty("ratio", std::to_string(weak / strong));
  EXPECT_LT(weak / strong, 1.5);
}

}  // namespace
