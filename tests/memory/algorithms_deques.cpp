// SPDX-License-Identifier: MIT
#include "algorithm_parts.hpp"

namespace algorithms {

namespace {

// One element, taken by its owner at the bottom or stolen at the top: never by both. Le, Pop,
// Cohen, Zappa Nardelli: Correct and Efficient Work-Stealing for Weak Memory Models (PPoPP 2013).
template <memory_order Take>
void chase_lev_deque() {
  atomic<long> top{0};
  atomic<long> bottom{1};
  int taken = 0;
  int stolen = 0;
  in_two_threads(
      [&] {
        const long b = bottom.load(relaxed) - 1;
        bottom.store(b, relaxed);
        fence(Take);
        long t = top.load(relaxed);
        if (t > b) return;
        if (t < b) {
          taken = 1;
        } else if (top.compare_exchange_strong(t, t + 1, seq_cst, relaxed)) {
          taken = 1;
        }
      },
      [&] {
        for (int i = 0; i < 2; ++i) {
          long t = top.load(acquire);
          fence(seq_cst);
          const long b = bottom.load(acquire);
          if (t < b && top.compare_exchange_strong(t, t + 1, seq_cst, relaxed)) ++stolen;
        }
      });
  check(taken + stolen <= 1, "an element is taken twice");
}

// The same with two elements: without full fences on both sides both may get the second.
template <memory_order Take, memory_order Steal>
void chase_lev_deque_of_two() {
  atomic<long> top{0};
  atomic<long> bottom{2};
  atomic<int> times[2] = {0, 0};
  const auto got = [&](long index) { times[index].fetch_add(1, relaxed); };
  in_two_threads(
      [&] {
        for (int i = 0; i < 2; ++i) {
          const long b = bottom.load(relaxed) - 1;
          bottom.store(b, relaxed);
          fence(Take);
          long t = top.load(relaxed);
          if (t > b) {
            bottom.store(b + 1, relaxed);
            return;
          }
          if (t < b) {
            got(b);
            continue;
          }
          if (top.compare_exchange_strong(t, t + 1, seq_cst, relaxed)) got(b);
          bottom.store(b + 1, relaxed);
        }
      },
      [&] {
        for (int i = 0; i < 2; ++i) {
          long t = top.load(acquire);
          fence(Steal);
          const long b = bottom.load(acquire);
          if (t < b && top.compare_exchange_strong(t, t + 1, seq_cst, relaxed)) got(t);
        }
      });
  for (auto& each : times) check(each.load(relaxed) <= 1, "an element is taken twice");
}

// With all that an owner does at the bottom. The array is replaced when it is full, by a larger one
// with the same elements. Published with a relaxed store of the array, which Norris and Demsky
// showed to be wrong: CDSChecker (OOPSLA 2013).
template <memory_order Push, memory_order Grow>
void chase_lev_deque_that_grows() {
  struct array {
    long size;
    atomic<int> items[2] = {0, 0};
  };
  array small{1};
  array large{2};
  atomic<array*> current{&small};
  atomic<long> top{0};
  atomic<long> bottom{0};
  const auto push = [&](int value) {
    const long b = bottom.load(relaxed);
    const long t = top.load(acquire);
    array* a = current.load(relaxed);
    if (b - t > a->size - 1) {
      for (long i = t; i < b; ++i) {
        large.items[i % large.size].store(a->items[i % a->size].load(relaxed), relaxed);
      }
      a = &large;
      current.store(a, Grow);
    }
    a->items[b % a->size].store(value, relaxed);
    fence(Push);
    bottom.store(b + 1, relaxed);
  };
  in_two_threads(
      [&] {
        push(1);
        push(2);
      },
      [&] {
        long t = top.load(acquire);
        fence(seq_cst);
        if (t >= bottom.load(acquire)) return;
        const array* a = current.load(acquire);
        const int value = a->items[t % a->size].load(relaxed);
        if (top.compare_exchange_strong(t, t + 1, seq_cst, relaxed)) {
          check(value == 1, "the first is there");
        }
      });
}

const algorithm list[] = {
    {"ChaseLevDeque", chase_lev_deque<seq_cst>, right},
    {"ChaseLevDequeOfTwo", chase_lev_deque_of_two<seq_cst, seq_cst>, right},
    {"ChaseLevDequeWithoutFullFenceInTake", chase_lev_deque_of_two<acq_rel, seq_cst>, wrong},
    {"ChaseLevDequeWithoutFullFenceInSteal", chase_lev_deque_of_two<seq_cst, acq_rel>, wrong},
    {"ChaseLevDequeThatGrows", chase_lev_deque_that_grows<release, release>, right},
    {"ChaseLevDequeWithoutFenceInPush", chase_lev_deque_that_grows<relaxed, release>, wrong},
    {"ChaseLevDequeWithRelaxedArray", chase_lev_deque_that_grows<release, relaxed>, wrong},
    {"ChaseLevDequeWithFullFenceInPush", chase_lev_deque_that_grows<seq_cst, release>, too_strong},
};

}  // namespace

std::span<const algorithm> deques() { return list; }

}  // namespace algorithms
