// SPDX-License-Identifier: MIT
#include "workloads.hpp"

#include <optional>

#include "heddle/heddle.hpp"
#include "structures.hpp"

namespace heddle::bench {

namespace {

volatile int shared[8];  // what the bare fibers work on

// N threads: v = x.load; x.store(v + 1); then the body reads the result.
template <unsigned Threads>
void lost_update() {
  atomic<int> x{0};
  const auto increment = [&] { x.store(x.load() + 1); };
  std::optional<thread> threads[Threads];
  for (auto& each : threads) each.emplace(increment);
  for (auto& each : threads) each->join();
  (void)x.load();
}
void bare_lost_update(bare_fibers& on, unsigned) {
  on.point();
  const int v = shared[0];
  on.point();
  shared[0] = v + 1;
}

void same_store5() {
  atomic<int> x{0};
  const auto work = [&] {
    for (int i = 0; i < 5; ++i) x.store(i);
  };
  thread a(work);
  thread b(work);
  a.join();
  b.join();
  (void)x.load();
}
void bare_same_store5(bare_fibers& on, unsigned) {
  for (int i = 0; i < 5; ++i) {
    on.point();
    shared[0] = i;
  }
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
void bare_sched_tp100(bare_fibers& on, unsigned thread) {
  for (int i = 0; i < 100; ++i) {
    on.point();
    shared[thread] = i;
  }
}

void mutex_counter3x3() {
  mutex guard;
  var<int> count{0};
  const auto work = [&] {
    for (int i = 0; i < 3; ++i) {
      lock_guard lock(guard);
      count.store(count.load() + 1);
    }
  };
  thread a(work);
  thread b(work);
  thread c(work);
  a.join();
  b.join();
  c.join();
}
void bare_mutex_counter3x3(bare_fibers& on, unsigned) {
  for (int i = 0; i < 3; ++i) {
    on.point();
    on.point();
    shared[0] = shared[0] + 1;
  }
}

void diff_store5() {
  atomic<int> x{0};
  atomic<int> y{0};
  const auto work = [](atomic<int>& own) {
    for (int i = 0; i < 5; ++i) own.store(i);
  };
  thread a([&] { work(x); });
  thread b([&] { work(y); });
  a.join();
  b.join();
  (void)x.load();
}

void readers4() {
  atomic<int> x{0};
  std::optional<thread> readers[4];
  thread writer([&] { x.store(1); });
  for (auto& each : readers) each.emplace([&] { (void)x.load(); });
  for (auto& each : readers) each->join();
  writer.join();
}
void bare_readers4(bare_fibers& on, unsigned) {
  on.point();
  shared[0] = 1;
}

void fib_bench3() {
  atomic<int> a{1};
  atomic<int> b{1};
  const auto add = [](atomic<int>& to, atomic<int>& other) {
    for (int i = 0; i < 3; ++i) to.store(to.load() + other.load());
  };
  thread first([&] { add(a, b); });
  thread second([&] { add(b, a); });
  first.join();
  second.join();
  (void)a.load();
}
void bare_fib_bench3(bare_fibers& on, unsigned thread) {
  for (int i = 0; i < 3; ++i) {
    on.point();
    const int mine = shared[thread];
    on.point();
    const int other = shared[1 - thread];
    on.point();
    shared[thread] = mine + other;
  }
}

// Ten threads, a hundred times each.
template <class Work>
void ten_times_100(Work&& work) {
  std::optional<thread> threads[10];
  for (auto& each : threads) {
    each.emplace([&] {
      for (int i = 0; i < 100; ++i) work();
    });
  }
  for (auto& each : threads) each->join();
}
void lock10x100() {
  mutex guard;
  ten_times_100([&] { lock_guard lock(guard); });
}
void bare_lock10x100(bare_fibers& on, unsigned) {
  for (int i = 0; i < 200; ++i) on.point();
}
void faa10x100() {
  atomic<int> x{0};
  ten_times_100([&] { x.fetch_add(1); });
}
void bare_faa10x100(bare_fibers& on, unsigned) {
  for (int i = 0; i < 100; ++i) {
    on.point();
    shared[0] = shared[0] + 1;
  }
}

void sb_relaxed() {
  atomic<int> x{0};
  atomic<int> y{0};
  const auto work = [](atomic<int>& to, atomic<int>& from) {
    to.store(1, std::memory_order_relaxed);
    (void)from.load(std::memory_order_relaxed);
  };
  thread a([&] { work(x, y); });
  thread b([&] { work(y, x); });
  a.join();
  b.join();
}

}  // namespace

const std::vector<workload>& workloads() {
  static const std::vector<workload> all{
      {"lost_update2", 5, &lost_update<2>, 2, &bare_lost_update},
      {"lost_update3", 7, &lost_update<3>, 3, &bare_lost_update},
      {"same_store5", 11, &same_store5, 2, &bare_same_store5},
      {"sched_tp2x100", 200, &sched_tp100<2>, 2, &bare_sched_tp100},
      {"sched_tp4x100", 400, &sched_tp100<4>, 4, &bare_sched_tp100},
      {"sched_tp8x100", 800, &sched_tp100<8>, 8, &bare_sched_tp100},
      {"diff_store5", 11, &diff_store5, 2, &bare_same_store5},
      {"readers4", 5, &readers4, 5, &bare_readers4},
      {"fib_bench3", 19, &fib_bench3, 2, &bare_fib_bench3},
      {"mutex_counter3x3", 18, &mutex_counter3x3, 3, &bare_mutex_counter3x3},
      {"bounded_buffer3", 0, &bounded_buffer3, 2, &bare_bounded_buffer3},
      {"treiber2x2", 0, &treiber2x2, 2, &bare_treiber2x2},
      {"msqueue2x2", 0, &msqueue2x2, 2, &bare_msqueue2x2},
      {"lock10x100", 2000, &lock10x100, 10, &bare_lock10x100},
      {"faa10x100", 1000, &faa10x100, 10, &bare_faa10x100},
      {"sb_relaxed", 4, &sb_relaxed, 2, &bare_lost_update},
  };
  return all;
}

}  // namespace heddle::bench
