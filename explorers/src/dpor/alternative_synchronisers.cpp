// SPDX-License-Identifier: MIT
#include "alternative_past.hpp"

// Where operations on semaphores, latches, barriers and shared mutexes, and the end of a wait in
// two steps, would be enabled. Between the two actions of a race, what is still contained in the
// past and on the same object is independent of the first one: further releases, count-downs,
// readers.
namespace heddle::explorers::por {

using sched::op_kind;
using sched::resolution;

namespace {
bool succeeded(const action& at) noexcept { return at.op.result != resolution::failed; }
bool concerns(const action& at, const sched::operation& op) noexcept {
  return !at.is_data() && at.op.object == op.object;
}
}  // namespace

bool alternative_past::has_permit(const sched::operation& acquire) const {
  const event_log::entry& first = log_.entries[first_];
  if (!concerns(first.done, acquire)) return true;
  std::uint64_t permits = first.value;  // after it
  if (succeeded(first.done)) {
    first.done.op.kind == op_kind::release ? permits -= first.done.op.argument : ++permits;
  }
  for (std::size_t at = first_ + 1; at < second_ && at < log_.size(); ++at) {
    const action& done = log_[at];
    if (!concerns(done, acquire) || !contains(at) || !succeeded(done)) continue;
    done.op.kind == op_kind::release ? permits += done.op.argument : --permits;
  }
  return permits != 0;
}

bool alternative_past::is_open(const sched::operation& await) const {
  const event_log::entry& first = log_.entries[first_];
  if (!concerns(first.done, await)) return true;
  if (first.done.op.kind != op_kind::count_down) return first.value == 0;
  std::uint64_t count = first.value + first.done.op.argument;
  for (std::size_t at = first_ + 1; at < second_ && at < log_.size(); ++at) {
    const action& done = log_[at];
    if (concerns(done, await) && done.op.kind == op_kind::count_down && contains(at)) {
      count -= done.op.argument;
    }
  }
  return count == 0;
}

bool alternative_past::is_over(const sched::operation& await) const {
  const event_log::entry& first = log_.entries[first_];
  return !concerns(first.done, await) || first.value != await.argument;  // the phase it found
}

bool alternative_past::is_free(const sched::operation& lock) const {
  std::int64_t owners = 0;
  std::int64_t readers = 0;
  for (std::size_t at = 0; at < second_ && at < log_.size(); ++at) {
    const action& done = log_[at];
    if (at == first_ || !concerns(done, lock) || !succeeded(done) || !contains(at)) continue;
    switch (done.op.kind) {
      case op_kind::lock_exclusive:
      case op_kind::try_lock_exclusive:
        ++owners;
        break;
      case op_kind::unlock_exclusive:
        --owners;
        break;
      case op_kind::lock_shared:
      case op_kind::try_lock_shared:
        ++readers;
        break;
      case op_kind::unlock_shared:
        --readers;
        break;
      default:
        break;
    }
  }
  const bool shares = lock.kind == op_kind::lock_shared || lock.kind == op_kind::try_lock_shared;
  return owners == 0 && (shares || readers == 0);
}

// By the first notify after its wait began that woke this thread, if that is there.
bool alternative_past::is_woken(const action& wake) const {
  std::size_t at = second_ < log_.size() ? second_ : log_.size();
  while (at > 0 && !(log_[at - 1].thread == wake.thread && log_[at - 1].op.kind == op_kind::wait)) {
    --at;
  }
  if (at > 0 && log_.entries[at - 1].value != 0) return true;  // spuriously
  for (; at < second_ && at < log_.size(); ++at) {
    const action& done = log_[at];
    if (!concerns(done, wake.op)) continue;
    const sched::thread_id woken = log_.entries[at].other;
    const bool wakes = done.op.kind == op_kind::notify_all ||
                       (done.op.kind == op_kind::notify_one && woken < log_.threads.size() &&
                        log_.threads[woken] == wake.thread);
    if (wakes) return at != first_ && contains(at);
  }
  return false;
}

}  // namespace heddle::explorers::por
