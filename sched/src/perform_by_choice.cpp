// SPDX-License-Identifier: MIT
#include <bit>

#include "heddle/sched/memory_orders.hpp"
#include "perform.hpp"

// Operations on atomics with weak memory: which store is read, and where a new one goes in the
// modification order, are choices among what store_memory allows.
namespace heddle::sched {

namespace {

using link = store_memory::link;

// Of the next operation of a thread, the same in every execution.
std::uint64_t id_of_next(const thread_record& thread) noexcept {
  return thread.key + (std::uint64_t{thread.steps} + 1) * 0x9e37'79b9'7f4a'7c15u;
}

// That one operation reads from another, as part of the graph's hash.
std::uint64_t edge(std::uint64_t reads, std::uint64_t from) noexcept {
  return mix(reads ^ std::rotl(from, 23));
}

}  // namespace

// What is not asked for costs nothing: as long as no execution of this body has met an order weaker
// than seq_cst, none reads anything but the newest store.
void execution::choose_memory() {
  use_ = {};
  if (pinned_) {
    use_ = pinned_use_;
  } else if (limits_.shape.memory != memory::sc && wants_.stale_reads != 0 &&
             limits_.shape.stale_reads != 0) {
    const std::uint32_t wanted = wants_.stale_reads;
    const std::uint32_t most = limits_.shape.stale_reads;
    use_ = {limits_.shape.memory, wanted == any_number                ? any_number
                                  : wanted == explorer::needs::as_set ? most
                                                                      : std::min(wanted, most)};
  }
  may_widen_ = use_.model != memory::sc && !pinned_ && !weak_seen_;
  if (may_widen_) use_ = {};
  by_choice_ = use_.model != memory::sc;
  if (by_choice_) stores_.clear(use_.model);
}

// The store that the operation reads, or comes after.
inline link execution::choose_source(thread_record& thread, const store_memory::access& by) {
  const link newest = by.on.newest;
  if (by.on.only_newest || stores_.is_known(newest, by.clock)) return newest;
  find_readable(by.on, thread.pending, by);
  return choose_store(thread, by.reads ? choice_kind::store : choice_kind::place);
}

// Fills readable_ with the stores that the operation may read, or come after; the newest first.
void execution::find_readable(const atomic_object& on, const operation& op,
                              const store_memory::access& by) {
  constexpr std::size_t most = 64;
  readable_.assign(1, on.newest);
  for (link newer = on.newest; !stores_.is_known(newer, by.clock); newer = stores_[newer].older) {
    const link at = stores_[newer].older;
    if (at == 0) return;
    const store_memory::store& here = stores_[at];
    store_memory::access now = by;
    if (op.kind == op_kind::compare_exchange && here.value != op.expected) {
      now.writes = false;
      now.order = op.failure_order;
    }
    if ((now.writes && here.taken) || stores_.contradicts_order(at, now)) continue;
    if (readable_.size() == (stale_used_ < use_.stale_reads ? most : 1)) {
      (stale_used_ < use_.stale_reads ? forgot_stores_ : stale_left_out_) = true;
      return;
    }
    readable_.push_back(at);
  }
}

link execution::choose_store(thread_record& thread, choice_kind kind) {
  if (readable_.size() == 1 || running_out_ || livelock_.pumping()) return readable_.front();
  const execution_state state(*this);
  const std::uint32_t index = decide({kind, static_cast<std::uint32_t>(readable_.size()), thread.id,
                                      true, &thread.pending, &state});
  stale_used_ += index != 0;
  return readable_[index];
}

// What whoever acquires a new store gets. A read-modify-write continues the release sequence that
// it reads from; a relaxed write publishes what its thread's last release fence did.
clock_storage execution::message(thread_record& thread, std::memory_order order,
                                 const clock_storage* continued) {
  const clock_storage* own = releases(order)                    ? &thread.clock
                             : thread.fence_released.width != 0 ? &thread.fence_released
                                                                : nullptr;
  if (own == nullptr) return continued != nullptr ? *continued : clock_storage{};
  clock_storage result;
  clocks::assign(result, *own, memory_);
  if (continued != nullptr && continued->width != 0) clocks::join(result, *continued, memory_);
  return result;
}

// What was stored before a plain access changed the value can be read no more.
link execution::newest_store(atomic_object& on) {
  if (stores_.full()) forget_stores();
  if (on.newest != 0 && stores_[on.newest].value != on.value) on.newest = 0;
  return stores_.newest(on);
}

// Returns whether the operation was in vain if it is repeated with the same result.
bool execution::perform_by_choice(thread_record& thread, effect& done) {
  const operation& op = thread.pending;
  auto& on = static_cast<atomic_object&>(*op.target);
  const link newest = newest_store(on);
  tick(thread);
  store_memory::access by{on,
                          thread.id,
                          thread.clock,
                          clocks::get(thread.clock, thread.id),
                          op.order,
                          op.kind != op_kind::store,
                          op.kind != op_kind::load};
  stores_.begin(by, memory_);
  const link source = choose_source(thread, by);
  // What is entered below may move the stores: a copy of what is needed of this one.
  const struct {
    std::uint64_t value;
    std::uint64_t id;
    std::uint32_t step;
    clock_storage released;
  } from{stores_[source].value, stores_[source].id, stores_[source].step, stores_[source].released};
  done.source = from.step;
  done.newest = stores_[newest].step;
  thread.value = done.previous = from.value;
  thread.success = true;
  bool futile = source == newest;
  std::uint64_t after = op.argument;
  if (op.kind == op_kind::compare_exchange) {
    thread.success = from.value == op.expected;
    if (thread.success && op.weak && source == newest &&
        goes_wrong(thread, limits_.shape.weak_cas_failures, weak_cas_failure_)) {
      thread.success = futile = false;
    }
    if (thread.success && wants_.refusals &&
        explorer_->refuses(execution_state(*this), thread.id)) {
      thread.success = futile = false;
    }
    if (!thread.success) {
      by.writes = false;
      by.order = op.failure_order;
    }
  } else if (op.kind == op_kind::read_modify_write) {
    after = op.modify(from.value, op.argument);
  }
  const store_memory::performed as = stores_.enter(source, by);
  const std::uint64_t id = id_of_next(thread);
  if (by.reads) {
    if (wants_.steps) graph_ += edge(id, from.id);
    acquire(thread, from.released, by.order);
  }
  if (!by.writes) {
    done.value = from.value;
    stores_.read(source, by, as);
    stores_.end(by, by.time);
    return futile;
  }
  done.value = after;
  const link made =
      stores_.insert_after(source, by, as, after, id, steps_,
                           message(thread, op.order, by.reads ? &from.released : nullptr));
  if (releases(op.order)) tick(thread);
  stores_.end(by, clocks::get(thread.clock, thread.id));
  if (source != newest) {
    ++thread.spins.progress;
    return false;
  }
  on.newest = made;
  on.value = after;
  if (after != from.value) {
    if (on.cell != nullptr) write_cell(on);
    change(thread, on);
  } else if (by.reads) {
    return true;  // an exchange that found the lock taken: as good as a read
  } else {
    ++thread.spins.progress;
  }
  return false;
}

// A wait compares the value that there is now: it could not sleep otherwise.
void execution::read_newest(thread_record& thread, atomic_object& on) {
  const link newest = newest_store(on);
  tick(thread);
  const store_memory::access by{
      on,   thread.id, thread.clock, clocks::get(thread.clock, thread.id), thread.pending.order,
      true, false};
  stores_.begin(by, memory_);
  const store_memory::performed as = stores_.enter(newest, by);
  if (wants_.steps) graph_ += edge(id_of_next(thread), stores_[newest].id);
  acquire(thread, stores_[newest].released, by.order);
  stores_.read(newest, by, as);
  stores_.end(by, by.time);
}

void execution::enter_seq_cst_fence(thread_record& thread, const node_set& before) {
  node_set all = before;
  for (const object* at = live_; at != nullptr; at = at->next_live) {
    if (at->kind != object_kind::atomic) continue;
    const auto& on = static_cast<const atomic_object&>(*at);
    if (on.newest != 0) all |= stores_.before_fence(on.newest, thread.clock);
  }
  stores_.enter_fence(thread.id, clocks::get(thread.clock, thread.id), all, thread.clock, memory_);
}

void execution::forget_stores() {
  forgot_stores_ = true;
  stores_.begin_forgetting();
  for (object* at = live_; at != nullptr; at = at->next_live) {
    if (at->kind != object_kind::atomic) continue;
    auto& on = static_cast<atomic_object&>(*at);
    if (on.newest == 0) continue;
    add_to_graph(on);
    stores_.keep(on);
  }
  stores_.end_forgetting();
}

void execution::collect_memory(outcome& result) {
  result.widened = may_widen_ && weak_orders_;
  result.newest_only = weak_orders_ && !by_choice_ && !pinned_ &&
                       limits_.shape.memory != memory::sc && limits_.shape.stale_reads != 0;
  weak_seen_ |= weak_orders_;
  result.weak_orders = weak_orders_;
  result.memory = use_;
  result.stale_read_left_out = stale_left_out_;
  result.forgot_stores = forgot_stores_;
  if (!by_choice_ || !wants_.steps) return;
  for (object* at = live_; at != nullptr; at = at->next_live) {
    if (at->kind == object_kind::atomic) add_to_graph(static_cast<atomic_object&>(*at));
  }
  result.graph = graph_;
}

void execution::add_to_graph(atomic_object& on) noexcept {
  if (on.newest != 0 && wants_.steps) graph_ += mix(on.key, stores_.hash_of(on.newest));
}

}  // namespace heddle::sched
