// SPDX-License-Identifier: MIT
// Locks of the textbooks, whose threads wait in loops: no explorer hangs in one, none takes waiting
// for a livelock, and none sees two threads inside.
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <tuple>

#include "quiet_options.hpp"

namespace {

using heddle::atomic;

// Two threads that enter twice each.
template <class Lock>
void contended() {
  Lock lock;
  heddle::var<int> inside{0};
  const auto work = [&](int me) {
    for (int i = 0; i < 2; ++i) {
      lock.enter(me);
      inside = inside + 1;
      heddle::check(inside == 1, "two threads inside");
      inside = inside - 1;
      lock.leave(me);
    }
  };
  heddle::thread a(work, 0);
  heddle::thread b(work, 1);
  a.join();
  b.join();
}

struct test_and_set {
  atomic<int> taken{0};
  void enter(int) {
    while (taken.exchange(1) != 0) {
    }
  }
  void leave(int) { taken.store(0); }
};
struct test_test_and_set {
  atomic<int> taken{0};
  void enter(int) {
    for (;;) {
      while (taken.load() != 0) {
      }
      if (taken.exchange(1) == 0) return;
    }
  }
  void leave(int) { taken.store(0); }
};
struct compare_and_swap {
  atomic<int> taken{0};
  void enter(int) {
    for (int free = 0; !taken.compare_exchange_weak(free, 1); free = 0) {
    }
  }
  void leave(int) { taken.store(0); }
};
struct yielding {
  atomic<int> taken{0};
  void enter(int) {
    while (taken.exchange(1) != 0) heddle::this_thread::yield();
  }
  void leave(int) { taken.store(0); }
};
struct sleeping {
  atomic<int> taken{0};
  void enter(int) {
    while (taken.exchange(1) != 0) heddle::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  void leave(int) { taken.store(0); }
};
struct ticket {
  atomic<int> next{0};
  atomic<int> served{0};
  void enter(int) {
    const int mine = next.fetch_add(1);
    while (served.load() != mine) {
    }
  }
  void leave(int) { served.store(served.load() + 1); }
};
struct peterson {
  std::array<atomic<int>, 2> wants{{{0}, {0}}};
  atomic<int> turn{0};
  void enter(int me) {
    wants[static_cast<std::size_t>(me)].store(1);
    turn.store(1 - me);
    while (wants[static_cast<std::size_t>(1 - me)].load() == 1 && turn.load() == 1 - me) {
    }
  }
  void leave(int me) { wants[static_cast<std::size_t>(me)].store(0); }
};
struct dekker {
  std::array<atomic<int>, 2> wants{{{0}, {0}}};
  atomic<int> turn{0};
  void enter(int me) {
    auto& mine = wants[static_cast<std::size_t>(me)];
    auto& other = wants[static_cast<std::size_t>(1 - me)];
    mine.store(1);
    while (other.load() == 1) {
      if (turn.load() == me) continue;
      mine.store(0);
      while (turn.load() != me) {
      }
      mine.store(1);
    }
  }
  void leave(int me) {
    turn.store(1 - me);
    wants[static_cast<std::size_t>(me)].store(0);
  }
};
struct trying {
  heddle::mutex m;
  void enter(int) {
    while (!m.try_lock()) {
    }
  }
  void leave(int) { m.unlock(); }
};
struct timed {
  heddle::timed_mutex m;
  void enter(int) {
    while (!m.try_lock_for(std::chrono::milliseconds(1))) {
    }
  }
  void leave(int) { m.unlock(); }
};

// A writer, and a reader that tries until it has seen both halves of one write.
void seqlock() {
  atomic<int> sequence{0};
  atomic<int> x{0};
  atomic<int> y{0};
  heddle::thread writer([&] {
    for (int i = 1; i < 3; ++i) {
      sequence.fetch_add(1);
      x.store(i);
      y.store(i);
      sequence.fetch_add(1);
    }
  });
  int before = 0;
  int seen_x = 0;
  int seen_y = 0;
  do {
    before = sequence.load();
    seen_x = x.load();
    seen_y = y.load();
  } while (before % 2 != 0 || sequence.load() != before);
  heddle::check(seen_x == seen_y, "half a write");
  writer.join();
}

void sense_reversing_barrier() {
  atomic<int> missing{2};
  atomic<int> sense{0};
  const auto work = [&] {
    for (int phase = 1; phase < 3; ++phase) {
      if (missing.fetch_sub(1) == 1) {
        missing.store(2);
        sense.store(phase);
      } else {
        while (sense.load() != phase) {
        }
      }
    }
  };
  heddle::thread a(work);
  heddle::thread b(work);
  a.join();
  b.join();
}

struct loop {
  const char* name;
  void (*body)();
};
void PrintTo(const loop& of, std::ostream* out) { *out << of.name; }
constexpr loop loops[] = {{"test_and_set", contended<test_and_set>},
                          {"test_test_and_set", contended<test_test_and_set>},
                          {"compare_and_swap", contended<compare_and_swap>},
                          {"yielding", contended<yielding>},
                          {"sleeping", contended<sleeping>},
                          {"ticket", contended<ticket>},
                          {"peterson", contended<peterson>},
                          {"dekker", contended<dekker>},
                          {"trying", contended<trying>},
                          {"timed", contended<timed>},
                          {"seqlock", seqlock},
                          {"barrier", sense_reversing_barrier}};
constexpr const char* explorers[] = {"dpor", "source_dpor", "bounded", "delay", "dfs",   "random",
                                     "pct",  "pos",         "urw",     "surw",  "bytes", "auto"};

class WaitLoop : public testing::TestWithParam<std::tuple<loop, const char*>> {};

TEST_P(WaitLoop, Ends) {
  const auto& [of, explorer] = GetParam();
  heddle::options how = quiet(explorer, 60);
  how.steps = 2'000;
  const heddle::report r = heddle::explore(how, of.body);
  EXPECT_TRUE(r.passed()) << r.text();
  EXPECT_EQ(r.cut, 0) << r.text();
  EXPECT_GT(r.complete, 0) << r.text();
}

INSTANTIATE_TEST_SUITE_P(Corpus, WaitLoop,
                         testing::Combine(testing::ValuesIn(loops), testing::ValuesIn(explorers)),
                         [](const auto& given) {
                           return std::string(std::get<0>(given.param).name) + "_" +
                                  std::get<1>(given.param);
                         });

}  // namespace
