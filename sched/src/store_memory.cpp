// SPDX-License-Identifier: MIT
#include "store_memory.hpp"

#include "heddle/sched/memory_orders.hpp"

namespace heddle::sched {

void store_memory::clear(memory model) noexcept {
  rc11_ = model == memory::rc11;
  runs_.resize(1);
  current_.clear();
  forget();
  count_records();
}

void store_memory::forget() noexcept {
  stores_.resize(1);
  readers_.resize(1);
  nodes_.clear();
  fences_ = 0;
  fence_nodes_ = {};
}

void store_memory::count_records() noexcept {
  records_ = stores_.size() + readers_.size() + runs_.size();
}

// The value that is there becomes the first of the modification order.
store_memory::link store_memory::begin_order(atomic_object& on) {
  on.newest = static_cast<link>(stores_.size());
  ++records_;
  stores_.push_back({.value = on.value, .released = on.released});
  return on.newest;
}

bool store_memory::is_read_before(const store& at, const clock_storage& clock) const noexcept {
  for (std::uint32_t i = at.readers; i != 0; i = readers_[i].next) {
    if (readers_[i].time <= clocks::get(clock, readers_[i].thread)) return true;
  }
  return false;
}

// --- the order of seq_cst operations ----------------------------------------------------------
//
// An edge from a to b means: a precedes b in S. Where x is coherence-ordered before y, there is one
// from x, or a fence that happens before x, to y, or a fence that happens after y, as far as these
// are seq_cst. A new operation comes after all that is coherence-ordered before it; edges in the
// other direction come from a store passed over by a load, or put behind by another.

// Those of them that strongly happen before the next operation of the thread: what is sequenced
// before something whose effect has reached it by an earlier operation of its own. (That a seq_cst
// store synchronises with a seq_cst load adds nothing: the load is coherence-ordered after it.)
node_set store_memory::strongly_before(thread_id thread,
                                       const clock_storage& clock) const noexcept {
  node_set result;
  for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
    const node& at = nodes_[i];
    if (at.thread == thread || at.time < clocks::get(clock, at.thread)) result.add(i);
  }
  return result;
}

node_set store_memory::fences_before(link from, const access& by) const noexcept {
  node_set result;
  if (fences_ == 0) return result;
  const clock_storage& message = stores_[from].released;
  const bool gets_it = by.reads && acquires(by.order);
  for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
    const node& at = nodes_[i];
    if (!at.fence) continue;
    if (at.time <= clocks::get(by.clock, at.thread) ||
        (gets_it && at.time <= clocks::get(message, at.thread))) {
      result.add(i);
    }
  }
  return result;
}

// Of an access: itself, and the fences that happen after it.
node_set store_memory::after(std::uint8_t itself, thread_id thread,
                             std::uint32_t time) const noexcept {
  node_set result;
  if (itself != no_node) result.add(itself);
  for (std::uint32_t i = 0; fences_ != 0 && i < nodes_.size(); ++i) {
    if (nodes_[i].fence && time <= clocks::get(nodes_[i].clock, thread)) result.add(i);
  }
  return result;
}

node_set store_memory::after_newer_than(link from) const noexcept {
  node_set result;
  if (nodes_.empty()) return result;
  for (link at = stores_[from].newer; at != 0; at = stores_[at].newer) {
    const store& here = stores_[at];
    result |= after(here.node, here.writer, here.time);
    for (std::uint32_t i = here.readers; i != 0; i = readers_[i].next) {
      result |= after(readers_[i].node, readers_[i].thread, readers_[i].time);
    }
  }
  return result;
}

// What precedes an operation that reads `from`, or comes right after it.
node_set store_memory::coherence_before(link from, bool writes) const noexcept {
  node_set result;
  if (nodes_.empty()) return result;
  for (link at = from; at != 0; at = stores_[at].older) {
    result |= stores_[at].before;
    if (at == from && !writes) continue;
    for (std::uint32_t i = stores_[at].readers; i != 0; i = readers_[i].next) {
      result |= readers_[i].before;
    }
  }
  return result;
}

node_set store_memory::before_what_is_known(link newest,
                                            const clock_storage& clock) const noexcept {
  link at = newest;
  while (at != 0 && !is_known(at, clock)) at = stores_[at].older;
  if (at == 0) return {};
  for (std::uint32_t i = stores_[at].readers; i != 0; i = readers_[i].next) {
    if (readers_[i].time <= clocks::get(clock, readers_[i].thread)) {
      return coherence_before(at, false);
    }
  }
  return stores_[at].older != 0 ? coherence_before(stores_[at].older, true) : node_set{};
}

node_set store_memory::with_reached(const node_set& from) const noexcept {
  node_set result = from;
  for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
    if (from.has(i)) result |= nodes_[i].reaches;
  }
  return result;
}

bool store_memory::closes_cycle(link at, const access& by) const noexcept {
  if (rc11_) return psc_contradicts(at, by);
  const node_set later = with_reached(after_newer_than(at));
  if (!later.any()) return false;
  if (later.meets(fences_before(at, by))) return true;
  if (by.order != std::memory_order_seq_cst) return false;
  return later.meets(strongly_before(by.thread, by.clock)) ||
         later.meets(coherence_before(at, by.writes));
}

void store_memory::connect(const node_set& from, const node_set& to) noexcept {
  const node_set reached = with_reached(to);
  for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
    if (from.has(i) || nodes_[i].reaches.meets(from)) nodes_[i].reaches |= reached;
  }
}

std::uint8_t store_memory::add_node(thread_id thread, std::uint32_t time, bool fence,
                                    const node_set& before) {
  const auto made = static_cast<std::uint32_t>(nodes_.size());
  for (std::uint32_t i = 0; i < made; ++i) {
    if (before.has(i) || nodes_[i].reaches.meets(before)) nodes_[i].reaches.add(made);
  }
  nodes_.push_back({thread, time, fence});
  return static_cast<std::uint8_t>(made);
}

// --- what is performed ------------------------------------------------------------------------

store_memory::performed store_memory::enter_order(link at, const access& by) {
  performed result;
  const bool seq_cst = by.order == std::memory_order_seq_cst;
  result.before = fences_before(at, by);
  const node_set later = after_newer_than(at);
  if (seq_cst) {
    node_set earlier = strongly_before(by.thread, by.clock);
    earlier |= coherence_before(at, by.writes);
    result.node = add_node(by.thread, by.time, false, earlier);
    result.before.add(result.node);
  }
  if (later.any()) connect(result.before, later);
  return result;
}

void store_memory::read(link at, const access& by, const performed& as) {
  store& here = stores_[at];
  const bool ordered = as.before.any() || as.earlier.any();
  for (std::uint32_t i = here.readers; i != 0 && !ordered; i = readers_[i].next) {
    if (readers_[i].thread == by.thread) return;  // its first read says it all
  }
  ++records_;
  readers_.push_back({by.thread, by.time, here.readers, as.node, as.before, as.earlier});
  here.readers = static_cast<std::uint32_t>(readers_.size() - 1);
}

store_memory::link store_memory::insert_after(link at, const access& by, const performed& as,
                                              std::uint64_t value, std::uint64_t id,
                                              std::uint32_t step, const clock_storage& released) {
  const auto made = static_cast<link>(stores_.size());
  const link newer = stores_[at].newer;
  ++records_;
  stores_.push_back({value, id, by.thread, by.time, step, at, newer, 0, false, as.node, as.before,
                     as.earlier, released});
  stores_[at].newer = made;
  if (by.reads) stores_[at].taken = true;
  if (newer != 0) stores_[newer].older = made;
  return made;
}

void store_memory::enter_fence(thread_id thread, std::uint32_t time, const node_set& before,
                               const clock_storage& clock, arena& memory) {
  node_set all = before;
  if (rc11_) all |= known_to_fence(thread, clock);
  const std::uint8_t made = add_node(thread, time, true, all);
  fence_nodes_.add(made);
  clocks::assign(nodes_[made].clock, clock, memory);
  ++fences_;
}

void store_memory::keep(atomic_object& on) {
  store newest = stores_[on.newest];
  newest.writer = no_thread;
  newest.older = newest.readers = 0;
  newest.node = no_node;
  newest.before = newest.earlier = {};
  on.newest = static_cast<link>(kept_.size());
  kept_.push_back(newest);
}

void store_memory::end_forgetting() noexcept {
  forget();
  stores_.swap(kept_);
  if (rc11_) forget_runs();
  count_records();
}

void store_memory::forget_runs() {
  std::vector<run> left(1);
  for (std::uint32_t& each : current_) {
    if (each == 0) continue;
    left.push_back(runs_[each]);
    each = static_cast<std::uint32_t>(left.size() - 1);
  }
  runs_.swap(left);
}

std::uint64_t store_memory::hash_of(link newest) const noexcept {
  std::uint64_t sum = 0;
  for (link at = newest; at != 0; at = stores_[at].older) sum = mix(sum ^ stores_[at].id);
  return sum;
}

}  // namespace heddle::sched
