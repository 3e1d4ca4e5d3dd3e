// SPDX-License-Identifier: MIT
#include "workloads.hpp"

#include <optional>

#include "heddle/heddle.hpp"

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

}  // namespace

const std::vector<workload>& workloads() {
  static const std::vector<workload> all{
      {"lost_update2", 5, &lost_update<2>, 2, &bare_lost_update},
      {"lost_update3", 7, &lost_update<3>, 3, &bare_lost_update},
      {"same_store5", 11, &same_store5, 2, &bare_same_store5},
      {"sched_tp2x100", 200, &sched_tp100<2>, 2, &bare_sched_tp100},
      {"sched_tp4x100", 400, &sched_tp100<4>, 4, &bare_sched_tp100},
      {"mutex_counter3x3", 18, &mutex_counter3x3, 3, &bare_mutex_counter3x3},
  };
  return all;
}

}  // namespace heddle::bench
