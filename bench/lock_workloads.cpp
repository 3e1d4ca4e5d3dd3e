// SPDX-License-Identifier: MIT
#include "bare.hpp"
#include "door.hpp"
#include "in_threads.hpp"
#include "workloads.hpp"

namespace heddle::bench {

namespace {

template <unsigned Threads, int Times>
void mutex_counter() {
  mutex guard;
  var<int> count{0};
  const auto work = [&] {
    for (int i = 0; i < Times; ++i) {
      lock_guard lock(guard);
      count.store(count.load() + 1);
    }
  };
  std::optional<thread> threads[Threads];
  for (auto& each : threads) each.emplace(work);
  for (auto& each : threads) each->join();
}

// A producer, a consumer, room for one item.
template <int Items>
void bounded_buffer() {
  mutex guard;
  condition_variable not_full;
  condition_variable not_empty;
  var<int> items{0};
  thread producer([&] {
    for (int i = 0; i < Items; ++i) {
      unique_lock lock(guard);
      while (items.load() == 1) not_full.wait(lock);
      items.store(1);
      not_empty.notify_one();
    }
  });
  thread consumer([&] {
    for (int i = 0; i < Items; ++i) {
      unique_lock lock(guard);
      while (items.load() == 0) not_empty.wait(lock);
      items.store(0);
      not_full.notify_one();
    }
  });
  producer.join();
  consumer.join();
}

void lock10x100() {
  mutex guard;
  in_threads<10>([&](unsigned) {
    for (int i = 0; i < 100; ++i) lock_guard lock(guard);
  });
}

}  // namespace

std::vector<workload> lock_workloads() {
  return {
      {"mutex_counter2x1", 4, &mutex_counter<2, 1>, 2, &bare_points<2>},
      {"mutex_counter3x3", 18, &mutex_counter<3, 3>, 3, &bare_points<6>},
      // Lock, notify, unlock for each item, and a wait with its wake-up for about two of three.
      {"bounded_buffer3", 0, &bounded_buffer<3>, 2, &bare_points<13>},
      {"lock10x100", 2000, &lock10x100, 10, &bare_points<200>},
  };
}

}  // namespace heddle::bench
