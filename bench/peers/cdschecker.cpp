// SPDX-License-Identifier: MIT
// Workloads of the benchmarks in the words of CDSChecker (github.com/bdemsky/cdschecker), of which
// nothing is in this repository: the build takes its headers and its library from
// HEDDLE_CDSCHECKER. They are C++11, and so is this. The library brings main(), which calls
// user_main().
//
//   heddle_bench_cdschecker [options of CDSChecker] -- <workload>
//
// explores one workload exhaustively. Exit status 2: no such workload.
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include "librace.h"
#include "threads.h"

namespace {

const std::memory_order relaxed = std::memory_order_relaxed;
const std::memory_order acquire = std::memory_order_acquire;
const std::memory_order release = std::memory_order_release;
const std::memory_order acq_rel = std::memory_order_acq_rel;
volatile int sink;

// Threads that do work(0), work(1) .. of one object and are joined.
template <class Shared>
struct task {
  Shared* shared;
  int me;
  static void run(void* of) {
    task& self = *static_cast<task*>(of);
    self.shared->thread(self.me);
  }
};
template <class Shared>
void in_threads() {
  Shared shared;
  task<Shared> tasks[Shared::threads];
  thrd_t handles[Shared::threads];
  for (int i = 0; i < Shared::threads; ++i) {
    tasks[i].shared = &shared;
    tasks[i].me = i;
    thrd_create(&handles[i], &task<Shared>::run, &tasks[i]);
  }
  for (int i = 0; i < Shared::threads; ++i) thrd_join(handles[i]);
  shared.after();
}

template <int Threads>
struct lost_update {
  static const int threads = Threads;
  std::atomic<int> x;
  lost_update() { atomic_init(&x, 0); }
  void thread(int) { x.store(x.load() + 1); }
  void after() { sink = x.load(); }
};

template <int Stores>
struct same_store {
  static const int threads = 2;
  std::atomic<int> x;
  same_store() { atomic_init(&x, 0); }
  void thread(int) {
    for (int i = 0; i < Stores; ++i) x.store(i);
  }
  void after() { sink = x.load(); }
};

template <int Steps>
struct store_load {
  static const int threads = 2;
  std::atomic<int> x;
  store_load() { atomic_init(&x, 0); }
  void thread(int me) {
    for (int i = 0; i < Steps; ++i) {
      if (me == 0) {
        x.store(i);
      } else {
        sink = x.load();
      }
    }
  }
  void after() { sink = x.load(); }
};

template <int Readers>
struct readers {
  static const int threads = Readers + 1;
  std::atomic<int> x;
  readers() { atomic_init(&x, 0); }
  void thread(int me) {
    if (me == 0) {
      x.store(1);
    } else {
      sink = x.load();
    }
  }
  void after() {}
};

template <int Last>
struct lastzero {
  static const int threads = Last + 1;
  std::atomic<int> a[Last + 1];
  lastzero() {
    for (int i = 0; i <= Last; ++i) atomic_init(&a[i], 0);
  }
  void thread(int me) {
    if (me == 0) {
      int i = Last;
      while (a[i].load() != 0) --i;
      sink = i;
    } else {
      a[me].store(a[me - 1].load() + 1);
    }
  }
  void after() {}
};

template <int Sums>
struct fib_bench {
  static const int threads = 2;
  std::atomic<int> a;
  std::atomic<int> b;
  fib_bench() {
    atomic_init(&a, 1);
    atomic_init(&b, 1);
  }
  void thread(int me) {
    std::atomic<int>& to = me == 0 ? a : b;
    std::atomic<int>& other = me == 0 ? b : a;
    for (int i = 0; i < Sums; ++i) to.store(to.load() + other.load());
  }
  void after() { sink = a.load(); }
};

template <int Threads, int Times>
struct mutex_counter {
  static const int threads = Threads;
  std::mutex guard;
  int count;
  mutex_counter() { store_32(&count, 0); }
  void thread(int) {
    for (int i = 0; i < Times; ++i) {
      guard.lock();
      store_32(&count, load_32(&count) + 1);
      guard.unlock();
    }
  }
  void after() {}
};

template <int Pairs>
struct treiber {
  static const int threads = 2;
  std::atomic<int> next[2 * Pairs + 1];
  std::atomic<int> top;
  treiber() {
    atomic_init(&top, 0);
    for (int i = 0; i <= 2 * Pairs; ++i) atomic_init(&next[i], 0);
  }
  void push(int which) {
    int first = top.load(relaxed);
    do {
      next[which].store(first, relaxed);
    } while (!top.compare_exchange_strong(first, which, release, relaxed));
  }
  int pop() {
    int first = top.load(acquire);
    while (first != 0) {
      const int after_first = next[first].load(relaxed);
      if (top.compare_exchange_strong(first, after_first, acquire, acquire)) break;
    }
    return first;
  }
  void thread(int me) {
    for (int i = 0; i < Pairs; ++i) {
      push(1 + me * Pairs + i);
      sink = pop();
    }
  }
  void after() {}
};

template <int Pairs>
struct msqueue {
  static const int threads = 2;
  std::atomic<int> next[2 * Pairs + 2];
  std::atomic<int> head;
  std::atomic<int> tail;
  msqueue() {
    atomic_init(&head, 1);
    atomic_init(&tail, 1);
    for (int i = 0; i <= 2 * Pairs + 1; ++i) atomic_init(&next[i], 0);
  }
  void push(int which) {
    for (;;) {
      int last = tail.load(acquire);
      int after_last = next[last].load(acquire);
      if (after_last != 0) {
        tail.compare_exchange_strong(last, after_last, acq_rel, acquire);
        continue;
      }
      if (next[last].compare_exchange_strong(after_last, which, acq_rel, acquire)) {
        tail.compare_exchange_strong(last, which, acq_rel, acquire);
        return;
      }
    }
  }
  int pop() {
    for (;;) {
      int first = head.load(acquire);
      int last = tail.load(acquire);
      const int after_first = next[first].load(acquire);
      if (after_first == 0) return 0;
      if (first == last) {
        tail.compare_exchange_strong(last, after_first, acq_rel, acquire);
        continue;
      }
      if (head.compare_exchange_strong(first, after_first, acq_rel, acquire)) return after_first;
    }
  }
  void thread(int me) {
    for (int i = 0; i < Pairs; ++i) {
      push(2 + me * Pairs + i);
      sink = pop();
    }
  }
  void after() {}
};

struct two {
  std::atomic<int> x;
  std::atomic<int> y;
  two() {
    atomic_init(&x, 0);
    atomic_init(&y, 0);
  }
  void after() {}
};
struct sb_rlx : two {
  static const int threads = 2;
  void thread(int me) {
    (me == 0 ? x : y).store(1, relaxed);
    sink = (me == 0 ? y : x).load(relaxed);
  }
};
struct sb_sc : two {
  static const int threads = 2;
  void thread(int me) {
    (me == 0 ? x : y).store(1);
    sink = (me == 0 ? y : x).load();
  }
};
struct mp_rlx : two {
  static const int threads = 2;
  void thread(int me) {
    if (me == 0) {
      x.store(1, relaxed);
      y.store(1, relaxed);
    } else {
      sink = y.load(relaxed);
      sink = x.load(relaxed);
    }
  }
};
struct iriw_rlx : two {
  static const int threads = 4;
  void thread(int me) {
    if (me < 2) {
      (me == 0 ? x : y).store(1, relaxed);
    } else {
      sink = (me == 2 ? x : y).load(relaxed);
      sink = (me == 2 ? y : x).load(relaxed);
    }
  }
};

struct workload {
  const char* name;
  void (*run)();
};
const workload workloads[] = {
    {"lost_update2", in_threads<lost_update<2>>},
    {"lost_update3", in_threads<lost_update<3>>},
    {"same_store3", in_threads<same_store<3>>},
    {"same_store5", in_threads<same_store<5>>},
    {"store_load3", in_threads<store_load<3>>},
    {"store_load5", in_threads<store_load<5>>},
    {"readers2", in_threads<readers<2>>},
    {"readers4", in_threads<readers<4>>},
    {"lastzero3", in_threads<lastzero<3>>},
    {"lastzero5", in_threads<lastzero<5>>},
    {"fib_bench3", in_threads<fib_bench<3>>},
    {"fib_bench4", in_threads<fib_bench<4>>},
    {"mutex_counter2x1", in_threads<mutex_counter<2, 1>>},
    {"mutex_counter3x3", in_threads<mutex_counter<3, 3>>},
    {"treiber2x1", in_threads<treiber<1>>},
    {"msqueue2x1", in_threads<msqueue<1>>},
    {"sb_rlx", in_threads<sb_rlx>},
    {"sb_sc", in_threads<sb_sc>},
    {"mp_rlx", in_threads<mp_rlx>},
    {"iriw_rlx", in_threads<iriw_rlx>},
};

}  // namespace

int user_main(int argc, char** argv) {
  for (const workload& work : workloads) {
    if (argc < 2 || std::strcmp(work.name, argv[1]) != 0) continue;
    work.run();
    return 0;
  }
  std::_Exit(2);
}
