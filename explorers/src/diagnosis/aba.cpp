// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "evidence.hpp"

// A compare-exchange that succeeded although what it compares had changed since its thread read it:
// away, and back again. The value is the same, what it stands for is not. Most of the time that
// does no harm, so it is told only where something failed, and only where nothing would have, had
// this one compare-exchange failed instead.
namespace heddle::explorers {

namespace {

constexpr std::size_t suspects_tried = 8;

struct suspect {
  const moment* read = nullptr;  // by the thread that swaps
  const moment* away = nullptr;  // by another one
  const moment* back = nullptr;  // by any but the first
  const moment* swap = nullptr;
};

bool touches(const moment& at, sched::stable_key object) noexcept {
  return at.event != nullptr && at.event->op.object == object && is_access(*at.event);
}

// Fills in what came before the compare-exchange at `index`; false: nothing suspicious.
bool looks_back(const std::vector<moment>& all, std::size_t index, suspect& made) {
  made.swap = &all[index];
  const sched::event& swap = *all[index].event;
  for (std::size_t i = index; i-- > 0;) {
    const moment& at = all[i];
    if (!touches(at, swap.op.object)) continue;
    if (at.thread == made.swap->thread) {
      made.read = &at;
      return at.event->value == swap.op.expected && made.away != nullptr;
    }
    if (!writes(*at.event)) continue;
    if (made.back == nullptr) made.back = &at;
    if (at.event->value != swap.op.expected) made.away = &at;
  }
  return false;
}

bool harmless_without(evidence& from, const suspect& at) {
  const auto outcome =
      from.instead({.refusals = {{from.past.key(at.swap->thread), at.swap->steps}}});
  return outcome && outcome->result == sched::verdict::passed;
}

std::string describe(const evidence& from, const suspect& at) {
  const sched::event& swap = *at.swap->event;
  const std::string who = from.who(at.swap->thread);
  const auto value = [&](std::uint64_t raw, const char* before) {
    const std::string text = from.name.value(swap.op.object, raw);
    return text.empty() ? text : before + text;
  };
  const std::string old = value(swap.op.expected, "");
  const std::string other =
      at.back->thread == at.away->thread ? "" : fmt::format(" {}", from.who(at.back->thread));
  return fmt::format(
      "the compare-exchange of {} on {} ({}) should not have succeeded: since {} had read {} from "
      "it ({}), {} had changed it{} ({}) and{} back{} ({}); the value is the same, what it stands "
      "for "
      "is not",
      who, from.name.the_object(swap.op.object), place(swap.op.where), who,
      old.empty() ? "a value" : old, place(at.read->event->op.where), from.who(at.away->thread),
      value(at.away->event->value, " to "), place(at.away->event->op.where), other,
      value(at.back->event->value, " to "), place(at.back->event->op.where));
}

}  // namespace

bool explain_aba(evidence& from) {
  const auto& all = from.past.moments();
  std::size_t tried = 0;
  for (std::size_t i = all.size(); i-- > 0 && tried < suspects_tried && from.can_experiment();) {
    const bool swaps = all[i].event != nullptr &&
                       all[i].event->op.kind == sched::op_kind::compare_exchange &&
                       writes(*all[i].event);
    suspect at;
    if (!swaps || !looks_back(all, i, at)) continue;
    ++tried;
    if (!harmless_without(from, at)) continue;
    from.found_why(failure_kind::failed_check, "ABA", describe(from, at));
    from.add(
        "confirmed: had that compare-exchange noticed, as one on the value and a counter of its "
        "changes does, nothing would have failed");
    return true;
  }
  return false;
}

}  // namespace heddle::explorers
