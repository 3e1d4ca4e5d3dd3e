// SPDX-License-Identifier: MIT
// The workloads of the benchmarks in the words of Relacy (github.com/dvyukov/relacy), of which
// nothing is in this repository: the build takes it from HEDDLE_RELACY. A program of its own,
// because Relacy puts its own allocation in the place of the program's.
//
//   heddle_bench_relacy <workload> <executions>
//
// runs one workload under Relacy's random scheduler, with its defaults, and prints the nanoseconds
// of the processor that an execution took. Exit status 2: no such workload.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <streambuf>
#include <string_view>

#include "relacy/relacy.hpp"

namespace {

constexpr auto relaxed = rl::mo_relaxed;
constexpr auto acquire = rl::mo_acquire;
constexpr auto release = rl::mo_release;
constexpr auto acq_rel = rl::mo_acq_rel;
volatile int sink;

// Threads start on their own, after() is what the body does when it has joined them.

template <unsigned Threads>
struct lost_update : rl::test_suite<lost_update<Threads>, Threads> {
  rl::atomic<int> x{0};
  void thread(unsigned) { x.store(x.load() + 1); }
  void after() { sink = x.load(); }
};

template <int Stores>
struct same_store : rl::test_suite<same_store<Stores>, 2> {
  rl::atomic<int> x{0};
  void thread(unsigned) {
    for (int i = 0; i < Stores; ++i) x.store(i);
  }
  void after() { sink = x.load(); }
};

template <int Stores>
struct diff_store : rl::test_suite<diff_store<Stores>, 2> {
  rl::atomic<int> x{0};
  rl::atomic<int> y{0};
  void thread(unsigned me) {
    rl::atomic<int>& own = me == 0 ? x : y;
    for (int i = 0; i < Stores; ++i) own.store(i);
  }
  void after() { sink = x.load(); }
};

template <int Steps>
struct store_load : rl::test_suite<store_load<Steps>, 2> {
  rl::atomic<int> x{0};
  void thread(unsigned me) {
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

template <unsigned Readers>
struct readers : rl::test_suite<readers<Readers>, Readers + 1> {
  rl::atomic<int> x{0};
  void thread(unsigned me) {
    if (me == 0) {
      x.store(1);
    } else {
      sink = x.load();
    }
  }
};

template <int Last>
struct lastzero : rl::test_suite<lastzero<Last>, Last + 1> {
  rl::atomic<int> a[Last + 1];
  void before() {
    for (auto& each : a) each.store(0, relaxed);
  }
  void thread(unsigned me) {
    if (me == 0) {
      int i = Last;
      while (a[i].load() != 0) --i;
      sink = i;
    } else {
      a[me].store(a[me - 1].load() + 1);
    }
  }
};

template <int Sums>
struct fib_bench : rl::test_suite<fib_bench<Sums>, 2> {
  rl::atomic<int> a{1};
  rl::atomic<int> b{1};
  void thread(unsigned me) {
    rl::atomic<int>& to = me == 0 ? a : b;
    rl::atomic<int>& other = me == 0 ? b : a;
    for (int i = 0; i < Sums; ++i) to.store(to.load() + other.load());
  }
  void after() { sink = a.load(); }
};

template <unsigned Threads, int Times>
struct mutex_counter : rl::test_suite<mutex_counter<Threads, Times>, Threads> {
  rl::mutex guard;
  rl::var<int> count{0};
  void thread(unsigned) {
    for (int i = 0; i < Times; ++i) {
      guard.lock($);
      count($) = count($) + 1;
      guard.unlock($);
    }
  }
};

template <int Items>
struct bounded_buffer : rl::test_suite<bounded_buffer<Items>, 2> {
  rl::mutex guard;
  rl::condition_variable not_full;
  rl::condition_variable not_empty;
  rl::var<int> items{0};
  void thread(unsigned me) {
    for (int i = 0; i < Items; ++i) {
      guard.lock($);
      if (me == 0) {
        while (items($) == 1) not_full.wait(guard, $);
        items($) = 1;
        not_empty.notify_one($);
      } else {
        while (items($) == 0) not_empty.wait(guard, $);
        items($) = 0;
        not_full.notify_one($);
      }
      guard.unlock($);
    }
  }
};

template <int Pairs>
struct treiber : rl::test_suite<treiber<Pairs>, 2> {
  rl::atomic<int> next[2 * Pairs + 1];
  rl::atomic<int> top{0};
  void before() {
    for (auto& each : next) each.store(0, relaxed);
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
  void thread(unsigned me) {
    for (int i = 0; i < Pairs; ++i) {
      push(1 + static_cast<int>(me) * Pairs + i);
      sink = pop();
    }
  }
};

template <int Pairs>
struct msqueue : rl::test_suite<msqueue<Pairs>, 2> {
  rl::atomic<int> next[2 * Pairs + 2];
  rl::atomic<int> head{1};
  rl::atomic<int> tail{1};
  void before() {
    for (auto& each : next) each.store(0, relaxed);
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
  void thread(unsigned me) {
    for (int i = 0; i < Pairs; ++i) {
      push(2 + static_cast<int>(me) * Pairs + i);
      sink = pop();
    }
  }
};

template <rl::memory_order Order>
struct sb : rl::test_suite<sb<Order>, 2> {
  rl::atomic<int> x{0};
  rl::atomic<int> y{0};
  void thread(unsigned me) {
    (me == 0 ? x : y).store(1, Order);
    sink = (me == 0 ? y : x).load(Order);
  }
};

struct mp_rlx : rl::test_suite<mp_rlx, 2> {
  rl::atomic<int> x{0};
  rl::atomic<int> y{0};
  void thread(unsigned me) {
    if (me == 0) {
      x.store(1, relaxed);
      y.store(1, relaxed);
    } else {
      sink = y.load(relaxed);
      sink = x.load(relaxed);
    }
  }
};

struct lb_rlx : rl::test_suite<lb_rlx, 2> {
  rl::atomic<int> x{0};
  rl::atomic<int> y{0};
  void thread(unsigned me) {
    sink = (me == 0 ? x : y).load(relaxed);
    (me == 0 ? y : x).store(1, relaxed);
  }
};

struct iriw_rlx : rl::test_suite<iriw_rlx, 4> {
  rl::atomic<int> x{0};
  rl::atomic<int> y{0};
  void thread(unsigned me) {
    if (me < 2) {
      (me == 0 ? x : y).store(1, relaxed);
    } else {
      sink = (me == 2 ? x : y).load(relaxed);
      sink = (me == 2 ? y : x).load(relaxed);
    }
  }
};

template <unsigned Threads>
struct sched_tp100 : rl::test_suite<sched_tp100<Threads>, Threads> {
  rl::atomic<int> own[Threads];
  void before() {
    for (auto& each : own) each.store(0, relaxed);
  }
  void thread(unsigned me) {
    for (int i = 0; i < 100; ++i) own[me].store(i);
  }
};

template <unsigned Setters, unsigned Checkers>
struct reorder : rl::test_suite<reorder<Setters, Checkers>, Setters + Checkers> {
  rl::atomic<int> a{0};
  rl::atomic<int> b{0};
  void thread(unsigned me) {
    if (me < Setters) {
      a.store(1);
      b.store(-1);
    } else {
      sink = (a.load() == 0 && b.load() == 0) || (a.load() == 1 && b.load() == -1);
    }
  }
};

template <unsigned First>
struct twostage : rl::test_suite<twostage<First>, First + 1> {
  rl::mutex m1;
  rl::mutex m2;
  rl::atomic<int> d1{0};
  rl::var<int> d2{0};
  void thread(unsigned me) {
    m1.lock($);
    if (me < First) {
      d1.store(1);
      m1.unlock($);
      m2.lock($);
      d2($) = d1.load() + 1;
      m2.unlock($);
      return;
    }
    const int t1 = d1.load();
    m1.unlock($);
    if (t1 == 0) return;
    m2.lock($);
    sink = d2($) - t1;
    m2.unlock($);
  }
};

struct lock10x100 : rl::test_suite<lock10x100, 10> {
  rl::mutex guard;
  void thread(unsigned) {
    for (int i = 0; i < 100; ++i) {
      guard.lock($);
      guard.unlock($);
    }
  }
};

struct faa10x100 : rl::test_suite<faa10x100, 10> {
  rl::atomic<int> x{0};
  void thread(unsigned) {
    for (int i = 0; i < 100; ++i) x.fetch_add(1);
  }
};

struct workload {
  const char* name;
  bool (*run)(rl::test_params& how);
};

constexpr workload workloads[] = {
    {"lost_update2", rl::simulate<lost_update<2>>},
    {"lost_update3", rl::simulate<lost_update<3>>},
    {"same_store3", rl::simulate<same_store<3>>},
    {"same_store5", rl::simulate<same_store<5>>},
    {"diff_store3", rl::simulate<diff_store<3>>},
    {"diff_store5", rl::simulate<diff_store<5>>},
    {"store_load3", rl::simulate<store_load<3>>},
    {"store_load5", rl::simulate<store_load<5>>},
    {"readers2", rl::simulate<readers<2>>},
    {"readers4", rl::simulate<readers<4>>},
    {"lastzero3", rl::simulate<lastzero<3>>},
    {"lastzero5", rl::simulate<lastzero<5>>},
    {"fib_bench3", rl::simulate<fib_bench<3>>},
    {"fib_bench4", rl::simulate<fib_bench<4>>},
    {"mutex_counter2x1", rl::simulate<mutex_counter<2, 1>>},
    {"mutex_counter3x3", rl::simulate<mutex_counter<3, 3>>},
    {"bounded_buffer3", rl::simulate<bounded_buffer<3>>},
    {"treiber2x1", rl::simulate<treiber<1>>},
    {"treiber2x2", rl::simulate<treiber<2>>},
    {"msqueue2x1", rl::simulate<msqueue<1>>},
    {"msqueue2x2", rl::simulate<msqueue<2>>},
    {"sb_rlx", rl::simulate<sb<relaxed>>},
    {"sb_sc", rl::simulate<sb<rl::mo_seq_cst>>},
    {"mp_rlx", rl::simulate<mp_rlx>},
    {"lb_rlx", rl::simulate<lb_rlx>},
    {"iriw_rlx", rl::simulate<iriw_rlx>},
    {"sched_tp2x100", rl::simulate<sched_tp100<2>>},
    {"sched_tp4x100", rl::simulate<sched_tp100<4>>},
    {"sched_tp8x100", rl::simulate<sched_tp100<8>>},
    {"reorder_3", rl::simulate<reorder<2, 1>>},
    {"reorder_5", rl::simulate<reorder<4, 1>>},
    {"reorder_10", rl::simulate<reorder<9, 1>>},
    {"reorder_20", rl::simulate<reorder<10, 10>>},
    {"twostage_2", rl::simulate<twostage<1>>},
    {"twostage_20", rl::simulate<twostage<19>>},
    {"lock10x100", rl::simulate<lock10x100>},
    {"faa10x100", rl::simulate<faa10x100>},
};

double nanoseconds_spent() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  struct : std::streambuf {
  } nowhere;
  std::ostream silent(&nowhere);
  rl::test_params how;
  how.iteration_count = static_cast<rl::iteration_t>(std::atoll(argv[2]));
  how.progress_stream = &silent;
  how.output_stream = &silent;
  how.execution_depth_limit = 100'000;  // lock10x100 is longer than its default
  for (const workload& work : workloads) {
    if (std::string_view(work.name) != argv[1]) continue;
    const double begun = nanoseconds_spent();
    if (!work.run(how)) {
      std::fprintf(stderr, "relacy: %s fails: %s\n", work.name,
                   rl::test_result_str(how.test_result));
      return 1;
    }
    std::printf("%.3f\n", (nanoseconds_spent() - begun) / static_cast<double>(how.iteration_count));
    return 0;
  }
  return 2;
}
