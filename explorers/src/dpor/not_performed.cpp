// SPDX-License-Identifier: MIT
#include <algorithm>

#include "search.hpp"

// Within one execution: what was not performed, but might have been elsewhere.
namespace heddle::explorers::por {

// Nobody could run, so the clock has advanced. It might have done so early, before some of what
// has happened; without that, also to a deadline that is not the next one here.
void search::keep_late(const sched::execution_state& state) {
  if (state.now() == now_) return;
  now_ = state.now();
  if (chose_early_ || state.early_timeouts_left() == 0) return;
  for (sched::thread_id id = 0; id < state.thread_count(); ++id) {
    const sched::thread_view at = state.thread(id);
    const bool still_waits = at.status == sched::thread_status::timed;
    const bool waited = at.status == sched::thread_status::enabled && at.pending->deadline <= now_;
    if (!still_waits && !waited) continue;
    could_hurry_ = true;
    if (!hurries_) return;
    be_careful();
    log_.late.push_back(
        {log_.size(), {action::kind::early, log_.threads[id], false, 0, *at.pending}});
  }
}

// Has the last operation sent its thread into parking?
void search::look_for_parking(const sched::execution_state& state) {
  std::size_t last = log_.size();
  while (last > 0 && log_[last - 1].is_data()) --last;
  if (last-- == 0 || log_[last].parks) return;
  const auto id = static_cast<sched::thread_id>(
      std::find(log_.threads.begin(), log_.threads.end(), log_[last].thread) -
      log_.threads.begin());
  if (state.thread(id).status != sched::thread_status::parked) return;
  be_careful();
  log_.entries[last].done.parks = stack_[last].taken.parks = true;
  std::erase_if(asleep_, [](const action& at) { return at.parks; });
}

// A notify wakes threads that might just as well have timed out before it.
void search::keep_timeouts(const sched::execution_state& state, const action& notify) {
  using sched::op_kind;
  if (notify.op.kind != op_kind::notify_one && notify.op.kind != op_kind::notify_all) return;
  for (sched::thread_id id = 0; id < state.thread_count(); ++id) {
    const sched::thread_view at = state.thread(id);
    const bool can_time_out = at.pending->kind == op_kind::wake &&
                              at.pending->deadline <= state.now() &&
                              at.status == sched::thread_status::enabled;
    if (!can_time_out || at.pending->object != notify.op.object) continue;
    action timeout{action::kind::step, log_.threads[id], false, 0, *at.pending};
    timeout.op.result = sched::resolution::failed;
    log_.late.push_back({log_.size(), timeout});
  }
}

// Given up: what would have come next may race with what has happened.
void search::keep_pending(const sched::execution_state& state) {
  if (!pending_.empty() || strange_) return;
  for (sched::thread_id id = 0; id < state.thread_count(); ++id) {
    const sched::thread_view at = state.thread(id);
    if (!sched::scheduled(at.pending->kind)) continue;
    const bool runs = at.status == sched::thread_status::enabled;
    const bool waits = at.status == sched::thread_status::blocked &&
                       at.pending->kind != sched::op_kind::wake &&
                       waits_for_object(at.pending->kind);
    if (runs || waits) {
      pending_.push_back({action::kind::step, log_.threads[id], false, 0, *at.pending});
    }
  }
}

}  // namespace heddle::explorers::por
