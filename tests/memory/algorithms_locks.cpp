// SPDX-License-Identifier: MIT
#include "algorithm_parts.hpp"

namespace algorithms {

namespace {

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

const algorithm list[] = {
    {"Dekker", dekker<seq_cst>, right},
    {"DekkerWithoutFullFence", dekker<acq_rel>, wrong},
    {"Peterson", peterson<acq_rel, acq_rel>, right},  // the exchanges order it
    {"PetersonWithFullFence", peterson<acq_rel, seq_cst>, too_strong},
    {"PetersonWithRelaxedTurn", peterson<relaxed, acq_rel>, wrong},
    {"PetersonWithRelaxedTurnAndFullFence", peterson<relaxed, seq_cst>, wrong},
    {"TicketLock", ticket_lock<release>, right},
    {"TicketLockWithRelaxedUnlock", ticket_lock<relaxed>, wrong},
    {"TicketLockWithSeqCstUnlock", ticket_lock<seq_cst>, too_strong},
    {"McsLock", mcs_lock<release>, right},
    {"McsLockWithRelaxedGrant", mcs_lock<relaxed>, wrong},
    {"McsLockWithSeqCstGrant", mcs_lock<seq_cst>, too_strong},
    {"DoubleCheckedLocking", double_checked_locking<acquire>, right},
    {"DoubleCheckedLockingRelaxed", double_checked_locking<relaxed>, wrong},
    {"DoubleCheckedLockingSeqCst", double_checked_locking<seq_cst>, too_strong},
};

}  // namespace

std::span<const algorithm> locks() { return list; }

}  // namespace algorithms
