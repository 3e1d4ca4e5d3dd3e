// SPDX-License-Identifier: MIT
#include "algorithm_parts.hpp"

namespace algorithms {

namespace {

struct node {
  var<int> value{0};
  atomic<node*> next{nullptr};
};

template <memory_order Push>
void treiber_stack() {
  atomic<node*> head{nullptr};
  node a;
  in_two_threads(
      [&] {
        a.value = 1;
        node* old = head.load(relaxed);
        do {
          a.next.store(old, relaxed);
        } while (!head.compare_exchange_strong(old, &a, Push, relaxed));
      },
      [&] {
        node* top = head.load(acquire);
        if (top == nullptr) return;
        if (head.compare_exchange_strong(top, top->next.load(relaxed), acquire, relaxed)) {
          check(top->value.load() == 1, "the value is there");
        }
      });
}

template <memory_order Link>
void michael_scott_queue() {
  node dummy;
  node a;
  atomic<node*> head{&dummy};
  atomic<node*> tail{&dummy};
  in_two_threads(
      [&] {
        a.value = 1;
        node* last = tail.load(acquire);
        node* none = nullptr;
        if (last->next.compare_exchange_strong(none, &a, Link, relaxed)) {
          tail.compare_exchange_strong(last, &a, release, relaxed);
        }
      },
      [&] {
        node* first = head.load(acquire);
        node* next = first->next.load(acquire);
        if (next == nullptr) return;
        if (head.compare_exchange_strong(first, next, acq_rel, relaxed)) {
          check(next->value.load() == 1, "the value is there");
        }
      });
}

template <memory_order Put>
void spsc_ring() {
  var<int> slots[2];
  atomic<unsigned> head{0};
  atomic<unsigned> tail{0};
  in_two_threads(
      [&] {
        for (int i = 1; i <= 2; ++i) {
          const unsigned at = tail.load(relaxed);
          if (at - head.load(acquire) == 2) return;
          slots[at % 2].store(i);
          tail.store(at + 1, Put);
        }
      },
      [&] {
        const unsigned at = head.load(relaxed);
        if (tail.load(acquire) == at) return;
        check(slots[at % 2].load() == 1, "first in, first out");
        head.store(at + 1, release);
      });
}

const algorithm list[] = {
    {"TreiberStack", treiber_stack<release>, right},
    {"TreiberStackWithRelaxedPush", treiber_stack<relaxed>, wrong},
    {"TreiberStackWithSeqCstPush", treiber_stack<seq_cst>, too_strong},
    {"MichaelScottQueue", michael_scott_queue<release>, right},
    {"MichaelScottQueueWithRelaxedLink", michael_scott_queue<relaxed>, wrong},
    {"MichaelScottQueueWithSeqCstLink", michael_scott_queue<seq_cst>, too_strong},
    {"SpscRing", spsc_ring<release>, right},
    {"SpscRingWithRelaxedPut", spsc_ring<relaxed>, wrong},
    {"SpscRingWithSeqCstPut", spsc_ring<seq_cst>, too_strong},
};

}  // namespace

std::span<const algorithm> containers() { return list; }

}  // namespace algorithms
