// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "evidence.hpp"
#include "memory_words.hpp"

// With weak memory: loads that read another store than the newest, and why they may.
namespace heddle::explorers {

namespace {

constexpr std::size_t most_told = 4;

bool is_stale(const moment& at) noexcept {
  return at.event != nullptr && at.event->op.by_choice && reads(*at.event) &&
         at.event->source != at.event->newest;
}

const sched::event* performed_at(const evidence& from, std::uint32_t step) {
  for (const moment& at : from.past.moments()) {
    if (at.event != nullptr && visible(at.event->op.kind) && at.event->step == step) {
      return at.event;
    }
  }
  return nullptr;
}

std::string value_read(const evidence& from, const sched::event& load) {
  const bool changes = writes(load);
  return from.name.value(load.op.object, changes ? load.previous : load.value);
}

// "T2 read 0 from atomic `x` at a.cpp:3: the initial value; the newest store was 1 by T1 at
// a.cpp:7. Allowed, because ..."
std::string tell(const evidence& from, const sched::event& load) {
  const sched::event* source = performed_at(from, load.source);
  const sched::event* newest = performed_at(from, load.newest);
  std::string text =
      fmt::format("{} read {} from {} at {}: ", from.who(load.thread), value_read(from, load),
                  from.name.the_object(load.op.object), place(load.op.where));
  text += source == nullptr ? "the initial value"
                            : fmt::format("the store by {} at {}", from.who(source->thread),
                                          place(source->op.where));
  if (newest == nullptr) return text;
  text += fmt::format(
      "; the newest store was {} by {} at {}. Allowed, because nothing makes that "
      "one happen before this load (it is {}, the load is {})",
      from.name.value(newest->op.object, newest->value), from.who(newest->thread),
      place(newest->op.where), word_of(newest->op.order), word_of(load.op.order));
  return text;
}

}  // namespace

bool explain_stale_read(evidence& from) {
  const sched::event* last = nullptr;
  for (const moment& at : from.past.moments()) {
    if (at.entry->what == sched::trace_entry::kind::failure) break;
    if (is_stale(at)) last = at.event;
  }
  if (last == nullptr) return false;
  const sched::event* newest = performed_at(from, last->newest);
  if (newest == nullptr) return false;
  const std::string check = from.of.message;
  from.found(
      failure_kind::order_violation, "stale read",
      fmt::format("{} read {} from {} ({}) although {} had already stored {} in it ({}): the "
                  "memory orders allow that, and the check does not hold then",
                  from.who(last->thread), value_read(from, *last),
                  from.name.the_object(last->op.object), place(last->op.where),
                  from.who(newest->thread), from.name.value(newest->op.object, newest->value),
                  place(newest->op.where)));
  from.add("the check that failed: " + check);
  return true;
}

void tell_stale_reads(evidence& from) {
  std::size_t told = 0;
  for (const moment& at : from.past.moments()) {
    if (is_stale(at) && told++ < most_told) from.add(tell(from, *at.event));
  }
}

}  // namespace heddle::explorers
