// SPDX-License-Identifier: MIT
#include "heddle/sched/memory_orders.hpp"
#include "store_memory.hpp"

// The order of seq_cst operations as RC11 has it (Lahav, Vafeiadis, Kang, Hur, Dreyer: Repairing
// Sequential Consistency in C/C++11, PLDI 2017): psc is acyclic, where
//
//   scb      = sb | sb_elsewhere;hb;sb_elsewhere | hb on one object | mo | fr
//   psc_base = ([E] | [F];hb?) ; scb ; ([E] | hb?;[F])      E: seq_cst accesses, F: seq_cst fences
//   psc_F    = [F] ; (hb | hb;eco;hb) ; [F]
//   psc      = psc_base | psc_F
//
// sb_elsewhere leads to another object. All that leads to a new operation is known when it is made;
// what leads away from it are mo and fr to newer stores, and eco to what has read them.
namespace heddle::sched {

void store_memory::follow(const access& by, arena& memory) {
  if (current_.size() <= by.thread) current_.resize(by.thread + std::size_t{1});
  std::uint32_t& mine = current_[by.thread];
  if (mine == 0 || runs_[mine].on != &by.on || runs_[mine].ended + 1 != by.time) {
    mine = static_cast<std::uint32_t>(runs_.size());
    ++records_;
    runs_.push_back({.on = &by.on});
    clocks::assign(runs_.back().before, by.clock, memory);
  }
  runs_[mine].last = by.time;
}

// What its thread knew before it came to this object: what happens before something elsewhere that
// is sequenced before the access.
const clock_storage& store_memory::elsewhere(const access& by) const noexcept {
  return runs_[current_[by.thread]].before;
}

// Of the accesses of this object that happen before a new one: these, and the fences before them.
node_set store_memory::earlier_here(link at, const access& by) const noexcept {
  node_set result;
  const bool gets_it = by.reads && acquires(by.order);
  const clock_storage& message = stores_[at].released;
  const auto add = [&](thread_id thread, std::uint32_t time, const node_set& before) {
    if (!before.any() || thread == no_thread) return;
    if (time <= clocks::get(by.clock, thread) ||
        (gets_it && time <= clocks::get(message, thread))) {
      result |= before;
    }
  };
  for (link each = by.on.newest; each != 0; each = stores_[each].older) {
    const store& here = stores_[each];
    add(here.writer, here.time, here.before);
    for (std::uint32_t i = here.readers; i != 0; i = readers_[i].next) {
      add(readers_[i].thread, readers_[i].time, readers_[i].before);
    }
  }
  return result;
}

// What precedes a seq_cst access.
node_set store_memory::psc_before(link at, const access& by,
                                  const node_set& earlier) const noexcept {
  node_set result = earlier;
  const clock_storage& known = elsewhere(by);
  for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
    const node& each = nodes_[i];
    const bool before = each.thread == by.thread ||
                        (each.fence ? each.time <= clocks::get(by.clock, each.thread)
                                    : runs_[each.run].last < clocks::get(known, each.thread));
    if (before) result.add(i);
  }
  if (by.writes) result |= coherence_before(at, true);
  return result;
}

node_set store_memory::after_newer_stores(link from) const noexcept {
  node_set result;
  for (link at = stores_[from].newer; at != 0; at = stores_[at].newer) {
    result |= after(stores_[at].node, stores_[at].writer, stores_[at].time);
  }
  return result;
}

node_set store_memory::fences_after_newer_readers(link from) const noexcept {
  node_set result;
  for (link at = stores_[from].newer; at != 0 && fences_ != 0; at = stores_[at].newer) {
    for (std::uint32_t i = stores_[at].readers; i != 0; i = readers_[i].next) {
      result |= after(no_node, readers_[i].thread, readers_[i].time);
    }
  }
  return result;
}

bool store_memory::psc_contradicts(link at, const access& by) const noexcept {
  if (nodes_.empty()) return false;
  const node_set fences = fences_before(at, by);
  if (fences.any() && with_reached(fences_after_newer_readers(at)).meets(fences)) return true;
  const node_set later = with_reached(after_newer_stores(at));
  if (!later.any()) return false;
  if (later.meets(fences)) return true;
  return by.order == std::memory_order_seq_cst &&
         later.meets(psc_before(at, by, earlier_here(at, by)));
}

store_memory::performed store_memory::psc_enter(link at, const access& by) {
  performed result;
  result.earlier = earlier_here(at, by);
  const node_set fences = fences_before(at, by);
  result.before = fences;
  const node_set later = after_newer_stores(at);
  const node_set read_later = fences_after_newer_readers(at);
  if (by.order == std::memory_order_seq_cst) {
    result.node = add_node(by.thread, by.time, false, psc_before(at, by, result.earlier));
    nodes_[result.node].run = current_[by.thread];
    result.before.add(result.node);
  }
  if (later.any()) connect(result.before, later);
  if (read_later.any()) connect(fences, read_later);
  return result;
}

// What comes before a fence because of what it knows: by hb alone ..
node_set store_memory::known_to_fence(thread_id thread, const clock_storage& clock) const noexcept {
  node_set result;
  for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
    const node& at = nodes_[i];
    const std::uint32_t known = clocks::get(clock, at.thread);
    if (at.thread == thread || at.time < known || (at.fence && at.time == known)) result.add(i);
  }
  return result;
}

// .. and by what leads to accesses of one object that happen before it.
node_set store_memory::psc_before_fence(link newest, const clock_storage& clock) const noexcept {
  node_set result = before_what_is_known(newest, clock);
  result &= fence_nodes_;
  bool written = false;  // a newer store is known
  for (link at = newest; at != 0; at = stores_[at].older) {
    const store& here = stores_[at];
    if (written) result |= here.before;
    for (std::uint32_t i = here.readers; i != 0; i = readers_[i].next) {
      const reader& by = readers_[i];
      if (written) result |= by.before;
      if (by.time <= clocks::get(clock, by.thread)) result |= by.earlier;
    }
    if (here.writer == no_thread || here.time > clocks::get(clock, here.writer)) continue;
    result |= here.earlier;
    written = true;
  }
  return result;
}

}  // namespace heddle::sched
