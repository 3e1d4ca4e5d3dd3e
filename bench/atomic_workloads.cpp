// SPDX-License-Identifier: MIT
#include <optional>

#include "bare.hpp"
#include "door.hpp"
#include "in_threads.hpp"
#include "workloads.hpp"

namespace heddle::bench {

namespace {

// N threads: v = x.load; x.store(v + 1); then the body reads the result.
template <unsigned Threads>
void lost_update() {
  atomic<int> x{0};
  const auto increment = [&] { x.store(x.load() + 1); };
  std::optional<thread> threads[Threads];
  for (auto& each : threads) each.emplace(increment);
  for (auto& each : threads) each->join();
  use(x.load());
}

template <int Stores>
void same_store() {
  atomic<int> x{0};
  const auto work = [&] {
    for (int i = 0; i < Stores; ++i) x.store(i);
  };
  thread a(work);
  thread b(work);
  a.join();
  b.join();
  use(x.load());
}

template <int Stores>
void diff_store() {
  atomic<int> x{0};
  atomic<int> y{0};
  const auto work = [](atomic<int>& own) {
    for (int i = 0; i < Stores; ++i) own.store(i);
  };
  thread a([&] { work(x); });
  thread b([&] { work(y); });
  a.join();
  b.join();
  use(x.load());
}

template <int Steps>
void store_load() {
  atomic<int> x{0};
  thread writer([&] {
    for (int i = 0; i < Steps; ++i) x.store(i);
  });
  thread reader([&] {
    for (int i = 0; i < Steps; ++i) use(x.load());
  });
  writer.join();
  reader.join();
  use(x.load());
}

template <unsigned Readers>
void readers() {
  atomic<int> x{0};
  std::optional<thread> readers[Readers];
  thread writer([&] { x.store(1); });
  for (auto& each : readers) each.emplace([&] { use(x.load()); });
  for (auto& each : readers) each->join();
  writer.join();
}

// One thread looks for the last zero from behind, while the others make zeros into numbers.
template <unsigned Last>
void lastzero() {
  std::optional<atomic<int>> a[Last + 1];
  for (auto& each : a) each.emplace(0);
  in_threads<Last + 1>([&](unsigned me) {
    if (me == 0) {
      unsigned i = Last;
      while (a[i]->load() != 0) --i;
      use(static_cast<int>(i));
    } else {
      a[me]->store(a[me - 1]->load() + 1);
    }
  });
}

template <int Sums>
void fib_bench() {
  atomic<int> a{1};
  atomic<int> b{1};
  const auto add = [](atomic<int>& to, atomic<int>& other) {
    for (int i = 0; i < Sums; ++i) to.store(to.load() + other.load());
  };
  thread first([&] { add(a, b); });
  thread second([&] { add(b, a); });
  first.join();
  second.join();
  use(a.load());
}

template <unsigned Threads>
void sched_tp100() {
  std::optional<atomic<int>> own[Threads];
  std::optional<thread> threads[Threads];
  for (auto& each : own) each.emplace(0);
  for (unsigned t = 0; t < Threads; ++t) {
    threads[t].emplace([&mine = *own[t]] {
      for (int i = 0; i < 100; ++i) mine.store(i);
    });
  }
  for (auto& each : threads) each->join();
}

void faa10x100() {
  atomic<int> x{0};
  in_threads<10>([&](unsigned) {
    for (int i = 0; i < 100; ++i) x.fetch_add(1);
  });
}

}  // namespace

std::vector<workload> atomic_workloads() {
  return {
      {"lost_update2", 5, &lost_update<2>, 2, &bare_points<2>},
      {"lost_update3", 7, &lost_update<3>, 3, &bare_points<2>},
      {"same_store3", 7, &same_store<3>, 2, &bare_points<3>},
      {"same_store5", 11, &same_store<5>, 2, &bare_points<5>},
      {"diff_store3", 7, &diff_store<3>, 2, &bare_points<3>},
      {"diff_store5", 11, &diff_store<5>, 2, &bare_points<5>},
      {"store_load3", 7, &store_load<3>, 2, &bare_points<3>},
      {"store_load5", 11, &store_load<5>, 2, &bare_points<5>},
      {"readers2", 3, &readers<2>, 3, &bare_points<1>},
      {"readers4", 5, &readers<4>, 5, &bare_points<1>},
      {"lastzero3", 0, &lastzero<3>, 4, &bare_unequal<1, 2, 2>},
      {"lastzero5", 0, &lastzero<5>, 6, &bare_unequal<1, 2, 2>},
      {"fib_bench3", 19, &fib_bench<3>, 2, &bare_points<9>},
      {"fib_bench4", 25, &fib_bench<4>, 2, &bare_points<12>},
      {"sched_tp2x100", 200, &sched_tp100<2>, 2, &bare_points<100>},
      {"sched_tp4x100", 400, &sched_tp100<4>, 4, &bare_points<100>},
      {"sched_tp8x100", 800, &sched_tp100<8>, 8, &bare_points<100>},
      {"faa10x100", 1000, &faa10x100, 10, &bare_points<100>},
  };
}

}  // namespace heddle::bench
