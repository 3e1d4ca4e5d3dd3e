// SPDX-License-Identifier: MIT
//
// What the random explorers are given to pick from is what the choice holds.
#include "heddle/explorers/sampling.hpp"

#include <gtest/gtest.h>

#include "quiet_options.hpp"

namespace {

class comparing final : public heddle::explorers::sampling {
 public:
  comparing() : sampling(1) {}
  int early = 0;
  int not_continued = 0;

 private:
  void prepare() override {}
  std::uint32_t pick(const heddle::sched::choice& where, candidate_list candidates) override {
    EXPECT_EQ(candidates.size(), where.count);
    for (std::uint32_t i = 0; i < where.count && i < candidates.size(); ++i) {
      EXPECT_EQ(candidates[i].thread, where[i].thread);
      EXPECT_EQ(candidates[i].early_timeout, where[i].early_timeout);
      early += where[i].early_timeout;
    }
    not_continued += !where.acting_enabled;
    return generator().below(where.count);
  }
};

TEST(Sampling, ListsTheCandidatesOfAChoice) {
  comparing explorer;
  heddle::options how = quiet("comparing", 200);
  how.early_timeouts = 2;
  const heddle::report r = heddle::explore(how, explorer, [] {
    heddle::mutex m;
    heddle::condition_variable ready;
    heddle::atomic<bool> flag{false};
    const auto wait = [&] {
      heddle::unique_lock lock(m);
      ready.wait_for(lock, std::chrono::seconds(1));
    };
    heddle::thread a(wait);
    heddle::thread b(wait);
    heddle::thread c([&] {
      while (!flag.load()) {
      }
      ready.notify_one();
    });
    heddle::thread d([&] {
      heddle::this_thread::sleep_for(std::chrono::seconds(1));
      flag.store(true);
    });
    for (heddle::thread* at : {&a, &b, &c, &d}) at->join();
  });
  EXPECT_TRUE(r.passed()) << r.text();
  EXPECT_GT(explorer.early, 0);
  EXPECT_GT(explorer.not_continued, 0);
}

// Picks anyone but the thread created last.
class starving final : public heddle::explorers::sampling {
 public:
  starving() : sampling(1) {}
  std::uint32_t picked = 0;

 private:
  void prepare() override {}
  std::uint32_t pick(const heddle::sched::choice&, candidate_list candidates) override {
    ++picked;
    return candidates[0].thread == 3 ? 1 : 0;
  }
};

TEST(Sampling, EndsFairly) {
  starving explorer;
  heddle::options how = quiet("starving", 1);
  how.steps = 1'000'000;
  const heddle::report r = heddle::explore(how, explorer, [] {
    heddle::atomic<int> steps{0};
    heddle::atomic<bool> stop{false};
    const auto work = [&] {
      while (!stop.load()) steps.fetch_add(1);
    };
    heddle::thread one(work);
    heddle::thread two(work);
    heddle::thread three([&] { stop.store(true); });
    for (heddle::thread* at : {&one, &two, &three}) at->join();
  });
  EXPECT_TRUE(r.passed()) << r.text();
  EXPECT_EQ(r.complete, 1);
  EXPECT_EQ(explorer.picked, starving::unfair_choices);
}

}  // namespace
