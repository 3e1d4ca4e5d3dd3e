// SPDX-License-Identifier: MIT
//
// The sizes that the toolkit must bear in one execution.
#include <memory>
#include <vector>

#include "threading/explored.hpp"

namespace {

using namespace explored;  // NOLINT(google-build-using-namespace)

heddle::options once() {
  heddle::options how = by("random");
  how.executions = 2;
  return how;
}

TEST(Limits, AThousandThreads) {
  const auto of = heddle::explore(once(), [] {
    th::lock guard;
    int done = 0;
    std::vector<std::unique_ptr<th::thread>> threads;
    for (int i = 0; i < 1'000; ++i) {
      threads.push_back(std::make_unique<th::thread>([&] {
        th::guard hold(guard);
        ++done;
      }));
      threads.back()->start();
    }
    for (auto& each : threads) each->join();
    heddle::check(done == 1'000);
  });
  EXPECT_TRUE(of.passed()) << of.text();
  EXPECT_EQ(of.complete, 2);
}

TEST(Limits, AQueueWithAHundredThousandItems) {
  const auto of = heddle::explore(once(), [] {
    th::queue<int> items(1'000);
    std::int64_t sum = 0;
    th::thread consumer([&] {
      for (int item = items.get(); item >= 0; item = items.get()) sum += item;
    });
    consumer.start();
    for (int i = 0; i < 100'000; ++i) items.put(i);
    items.put(-1);
    consumer.join();
    heddle::check(sum == 4'999'950'000);
  });
  EXPECT_TRUE(of.passed()) << of.text();
  EXPECT_EQ(of.complete, 2);
}

TEST(Limits, APoolWithTenThousandTasks) {
  const auto of = heddle::explore(once(), [] {
    th::counter done;
    {
      th::thread_pool pool(8);
      for (int i = 0; i < 10'000; ++i) pool.submit([&] { done.increment(); });
    }
    heddle::check(done.value() == 10'000);
  });
  EXPECT_TRUE(of.passed()) << of.text();
  EXPECT_EQ(of.complete, 2);
}

}  // namespace
