// SPDX-License-Identifier: MIT
#include "heddle/explorers/replaying.hpp"

#include <fmt/format.h>

#include "code_places.hpp"
#include "names.hpp"

namespace heddle::explorers {

std::string describe(const sched::choice& where) {
  using sched::choice_kind;
  const sched::operation& op = *where.op;
  std::string text = fmt::format("T{} ", where.acting);
  switch (where.kind) {
    case choice_kind::thread:
      text += where.acting_enabled || op.kind != sched::op_kind::none ? std::string(name_of(op))
                                                                      : "has finished";
      break;
    case choice_kind::waiter:
      text += fmt::format("{}, whom to wake", to_string(op.kind));
      break;
    case choice_kind::value:
      text += "choose";
      break;
    case choice_kind::store:
      text += fmt::format("{}, which store to read", name_of(op));
      break;
    case choice_kind::place:
      text += fmt::format("{}, where in the modification order", name_of(op));
      break;
  }
  if (resolved(op.where).known()) text += " at " + place(op.where);
  text += fmt::format(", {} candidates", where.count);
  if (where.kind != choice_kind::thread) return text;
  for (std::uint32_t i = 0; i < where.count && i < 8; ++i) {
    const sched::thread_view at = where.state->thread(where[i].thread);
    text += fmt::format("{} T{} {}", i == 0 ? ":" : ",", at.id, name_of(*at.pending));
  }
  return text;
}

bool replaying::begin_execution() {
  if (done_) return false;
  return done_ = true;
}

std::uint32_t replaying::choose(const sched::choice& where) {
  const std::size_t position = position_++;
  if (diverged_) return 0;
  const std::size_t stride = sched::schedule::stride(follow_.indices.size());
  const std::size_t since = position / stride * stride;
  if (position >= follow_.indices.size()) {
    diverged_ = {position, since, describe(where) + ", where the schedule ends"};
    return 0;
  }
  sum_ = sched::fingerprint(sum_, where);
  const std::uint32_t index = follow_.indices[position];
  const bool marked = !follow_.marks.empty() && (position + 1) % stride == 0;
  const bool looks_right = !marked || sched::mark_of(sum_) == follow_.marks[position / stride];
  if (index >= where.count || !looks_right) {
    diverged_ = {position, since, describe(where)};
    return 0;
  }
  return index;
}

void replaying::end_execution(const sched::outcome&) {
  if (!diverged_ && position_ < follow_.indices.size()) {
    diverged_ = {position_, position_, "the execution has ended"};
  }
}

}  // namespace heddle::explorers
