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

class counting final : public heddle::explorers::sampling {
 public:
  counting() : sampling(1) {}
  std::uint32_t picked = 0;

 private:
  void prepare() override {}
  std::uint32_t pick(const heddle::sched::choice&, candidate_list) override {
    ++picked;
    return 0;  // never anyone else
  }
};

TEST(Sampling, EndsFairly) {
  counting explorer;
  heddle::options how = quiet("counting", 1);
  how.steps = 1'000'000;
  // Each of the two loops ends only if the other gets its turn, and neither repeats itself.
  const heddle::report r = heddle::explore(how, explorer, [] {
    heddle::atomic<int> a{0};
    heddle::atomic<int> b{0};
    const auto work = [](heddle::atomic<int>& own, heddle::atomic<int>& other) {
      while (other.load() < 10) own.fetch_add(1);
      own.fetch_add(100);
    };
    heddle::thread one([&] { work(a, b); });
    heddle::thread two([&] { work(b, a); });
    one.join();
    two.join();
  });
  EXPECT_TRUE(r.passed()) << r.text();
  EXPECT_EQ(r.complete, 1);
  EXPECT_LE(explorer.picked, counting::unfair_choices);
}

}  // namespace
