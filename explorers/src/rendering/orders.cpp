// SPDX-License-Identifier: MIT
#include "orders.hpp"

#include <unordered_map>

namespace heddle::explorers {

using sched::op_kind;

std::vector<arrow> arrows_of(const sched::trace& of) {
  std::vector<arrow> arrows;
  std::unordered_map<sched::stable_key, std::size_t> given;     // by object: the last that gave
  std::unordered_map<sched::thread_id, std::size_t> notified;  // by waiter
  std::unordered_map<sched::stable_key, std::vector<sched::thread_id>> waiters;
  std::vector<std::vector<std::size_t>> spawns(of.threads.size());
  std::vector<std::size_t> next_spawn(of.threads.size(), 0);
  std::vector<bool> begun(of.threads.size(), false);
  const auto& all = of.entries;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].what == sched::trace_entry::kind::spawn && all[i].performed.thread < spawns.size()) {
      spawns[all[i].performed.thread].push_back(i);
    }
  }
  std::vector<std::size_t> started_at(of.threads.size(), ~std::size_t{0});
  for (std::size_t id = 1; id < of.threads.size(); ++id) {  // children of one parent in id order
    const sched::thread_id parent = of.threads[id].parent;
    if (parent >= spawns.size() || next_spawn[parent] >= spawns[parent].size()) continue;
    started_at[id] = spawns[parent][next_spawn[parent]++];
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    const sched::event& event = all[i].performed;
    if (event.thread >= begun.size()) continue;
    const bool its_start = !begun[event.thread] && started_at[event.thread] < i;
    if (its_start && all[i].what != sched::trace_entry::kind::spawn) {
      arrows.push_back({started_at[event.thread], i, "starts"});
    }
    begun[event.thread] = true;
    if (all[i].what != sched::trace_entry::kind::event) continue;
    const bool of_mutex = event.op.kind == op_kind::wait || event.op.kind == op_kind::wake;
    const sched::stable_key object = of_mutex ? event.op.second : event.op.object;
    if (event.op.kind == op_kind::wake) {
      if (const auto by = notified.find(event.thread); by != notified.end()) {
        arrows.push_back({by->second, i, "wakes"});
        notified.erase(by);
      }
    }
    if (event.op.kind == op_kind::wait) waiters[event.op.object].push_back(event.thread);
    if (event.op.kind == op_kind::notify_one && event.value != 0) notified[event.other] = i;
    if (event.op.kind == op_kind::notify_all) {
      for (const sched::thread_id waiter : waiters[event.op.object]) notified[waiter] = i;
      waiters[event.op.object].clear();
    }
    if (takes(event) || reads(event)) {
      const auto last = given.find(object);
      if (last != given.end() && all[last->second].performed.thread != event.thread) {
        arrows.push_back({last->second, i, is_access(event) ? "is read by" : "hands over"});
      }
    }
    if (gives(event) || writes(event)) given[object] = i;
  }
  return arrows;
}

}  // namespace heddle::explorers
