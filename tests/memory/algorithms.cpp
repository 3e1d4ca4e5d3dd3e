// SPDX-License-Identifier: MIT
#include "algorithms.hpp"

#include <heddle/heddle.hpp>

namespace algorithms {

namespace {

using heddle::atomic;
using heddle::check;
using heddle::memory_order;
using heddle::thread;
using heddle::var;
constexpr auto relaxed = heddle::memory_order_relaxed;
constexpr auto acquire = heddle::memory_order_acquire;
constexpr auto release = heddle::memory_order_release;
constexpr auto acq_rel = heddle::memory_order_acq_rel;
constexpr auto seq_cst = heddle::memory_order_seq_cst;

void fence(memory_order order, heddle::location where = heddle::location::current()) {
  heddle::atomic_thread_fence(order, where);
}

template <class First, class Second>
void in_two_threads(First first, Second second) {
  thread one(first);
  thread two(second);
  one.join();
  two.join();
}

// Dekker's entry protocol: at most one gets in.
template <memory_order Fence>
void dekker() {
  atomic<bool> wants[2] = {false, false};
  var<int> inside{0};
  const auto enter = [&](int me) {
    wants[me].store(true, relaxed);
    fence(Fence);
    if (!wants[1 - me].load(relaxed)) inside.modify([](int& n) { ++n; });
  };
  in_two_threads([&] { enter(0); }, [&] { enter(1); });
}

template <memory_order Store, memory_order Fence>
void peterson() {
  atomic<bool> wants[2] = {false, false};
  atomic<int> turn{0};
  var<int> inside{0};
  const auto enter = [&](int me) {
    wants[me].store(true, relaxed);
    turn.exchange(1 - me, Store);
    fence(Fence);
    if (wants[1 - me].load(acquire) && turn.load(acquire) == 1 - me) return;  // would wait
    inside.modify([](int& n) { ++n; });
    wants[me].store(false, release);
  };
  in_two_threads([&] { enter(0); }, [&] { enter(1); });
}

// A reader that sees the same even number before and after has read no half-written pair.
template <memory_order Reader>
void seqlock() {
  atomic<unsigned> sequence{0};
  atomic<int> a{0};
  atomic<int> b{0};
  in_two_threads(
      [&] {
        sequence.store(1, relaxed);
        fence(release);
        a.store(1, relaxed);
        b.store(1, relaxed);
        sequence.store(2, release);
      },
      [&] {
        const unsigned before = sequence.load(acquire);
        const int x = a.load(relaxed);
        const int y = b.load(relaxed);
        fence(Reader);
        const bool stable = before % 2 == 0 && sequence.load(relaxed) == before;
        if (stable) check(x == y, "the pair is torn");
      });
}

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

// The same with two elements: without a full fence in take both may get the first.
template <memory_order Take>
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
          fence(seq_cst);
          const long b = bottom.load(acquire);
          if (t < b && top.compare_exchange_strong(t, t + 1, seq_cst, relaxed)) got(t);
        }
      });
  for (auto& each : times) check(each.load(relaxed) <= 1, "an element is taken twice");
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

template <memory_order Unlock>
void ticket_lock() {
  atomic<unsigned> next{0};
  atomic<unsigned> serving{0};
  var<int> counter{0};
  const auto add = [&] {
    const unsigned mine = next.fetch_add(1, relaxed);
    if (serving.load(acquire) != mine) return;  // would wait
    counter.modify([](int& n) { ++n; });
    serving.store(mine + 1, Unlock);
  };
  in_two_threads(add, add);
}

struct mcs_node {
  atomic<mcs_node*> next{nullptr};
  atomic<bool> granted{false};
};

template <memory_order Grant>
void mcs_lock() {
  atomic<mcs_node*> tail{nullptr};
  var<int> counter{0};
  mcs_node nodes[2];
  const auto add = [&](mcs_node& mine) {
    if (mcs_node* before = tail.exchange(&mine, acq_rel)) {
      before->next.store(&mine, release);
      if (!mine.granted.load(acquire)) return;  // would wait
    }
    counter.modify([](int& n) { ++n; });
    mcs_node* me = &mine;
    if (tail.compare_exchange_strong(me, nullptr, release, relaxed)) return;
    if (mcs_node* after = mine.next.load(acquire)) after->granted.store(true, Grant);
  };
  in_two_threads([&] { add(nodes[0]); }, [&] { add(nodes[1]); });
}

template <memory_order Publish>
void publication() {
  var<int> data{0};
  atomic<var<int>*> published{nullptr};
  in_two_threads(
      [&] {
        data = 1;
        published.store(&data, Publish);
      },
      [&] {
        if (var<int>* seen = published.load(acquire)) check(seen->load() == 1, "initialised");
      });
}

// A reader announces what it is about to use; who wants to free it looks there first.
template <memory_order Announce>
void hazard_pointer() {
  atomic<int> current{1};
  atomic<int> hazard{0};
  var<int> object{7};
  in_two_threads(
      [&] {
        const int seen = current.load(acquire);
        if (seen == 0) return;
        hazard.store(seen, relaxed);
        fence(Announce);
        if (current.load(acquire) != seen) return;
        check(object.load() == 7, "not freed");
        hazard.store(0, release);
      },
      [&] {
        current.store(0, relaxed);
        fence(seq_cst);
        if (hazard.load(acquire) == 0) object = 0;  // frees it
      });
}

template <memory_order Drop>
void reference_count() {
  atomic<int> count{2};
  var<int> object{0};
  const auto drop = [&](bool uses) {
    if (uses) object.modify([](int& n) { ++n; });
    if (count.fetch_sub(1, Drop) != 1) return;
    fence(acquire);
    object.store(-1);  // the destructor
  };
  in_two_threads([&] { drop(true); }, [&] { drop(false); });
}

template <memory_order Check>
void double_checked_locking() {
  heddle::mutex lock;
  atomic<bool> made{false};
  var<int> object{0};
  const auto use = [&] {
    if (!made.load(Check)) {
      heddle::lock_guard guard(lock);
      if (!made.load(relaxed)) {
        object.store(1);
        made.store(true, release);
      }
    }
    check(object.load() == 1, "made");
  };
  in_two_threads(use, use);
}

// An event whose signal does nothing where it is set already. That is right only if it makes sure
// of it with a read-modify-write: a plain load may be performed before the caller's own stores.
template <bool Plain>
void auto_reset_event() {
  atomic<int> status{1};
  atomic<bool> work{false};
  bool seen = false;
  int left = 0;
  in_two_threads(
      [&] {
        work.store(true, relaxed);
        if constexpr (Plain) {
          if (status.load(relaxed) == 1) return;
          status.store(1, release);
        } else {
          status.fetch_or(1, release);
        }
      },
      [&] {
        if (status.exchange(0, acquire) == 1) seen = work.load(relaxed);
      });
  left = status.load(relaxed);
  check(seen || left == 1, "the work is neither seen nor signalled");
}

// A flag that sends whoever reads it to a message. No fence, no release: the store of the flag may
// overtake that of the message.
template <memory_order Raise>
void message_passing() {
  atomic<int> message{0};
  atomic<bool> flag{false};
  in_two_threads(
      [&] {
        message.store(1, relaxed);
        flag.store(true, Raise);
      },
      [&] {
        if (flag.load(acquire)) check(message.load(relaxed) == 1, "the message is there");
      });
}

const algorithm list[] = {
    {"Dekker", dekker<seq_cst>, true},
    {"DekkerWithoutFullFence", dekker<acq_rel>, false},
    {"Peterson", peterson<acq_rel, seq_cst>, true},
    {"PetersonWithoutFullFence", peterson<acq_rel, acq_rel>, true},  // the exchanges order it
    {"PetersonWithRelaxedTurn", peterson<relaxed, acq_rel>, false},
    {"Seqlock", seqlock<acquire>, true},
    {"SeqlockWithoutReadersFence", seqlock<relaxed>, false},
    {"TreiberStack", treiber_stack<release>, true},
    {"TreiberStackWithRelaxedPush", treiber_stack<relaxed>, false},
    {"MichaelScottQueue", michael_scott_queue<release>, true},
    {"MichaelScottQueueWithRelaxedLink", michael_scott_queue<relaxed>, false},
    {"ChaseLevDeque", chase_lev_deque<seq_cst>, true},
    {"ChaseLevDequeOfTwo", chase_lev_deque_of_two<seq_cst>, true},
    {"ChaseLevDequeWithoutFullFence", chase_lev_deque_of_two<acq_rel>, false},
    {"SpscRing", spsc_ring<release>, true},
    {"SpscRingWithRelaxedPut", spsc_ring<relaxed>, false},
    {"TicketLock", ticket_lock<release>, true},
    {"TicketLockWithRelaxedUnlock", ticket_lock<relaxed>, false},
    {"McsLock", mcs_lock<release>, true},
    {"McsLockWithRelaxedGrant", mcs_lock<relaxed>, false},
    {"Publication", publication<release>, true},
    {"PublicationRelaxed", publication<relaxed>, false},
    {"HazardPointer", hazard_pointer<seq_cst>, true},
    {"HazardPointerWithoutFullFence", hazard_pointer<acq_rel>, false},
    {"ReferenceCount", reference_count<acq_rel>, true},
    {"ReferenceCountRelaxed", reference_count<relaxed>, false},
    {"DoubleCheckedLocking", double_checked_locking<acquire>, true},
    {"DoubleCheckedLockingRelaxed", double_checked_locking<relaxed>, false},
    {"AutoResetEvent", auto_reset_event<false>, true},
    {"AutoResetEventThatOnlyLooks", auto_reset_event<true>, false},
    {"MessagePassing", message_passing<release>, true},
    {"MessagePassingRelaxed", message_passing<relaxed>, false},
};

}  // namespace

std::span<const algorithm> all() { return list; }

}  // namespace algorithms
