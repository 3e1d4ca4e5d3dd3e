// SPDX-License-Identifier: MIT
#include "structures.hpp"

#include "heddle/heddle.hpp"

namespace heddle::bench {

namespace {

constexpr int pairs = 2;
volatile int sink;

// Nodes live as long as the body: nothing is reclaimed.
struct stack {
  struct node {
    atomic<int> next{0};
  };
  node nodes[2 * pairs + 1];
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

struct queue {
  struct node {
    atomic<int> next{0};
  };
  node nodes[2 * pairs + 2];
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
template <class Structure, int First>
void push_and_pop() {
  Structure shared;
  const auto work = [&](int first) {
    for (int i = 0; i < pairs; ++i) {
      shared.push(first + i);
      sink = shared.pop();
    }
  };
  thread a([&] { work(First); });
  thread b([&] { work(First + pairs); });
  a.join();
  b.join();
}

}  // namespace

void bounded_buffer3() {
  mutex guard;
  condition_variable not_full;
  condition_variable not_empty;
  var<int> items{0};
  thread producer([&] {
    for (int i = 0; i < 3; ++i) {
      unique_lock lock(guard);
      while (items.load() == 1) not_full.wait(lock);
      items.store(1);
      not_empty.notify_one();
    }
  });
  thread consumer([&] {
    for (int i = 0; i < 3; ++i) {
      unique_lock lock(guard);
      while (items.load() == 0) not_empty.wait(lock);
      items.store(0);
      not_full.notify_one();
    }
  });
  producer.join();
  consumer.join();
}
void treiber2x2() { push_and_pop<stack, 1>(); }
void msqueue2x2() { push_and_pop<queue, 2>(); }

// Three rounds of lock, notify, unlock, and a wait with its wake-up for about two of them.
void bare_bounded_buffer3(bare_fibers& on, unsigned) {
  for (int i = 0; i < 13; ++i) {
    on.point();
    sink = i;
  }
}
// Without failed attempts: a load, a store and an exchange; a load, a load and an exchange.
void bare_treiber2x2(bare_fibers& on, unsigned) {
  for (int i = 0; i < 6 * pairs; ++i) {
    on.point();
    sink = i;
  }
}
// Two loads and two exchanges; three loads and an exchange.
void bare_msqueue2x2(bare_fibers& on, unsigned) {
  for (int i = 0; i < 8 * pairs; ++i) {
    on.point();
    sink = i;
  }
}

}  // namespace heddle::bench
