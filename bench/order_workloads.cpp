// SPDX-License-Identifier: MIT
#include "bare.hpp"
#include "door.hpp"
#include "in_threads.hpp"
#include "workloads.hpp"

// Two of the programs of tests/bugs, without their assertions and with atomics for what races.
namespace heddle::bench {

namespace {

template <unsigned Setters, unsigned Checkers>
void reorder() {
  atomic<int> a{0};
  atomic<int> b{0};
  in_threads<Setters + Checkers>([&](unsigned me) {
    if (me < Setters) {
      a.store(1);
      b.store(-1);
    } else {
      use((a.load() == 0 && b.load() == 0) || (a.load() == 1 && b.load() == -1));
    }
  });
}

template <unsigned First>
void twostage() {
  mutex m1;
  mutex m2;
  atomic<int> d1{0};
  var<int> d2{0};
  in_threads<First + 1>([&](unsigned me) {
    unique_lock first(m1);
    if (me < First) {
      d1.store(1);
      first.unlock();
      lock_guard second(m2);
      d2 = d1.load() + 1;
      return;
    }
    const int t1 = d1.load();
    first.unlock();
    if (t1 == 0) return;
    lock_guard second(m2);
    use(d2.load() - t1);
  });
}

}  // namespace

std::vector<workload> order_workloads() {
  return {
      {"reorder_3", 0, &reorder<2, 1>, 3, &bare_unequal<2, 2, 3>},
      {"reorder_5", 0, &reorder<4, 1>, 5, &bare_unequal<4, 2, 3>},
      {"reorder_10", 0, &reorder<9, 1>, 10, &bare_unequal<9, 2, 3>},
      {"reorder_20", 0, &reorder<10, 10>, 20, &bare_unequal<10, 2, 3>},
      {"twostage_2", 0, &twostage<1>, 2, &bare_unequal<1, 6, 4>},
      {"twostage_20", 0, &twostage<19>, 20, &bare_unequal<19, 6, 5>},
  };
}

}  // namespace heddle::bench
