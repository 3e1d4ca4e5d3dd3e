// SPDX-License-Identifier: MIT
#include <stdexcept>

#include "corpus.hpp"
#include "recycled_nodes.hpp"

namespace corpus {

namespace {

using heddle::atomic;
using heddle::check;

void stack_of_recycled_nodes() {
  node nodes[2];
  stack_of_nodes unused;
  unused.push(&nodes[1]);
  unused.push(&nodes[0]);
  node* kept = nullptr;
  together([&] { (void)unused.pop(); },
           [&] {
             node* first = unused.pop();
             kept = unused.pop();
             if (first != nullptr) unused.push(first);
           });
  for (node* at = unused.pop(); at != nullptr; at = unused.pop()) {
    check(at != kept, "a node is in use and in the list of unused ones");
  }
}

// Takes and gives back, and asks `taken` whether that is so.
template <class Complain>
void share_slots(Complain complain) {
  list_of_slots<false> unused(2);
  atomic<bool> taken[2]{false, false};
  const auto take = [&] {
    const unsigned slot = unused.take();
    if (slot != unused.none && taken[slot].exchange(true)) complain();
    return slot;
  };
  const auto give = [&](unsigned slot) {
    if (slot == unused.none) return;
    taken[slot].store(false);
    unused.give(slot);
  };
  together([&] { take(); },
           [&] {
             const unsigned first = take();
             take();
             give(first);
             take();
           });
}

void slots_without_a_tag() {
  share_slots([] { check(false, "a slot was given out twice"); });
}

void slots_without_a_tag_throw() {
  share_slots([] { throw std::logic_error("a slot was given out twice"); });
}

// The door is opened and closed again between the look at it and the turn of the key.
void state_that_comes_back() {
  enum state { closed, open, locked };
  atomic<int> door{closed};
  atomic<int> inside{0};
  together(
      [&] {
        int seen = door.load();
        while (seen == closed) {
          const int empty = inside.load();
          if (empty != 0) return;
          if (!door.compare_exchange_strong(seen, locked)) continue;
          check(inside.load() == 0, "somebody is locked in");
          return;
        }
      },
      [&] {
        int seen = closed;
        if (!door.compare_exchange_strong(seen, open)) return;
        inside.fetch_add(1);
        door.store(closed);
      });
}

// A value comes back, too, but that is not what is wrong.
void comes_back_beside_a_lost_update() {
  atomic<int> flag{0};
  atomic<int> count{0};
  together(
      [&] {
        int seen = flag.load();
        const int before = count.load();
        flag.compare_exchange_strong(seen, 2);
        count.store(before + 1);
      },
      [&] {
        flag.store(1);
        count.fetch_add(1);
        flag.store(0);
      });
  check(count.load() == 2, "a count is missing");
}

}  // namespace

std::vector<labelled> lock_free_bugs() {
  using enum heddle::failure_kind;
  return {
      {"stack_of_recycled_nodes", stack_of_recycled_nodes, failed_check, "ABA"},
      {"slots_without_a_tag", slots_without_a_tag, failed_check, "ABA"},
      {"slots_without_a_tag_throw", slots_without_a_tag_throw, uncaught_exception, "ABA"},
      {"state_that_comes_back", state_that_comes_back, failed_check, "ABA"},
      {"comes_back_beside_a_lost_update", comes_back_beside_a_lost_update, lost_update,
       "without a lock"},
  };
}

}  // namespace corpus
