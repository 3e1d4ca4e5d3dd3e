// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <deque>
#include <heddle/explorers/dpor.hpp>
#include <heddle/heddle.hpp>
#include <memory>
#include <utility>
#include <vector>

#include "quiet_options.hpp"

namespace {

heddle::options reducing(const char* explorer = "dpor") {
  heddle::options how = quiet(explorer);
  how.early_timeouts = 0;
  how.stop_at_first_failure = false;
  return how;
}

// Two threads that start one each: who is T3 and who T4 depends on the schedule.
TEST(Dpor, DoesNotMindTheOrderOfCreation) {
  const heddle::report r = heddle::explore(reducing(), [] {
    heddle::atomic<int> x{0};
    const auto parent = [&x](int by) {
      heddle::point(by == 1 ? "first" : "second");
      heddle::thread child([&x, by] { x.fetch_add(by); });
      heddle::point(by == 1 ? "third" : "fourth");
      child.join();
    };
    heddle::thread a(parent, 1);
    heddle::thread b(parent, 2);
    a.join();
    b.join();
    x.load();
  });
  EXPECT_EQ(r.complete, 2);
  EXPECT_EQ(r.redundant, 0);
  EXPECT_EQ(r.coverage, heddle::coverage::exhaustive);
}

TEST(Dpor, CreationAndJoinAreNoRaces) {
  const heddle::report r = heddle::explore(reducing(), [] {
    heddle::atomic<int> x{0};
    x.store(1);
    heddle::thread t([&x] { x.store(2); });
    t.join();
    x.store(3);
  });
  EXPECT_EQ(r.complete, 1);
}

TEST(Dpor, ExploresEveryNumberChosen) {
  std::vector<int> seen(9, 0);
  const heddle::report r = heddle::explore(reducing(), [&seen] {
    unsigned mine = 0;
    unsigned other = 0;
    heddle::thread t([&other] { other = heddle::choose(3); });
    mine = heddle::choose(3);
    t.join();
    ++seen[3 * mine + other];
  });
  EXPECT_EQ(seen, std::vector<int>(9, 1));
  EXPECT_EQ(r.redundant, 0);
}

// The second execution finds the mutex under another name than the first one gave it.
TEST(Dpor, StartsAnewWhenObjectsOutliveAnExecution) {
  for (const char* explorer : {"dpor", "source_dpor"}) {
    std::unique_ptr<heddle::atomic<int>> kept;
    int both = 0;
    const heddle::report r = heddle::explore(reducing(explorer), [&] {
      if (kept == nullptr) kept = std::make_unique<heddle::atomic<int>>(0);
      kept->store(0);
      heddle::thread a([&] { kept->fetch_add(1); });
      heddle::thread b([&] { kept->store(5); });
      a.join();
      b.join();
      both |= kept->load() == 5 ? 1 : 2;
    });
    EXPECT_EQ(both, 3) << explorer;
    EXPECT_EQ(r.coverage, heddle::coverage::exhaustive) << explorer;
  }
}

TEST(Dpor, ComplainsOfABodyThatDiffers) {
  int executions = 0;
  const heddle::report r = heddle::explore(reducing(), [&executions] {
    heddle::atomic<int> x{0};
    heddle::atomic<int> y{0};
    const bool odd = executions++ % 2 == 1;
    heddle::thread a([&] {
      odd ? static_cast<void>(x.load()) : x.store(1);
      y.store(1);
    });
    heddle::thread b([&] { y.store(2); });
    a.join();
    b.join();
  });
  ASSERT_TRUE(r.failure.has_value());
  EXPECT_NE(r.failure->message.find("not deterministic"), std::string::npos) << r.failure->message;
  EXPECT_EQ(r.coverage, heddle::coverage::sampled);
}

TEST(Dpor, GoesBeforeThePreviousLock) {
  int first = 0;
  const heddle::report r = heddle::explore(reducing(), [&first] {
    heddle::mutex m;
    int winner = 0;
    heddle::thread a([&] {
      heddle::lock_guard<heddle::mutex> lock(m);
      if (winner == 0) winner = 1;
    });
    heddle::thread b([&] {
      heddle::lock_guard<heddle::mutex> lock(m);
      if (winner == 0) winner = 2;
    });
    a.join();
    b.join();
    first |= winner;
  });
  EXPECT_EQ(first, 3);
  EXPECT_EQ(r.complete, 2);
}

TEST(Dpor, SourceSetsReportWhatIsRedundant) {
  const auto lastzero = [] {
    std::deque<heddle::atomic<int>> a;
    for (int i = 0; i <= 5; ++i) a.emplace_back(0);
    std::deque<heddle::thread> threads;
    threads.emplace_back([&a] {
      for (std::size_t i = 5; a[i].load() != 0; --i) {
      }
    });
    for (std::size_t j = 1; j <= 5; ++j) {
      threads.emplace_back([&a, j] { a[j].store(a[j - 1].load() + 1); });
    }
    for (heddle::thread& t : threads) t.join();
  };
  const heddle::report optimal = heddle::explore(reducing("dpor"), lastzero);
  const heddle::report source = heddle::explore(reducing("source_dpor"), lastzero);
  EXPECT_EQ(optimal.complete, 64);
  EXPECT_EQ(optimal.redundant, 0);
  EXPECT_EQ(source.complete, 64);
  EXPECT_EQ(source.redundant, 33);
}

// What an explorer that asks for it hears about order.
TEST(Seam, TellsWhatOrdersThreadsBesideOperations) {
  struct listening final : heddle::sched::explorer {
    [[nodiscard]] needs wants() const override { return {.order = true}; }
    bool begin_execution() override { return !std::exchange(begun, true); }
    std::uint32_t choose(const heddle::sched::choice&) override { return 0; }
    void ordered(heddle::sched::thread_id earlier, heddle::sched::thread_id later) override {
      heard.emplace_back(earlier, later);
    }
    [[nodiscard]] heddle::coverage claim() const override { return heddle::coverage::sampled; }
    bool begun = false;
    std::vector<std::pair<heddle::sched::thread_id, heddle::sched::thread_id>> heard;
  } ear;
  heddle::explore(reducing(), ear, [] {
    heddle::mutex m;
    heddle::condition_variable c;
    heddle::thread t([&] {
      heddle::unique_lock<heddle::mutex> lock(m);
      c.wait(lock);
    });
    heddle::this_thread::sleep_for(std::chrono::seconds(1));
    c.notify_one();
    t.join();
  });
  using heddle::sched::no_thread;
  const decltype(ear.heard) expected = {{0, 1}, {no_thread, no_thread}, {0, 1}, {1, 0}};
  EXPECT_EQ(ear.heard, expected);
}

}  // namespace
