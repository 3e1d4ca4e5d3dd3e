// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "evidence.hpp"
#include "heddle/sched/memory_orders.hpp"
#include "memory_words.hpp"

// Two accesses that nothing orders: what each thread held, and what last ordered the two.
namespace heddle::explorers {

namespace {

using sched::op_kind;

sched::stable_key through(const sched::event& event) noexcept {
  const bool of_mutex = event.op.kind == op_kind::wait || event.op.kind == op_kind::wake;
  return of_mutex ? event.op.second : event.op.object;
}

// The last time before `end` that one of the two passed something on to the other.
std::string last_order(const evidence& from, std::size_t end, sched::thread_id a,
                       sched::thread_id b) {
  const auto& all = from.past.moments();
  std::string text;
  std::unordered_map<sched::stable_key, const sched::event*> given;
  for (std::size_t i = 0; i < end; ++i) {
    const sched::event* event = all[i].event;
    if (event == nullptr || (event->thread != a && event->thread != b)) continue;
    const sched::stable_key object = through(*event);
    if (object == 0) continue;
    if (takes(*event)) {
      const auto last = given.find(object);
      if (last != given.end() && last->second->thread != event->thread) {
        text = fmt::format("the last that ordered the two: {} {} {} at {}, then {} {} it at {}",
                           from.who(last->second->thread), "gave on", from.name.the_object(object),
                           place(last->second->op.where), from.who(event->thread), "took",
                           place(event->op.where));
      }
    }
    if (gives(*event)) given[object] = event;
  }
  if (!text.empty()) return text;
  const auto& threads = from.of.trace.threads;
  for (const auto& [child, parent] : {std::pair(a, b), std::pair(b, a)}) {
    if (child < threads.size() && threads[child].parent == parent) {
      return fmt::format("the last that ordered the two: {} started {} at {}", from.who(parent),
                         from.who(child), place(threads[child].spawned));
    }
  }
  return "nothing orders the two threads after their start";
}

// The store that a load has read: told by weak memory, else the last one before it.
const sched::event* source_of(const std::vector<moment>& all, std::size_t load) {
  for (std::size_t i = load; i-- > 0;) {
    const sched::event* at = all[i].event;
    if (at == nullptr || at->op.object != all[load].event->op.object || !writes(*at)) continue;
    if (!all[load].event->op.by_choice || at->step == all[load].event->source) return at;
  }
  return nullptr;
}

bool is_atomic(const sched::event& event) noexcept {
  return event.op.kind == op_kind::load || event.op.kind == op_kind::store ||
         event.op.kind == op_kind::read_modify_write || event.op.kind == op_kind::compare_exchange;
}

// Did the second thread, between the two accesses, read an atomic that the first one had stored
// in between, with orders that are too weak to order the two?
std::string missing_order(const evidence& from, std::size_t first, std::size_t second) {
  const auto& all = from.past.moments();
  for (std::size_t i = second; i-- > first;) {
    const sched::event* load = all[i].event;
    if (load == nullptr || load->thread != all[second].thread) continue;
    if (!is_atomic(*load) || !reads(*load)) continue;
    const sched::event* store = source_of(all, i);
    if (store == nullptr || store->thread != all[first].thread) continue;
    if (store->step < all[first].entry->performed.step) continue;
    const bool acquires = sched::acquires(load->op.order);
    const bool releases = sched::releases(store->op.order);
    if (acquires && releases) continue;
    std::string needed;
    if (!releases) needed = fmt::format("release at {}", place(store->op.where));
    if (!acquires) {
      if (!needed.empty()) needed += " and ";
      needed += fmt::format("acquire at {}", place(load->op.where));
    }
    return fmt::format(
        "{} stored {} at {} ({}), and {} read that at {} ({}): with {}, or fences instead, the two "
        "accesses would be ordered",
        from.who(store->thread), from.name.the_object(store->op.object), place(store->op.where),
        word_of(store->op.order), from.who(load->thread), place(load->op.where),
        word_of(load->op.order), needed);
  }
  return {};
}

}  // namespace

bool explain_data_race(evidence& from) {
  const sched::failure_record& cause = from.of.cause;
  const bool writes_now = cause.message.starts_with("write");
  const bool other_wrote = cause.message.ends_with("write");
  from.found(
      failure_kind::data_race, cause.message,
      fmt::format("{} {} {} at {}, and {} {} it at {}, with nothing that orders the two",
                  from.who(cause.thread), writes_now ? "writes" : "reads",
                  from.name.the_object(cause.object), place(cause.where), from.who(cause.other),
                  other_wrote ? "wrote" : "read", place(cause.other_where)));
  const auto& all = from.past.moments();
  std::size_t end = all.size();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].entry->what == sched::trace_entry::kind::failure) end = std::min(end, i);
  }
  const moment* now = nullptr;
  const moment* before = nullptr;
  for (std::size_t i = 0; i < std::min(end + 1, all.size()); ++i) {
    const sched::event* event = all[i].event;
    if (event == nullptr || event->op.object != cause.object) continue;
    if (event->thread == cause.thread && event->op.where == cause.where) now = &all[i];
    if (event->thread == cause.other && event->op.where == cause.other_where) {
      before = &all[i];
    }
  }
  if (now != nullptr && before != nullptr) {
    from.add(fmt::format("{} held {}; {} held {}", from.who(cause.thread), from.list(now->held),
                         from.who(cause.other), from.list(before->held)));
  }
  from.add(last_order(from, end, cause.other, cause.thread));
  if (now != nullptr && before != nullptr) {
    const std::string missing = missing_order(from, static_cast<std::size_t>(before - all.data()),
                                              static_cast<std::size_t>(now - all.data()));
    if (!missing.empty()) from.add(missing);
  }
  return true;
}

}  // namespace heddle::explorers
