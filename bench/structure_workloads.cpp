// SPDX-License-Identifier: MIT
#include "bare.hpp"
#include "door.hpp"
#include "workloads.hpp"

namespace heddle::bench {

namespace {

// Nodes live as long as the body: nothing is reclaimed.
template <int Pairs>
struct stack {
  struct node {
    atomic<int> next{0};
  };
  node nodes[2 * Pairs + 1];
  atomic<int> top{0};  // an index; 0 is empty

  void push(int which) {
    int first = top.load(std::memory_order_relaxed);
    do {
      nodes[which].next.store(first, std::memory_order_relaxed);
    } while (!top.compare_exchange_strong(first, which, std::memory_order_release,
                                          std::memory_order_relaxed));
  }
  int pop() {
    int first = top.load(std::memory_order_acquire);
    while (first != 0) {
      const int next = nodes[first].next.load(std::memory_order_relaxed);
      if (top.compare_exchange_strong(first, next, std::memory_order_acquire,
                                      std::memory_order_acquire)) {
        break;
      }
    }
    return first;
  }
};

template <int Pairs>
struct queue {
  struct node {
    atomic<int> next{0};
  };
  node nodes[2 * Pairs + 2];
  atomic<int> head{1};  // indices; node 1 is the first dummy
  atomic<int> tail{1};

  void push(int which) {
    for (;;) {
      int last = tail.load(std::memory_order_acquire);
      int next = nodes[last].next.load(std::memory_order_acquire);
      if (next != 0) {
        tail.compare_exchange_strong(last, next, std::memory_order_acq_rel,
                                     std::memory_order_acquire);
        continue;
      }
      if (nodes[last].next.compare_exchange_strong(next, which, std::memory_order_acq_rel,
                                                   std::memory_order_acquire)) {
        tail.compare_exchange_strong(last, which, std::memory_order_acq_rel,
                                     std::memory_order_acquire);
        return;
      }
    }
  }
  int pop() {
    for (;;) {
      int first = head.load(std::memory_order_acquire);
      int last = tail.load(std::memory_order_acquire);
      const int next = nodes[first].next.load(std::memory_order_acquire);
      if (next == 0) return 0;
      if (first == last) {
        tail.compare_exchange_strong(last, next, std::memory_order_acq_rel,
                                     std::memory_order_acquire);
        continue;
      }
      if (head.compare_exchange_strong(first, next, std::memory_order_acq_rel,
                                       std::memory_order_acquire)) {
        return next;
      }
    }
  }
};

// Two threads, each of which pushes what is its own and pops what it finds.
template <class Structure, int First, int Pairs>
void push_and_pop() {
  Structure shared;
  const auto work = [&](int first) {
    for (int i = 0; i < Pairs; ++i) {
      shared.push(first + i);
      use(shared.pop());
    }
  };
  thread a([&] { work(First); });
  thread b([&] { work(First + Pairs); });
  a.join();
  b.join();
}

template <int Pairs>
void treiber() {
  push_and_pop<stack<Pairs>, 1, Pairs>();
}
template <int Pairs>
void msqueue() {
  push_and_pop<queue<Pairs>, 2, Pairs>();
}

}  // namespace

// Bare, without failed attempts: a load, a store and an exchange to push on the stack, two loads
// and an exchange to pop; two loads and two exchanges, three loads and an exchange for the queue.
std::vector<workload> structure_workloads() {
  return {
      {"treiber2x1", 0, &treiber<1>, 2, &bare_points<6>},
      {"treiber2x2", 0, &treiber<2>, 2, &bare_points<12>},
      {"msqueue2x1", 0, &msqueue<1>, 2, &bare_points<8>},
      {"msqueue2x2", 0, &msqueue<2>, 2, &bare_points<16>},
  };
}

}  // namespace heddle::bench
