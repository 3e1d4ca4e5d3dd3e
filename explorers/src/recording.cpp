// SPDX-License-Identifier: MIT
#include "recording.hpp"

#include <fmt/format.h>

#include "code_places.hpp"
#include "heddle/explorers/stepping.hpp"

#include "preemption.hpp"

namespace heddle::explorers {

std::uint32_t recording::choose(const sched::choice& where) {
  sum_ = sched::fingerprint(sum_, where);
  marks_ += sched::mark_of(sum_);
  words_.push_back(describe(where));
  const std::uint32_t index = wrapper::choose(where);
  indices_.push_back(index);
  if (index < where.count) {
    const sched::candidate taken = where[index];
    words_.back() += names_thread(where.kind) ? fmt::format(" -> T{}", taken.thread)
                                              : fmt::format(" -> {}", taken.value);
  }
  preemptions_ += is_preemption(where, index);
  return index;
}

void recording::stepping(const sched::execution_state& state, sched::thread_id next) {
  const sched::operation& op = *state.thread(next).pending;
  const location at = resolved(op.where);
  heddle_step(next, state.steps() + 1, to_string(op.kind).data(), at.file, at.line);
}

void recording::finish(sched::schedule& into) const {
  into.indices = indices_;
  into.marks.clear();
  const std::size_t stride = sched::schedule::stride(indices_.size());
  for (std::size_t i = stride - 1; i < marks_.size(); i += stride) into.marks += marks_[i];
}

}  // namespace heddle::explorers
