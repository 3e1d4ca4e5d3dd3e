// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "evidence.hpp"

// Why did a check fail? Two operations in an order that nothing enforces; with this one pair the
// other way round the check holds.
namespace heddle::explorers {

namespace {

constexpr std::size_t pairs_tried = 16;

bool competes(const moment& a, const moment& b) {
  if (a.event == nullptr || b.event == nullptr || a.thread == b.thread) return false;
  const sched::event& x = *a.event;
  const sched::event& y = *b.event;
  return x.op.object == y.op.object && is_access(x) && is_access(y) && (writes(x) || writes(y));
}

std::string did(const evidence& from, const moment& at, const std::string& object) {
  const sched::event& event = *at.event;
  const std::string value = from.name.value(*at.entry);
  const std::string who = from.who(at.thread);
  if (writes(event) && !value.empty()) {
    return fmt::format("{} wrote {} to {} ({})", who, value, object, place(event.op.where));
  }
  return fmt::format("{} {} {}{} ({})", who, writes(event) ? "wrote" : "read", object,
                     value.empty() ? "" : " = " + value, place(event.op.where));
}

}  // namespace

bool explain_order_violation(evidence& from) {
  const auto& all = from.past.moments();
  std::size_t end = all.size();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].entry->what == sched::trace_entry::kind::failure) end = std::min(end, i);
  }
  std::size_t tried = 0;
  // The later operation may come after the check has failed: what should have been done by then.
  for (std::size_t later = all.size(); later-- > 0;) {
    for (std::size_t earlier = std::min(later, end); earlier-- > 0;) {
      if (!competes(all[earlier], all[later])) continue;
      const moment& a = all[earlier];
      const moment& b = all[later];
      const std::int64_t stop = steps_to_stop_at(a);
      if (stop >= 0) {
        if (tried++ == pairs_tried || !from.can_experiment()) return false;
        const auto outcome =
            from.instead({.holds = {{from.past.key(a.thread), static_cast<std::uint32_t>(stop),
                                     from.past.key(b.thread), steps_when_done(b)}}});
        if (outcome && outcome->result == sched::verdict::passed) {
          const std::string fine = from.nothing_wrong();
          from.found_why(
              failure_kind::order_violation, "",
              fmt::format("{} before {}, and nothing enforces the {}",
                          did(from, a, from.name.the_object(a.event->op.object)),
                          did(from, b, "it"),
                          from.of.kind == failure_kind::failed_check ? "order that the check needs"
                                                                     : "other order"));
          from.add("confirmed: with these two the other way round " + fine);
          return true;
        }
      }
      break;  // only the last one that it competes with
    }
  }
  return false;
}

}  // namespace heddle::explorers
