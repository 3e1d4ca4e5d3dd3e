// SPDX-License-Identifier: MIT
#include "corpus.hpp"
#include "recycled_nodes.hpp"

namespace corpus {

namespace {

using heddle::atomic;
using heddle::check;

// Nodes that do not come back.
void stack_of_fresh_nodes() {
  node nodes[2];
  stack_of_nodes unused;
  unused.push(&nodes[1]);
  unused.push(&nodes[0]);
  node* kept = nullptr;
  together([&] { (void)unused.pop(); },
           [&] {
             (void)unused.pop();
             kept = unused.pop();
           });
  for (node* at = unused.pop(); at != nullptr; at = unused.pop()) check(at != kept);
}

void slots_with_a_tag() {
  list_of_slots<true> unused(2);
  atomic<bool> taken[2]{false, false};
  const auto take = [&] {
    const unsigned slot = unused.take();
    if (slot != unused.none) check(!taken[slot].exchange(true), "a slot was given out twice");
    return slot;
  };
  together([&] { take(); },
           [&] {
             const unsigned first = take();
             take();
             if (first == unused.none) return;
             taken[first].store(false);
             unused.give(first);
             take();
           });
}

void nodes_with_a_counted_head() {
  struct counted {
    node* top;
    std::uint64_t changes;
  };
  node nodes[2];
  nodes[0].next.store(&nodes[1]);
  atomic<counted> head{counted{&nodes[0], 0}};
  const auto pop = [&] {
    counted seen = head.load();
    while (seen.top != nullptr &&
           !head.compare_exchange_strong(seen, {seen.top->next.load(), seen.changes + 1})) {
    }
    return seen.top;
  };
  const auto push = [&](node* one) {
    counted seen = head.load();
    do {
      one->next.store(seen.top);
    } while (!head.compare_exchange_strong(seen, {one, seen.changes + 1}));
  };
  node* kept = nullptr;
  together([&] { (void)pop(); },
           [&] {
             node* first = pop();
             kept = pop();
             if (first != nullptr) push(first);
           });
  for (node* at = pop(); at != nullptr; at = pop()) check(at != kept);
}

// Who is about to take a node says so; it does not come back meanwhile.
void nodes_under_a_hazard_pointer() {
  node nodes[2];
  nodes[0].next.store(&nodes[1]);
  atomic<node*> head{&nodes[0]};
  atomic<node*> hazard{nullptr};
  node* kept = nullptr;
  together(
      [&] {
        for (;;) {
          node* top = head.load();
          if (top == nullptr) break;
          hazard.store(top);
          if (head.load() != top) continue;
          if (head.compare_exchange_strong(top, top->next.load())) break;
        }
        hazard.store(nullptr);
      },
      [&] {
        const auto pop = [&] {  // nobody else brings nodes back
          node* top = head.load();
          while (top != nullptr && !head.compare_exchange_strong(top, top->next.load())) {
          }
          return top;
        };
        node* first = pop();
        kept = pop();
        if (first == nullptr) return;
        while (hazard.load() == first) heddle::this_thread::yield();
        node* top = head.load();
        do {
          first->next.store(top);
        } while (!head.compare_exchange_strong(top, first));
      });
  for (node* at = head.load(); at != nullptr; at = at->next.load()) check(at != kept);
}

// Away and back, and no harm in it.
void comes_back_without_harm() {
  atomic<int> level{0};
  together([&] { level.fetch_add(1); }, [&] { level.fetch_sub(1); },
           [&] {
             int seen = level.load();
             while (!level.compare_exchange_strong(seen, seen + 2)) {
             }
           });
  check(level.load() == 2);
}

}  // namespace

std::vector<correct> correct_lock_free() {
  return {
      {"stack_of_fresh_nodes", stack_of_fresh_nodes},
      {"slots_with_a_tag", slots_with_a_tag},
      {"nodes_with_a_counted_head", nodes_with_a_counted_head},
      {"nodes_under_a_hazard_pointer", nodes_under_a_hazard_pointer},
      {"comes_back_without_harm", comes_back_without_harm},
  };
}

}  // namespace corpus
