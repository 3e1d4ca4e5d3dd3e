// SPDX-License-Identifier: MIT
#include "bare.hpp"
#include "door.hpp"
#include "in_threads.hpp"
#include "workloads.hpp"

namespace heddle::bench {

namespace {

constexpr auto relaxed = std::memory_order_relaxed;
struct two {
  atomic<int> x{0};
  atomic<int> y{0};
};

// Store buffering: each thread stores to its own and loads the other's.
template <std::memory_order Order>
void sb() {
  two shared;
  in_threads<2>([&](unsigned me) {
    (me == 0 ? shared.x : shared.y).store(1, Order);
    use((me == 0 ? shared.y : shared.x).load(Order));
  });
}

// Message passing: data, then a flag.
void mp_rlx() {
  two shared;
  in_threads<2>([&](unsigned me) {
    if (me == 0) {
      shared.x.store(1, relaxed);
      shared.y.store(1, relaxed);
    } else {
      use(shared.y.load(relaxed));
      use(shared.x.load(relaxed));
    }
  });
}

// Load buffering.
void lb_rlx() {
  two shared;
  in_threads<2>([&](unsigned me) {
    use((me == 0 ? shared.x : shared.y).load(relaxed));
    (me == 0 ? shared.y : shared.x).store(1, relaxed);
  });
}

// Independent reads of independent writes.
void iriw_rlx() {
  two shared;
  in_threads<4>([&](unsigned me) {
    if (me < 2) {
      (me == 0 ? shared.x : shared.y).store(1, relaxed);
    } else {
      use((me == 2 ? shared.x : shared.y).load(relaxed));
      use((me == 2 ? shared.y : shared.x).load(relaxed));
    }
  });
}

}  // namespace

std::vector<workload> litmus_workloads() {
  return {
      {"sb_rlx", 4, &sb<relaxed>, 2, &bare_points<2>},
      {"sb_sc", 4, &sb<std::memory_order_seq_cst>, 2, &bare_points<2>},
      {"mp_rlx", 4, &mp_rlx, 2, &bare_points<2>},
      {"lb_rlx", 4, &lb_rlx, 2, &bare_points<2>},
      {"iriw_rlx", 6, &iriw_rlx, 4, &bare_unequal<2, 1, 2>},
  };
}

}  // namespace heddle::bench
