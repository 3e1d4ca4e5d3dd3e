// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/heddle.hpp>

// Lock-free free lists whose nodes come back: what ABA needs.
namespace corpus {

struct node {
  heddle::atomic<node*> next{nullptr};
};

// Treiber's stack. Wrong where nodes come back: pop() cannot tell a head that is back from one that
// was never away.
class stack_of_nodes {
 public:
  void push(node* one) {
    node* top = head_.load();
    do {
      one->next.store(top);
    } while (!head_.compare_exchange_strong(top, one));
  }
  node* pop() {
    node* top = head_.load();
    while (top != nullptr) {
      node* below = top->next.load();
      if (head_.compare_exchange_strong(top, below)) break;
    }
    return top;
  }

 private:
  heddle::atomic<node*> head_{nullptr};
};

// The same with slots of an array. With `Tagged`, the head counts its changes.
template <bool Tagged>
class list_of_slots {
 public:
  static constexpr unsigned none = 0xff;
  explicit list_of_slots(unsigned count) {
    for (unsigned i = count; i-- > 0;) give(i);
  }
  unsigned take() {
    unsigned head = head_.load();
    while ((head & none) != none) {
      const unsigned below = next_[head & none].load();
      if (head_.compare_exchange_strong(head, below | tag_after(head))) break;
    }
    return head & none;
  }
  void give(unsigned slot) {
    unsigned head = head_.load();
    do {
      next_[slot].store(head & none);
    } while (!head_.compare_exchange_strong(head, slot | tag_after(head)));
  }

 private:
  static unsigned tag_after(unsigned head) { return Tagged ? (head | none) + 1 : 0; }
  heddle::atomic<unsigned> head_{none};
  heddle::atomic<unsigned> next_[4];
};

}  // namespace corpus
