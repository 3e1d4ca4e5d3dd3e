// SPDX-License-Identifier: MIT
#include "alternative_past.hpp"

#include "heddle/sched/monitor.hpp"

namespace heddle::explorers::por {

using sched::op_kind;
using sched::resolution;

namespace {
bool failed(const action& at) noexcept { return at.op.result == resolution::failed; }
bool writes(const action& at) noexcept {
  return at.op.kind == op_kind::store || at.op.kind == op_kind::read_modify_write ||
         (at.op.kind == op_kind::compare_exchange && !failed(at));
}
}  // namespace

alternative_past::holder alternative_past::holder_of(sched::stable_key mutex) const {
  holder now;
  std::uint32_t depth = 0;  // of a recursive mutex
  std::vector<std::uint32_t> given_up;
  for (std::size_t at = 0; at < second_; ++at) {
    const action& done = log_[at];
    if (done.is_data() || failed(done)) continue;
    const bool here = done.op.object == mutex;
    const bool beside = done.op.second == mutex;
    if ((!here && !beside) || !contains(at)) continue;
    switch (done.op.kind) {
      case op_kind::lock:
      case op_kind::try_lock:
      case op_kind::lock_all:
        now = {true, done.thread};
        ++depth;
        break;
      case op_kind::unlock:
        if (--depth == 0) now.taken = false;
        break;
      case op_kind::wait:
        if (!beside) break;
        if (given_up.size() <= done.thread) given_up.resize(done.thread + 1);
        given_up[done.thread] = depth;
        depth = 0;
        now.taken = false;
        break;
      case op_kind::wake:
        if (!beside) break;
        now = {true, done.thread};
        depth = given_up[done.thread];
        break;
      default:
        break;
    }
  }
  return now;
}

// A recursive mutex can be taken again by its holder; a plain one then blocks for ever, so that the
// operation was not performed.
bool alternative_past::can_take(sched::stable_key mutex, thread_index thread) const {
  const holder by = holder_of(mutex);
  return !by.taken || (by.by == thread && second_ < log_.size());
}

// Counts the permits from the first operation on the semaphore on, whose event says how many it
// left.
bool alternative_past::has_permit(sched::stable_key semaphore) const {
  std::uint64_t permits = 0;
  bool known = false;
  for (std::size_t at = 0; at < second_; ++at) {
    const action& done = log_[at];
    if (done.is_data() || done.op.object != semaphore) continue;
    const bool took =
        (done.op.kind == op_kind::acquire || done.op.kind == op_kind::try_acquire) && !failed(done);
    const bool gave = done.op.kind == op_kind::release && !failed(done);
    if (!known) permits = log_.entries[at].value + took - (gave ? done.op.argument : 0);
    known = true;
    if (!contains(at)) continue;
    permits = permits - took + (gave ? done.op.argument : 0);
  }
  return permits != 0 || !known;
}

// Whatever changes the monitor after the first call depends on it, so that the past has none of it:
// the levels are what the first call found.
bool alternative_past::is_ready(const sched::operation& call) const {
  const event_log::entry& first = log_.entries[first_];
  if (first.done.op.kind != op_kind::call || first.done.op.object != call.object) return true;
  return call.need.contains(sched::unpack_level(first.previous, call.need.which));
}

bool alternative_past::enables(const action& second) const {
  if (second.what == action::kind::early) return true;
  const sched::operation& op = second.op;
  switch (op.kind) {
    case op_kind::lock:
      return can_take(op.object, second.thread);
    case op_kind::lock_all:
      return can_take(op.object, second.thread) && can_take(op.second, second.thread);
    case op_kind::call:
      return op.need.everything() || op.deadline != sched::no_deadline || is_ready(op);
    case op_kind::wake:
      if (op.second == 0) return failed(second) || is_woken(second);
      return failed(second) || can_take(op.second, second.thread);
    case op_kind::acquire:
      return op.deadline != sched::no_deadline || has_permit(op.object);
    case op_kind::await_zero:
      return op.deadline != sched::no_deadline || is_open(op);
    case op_kind::await_phase:
      return is_over(op);
    case op_kind::lock_exclusive:
    case op_kind::lock_shared:
      return op.deadline != sched::no_deadline || is_free(op);
    default:
      return true;
  }
}

// The newest write there is; without any, what the first write that is missing found.
std::uint64_t alternative_past::value_of(sched::stable_key object) const {
  for (std::size_t at = second_; at-- > 0;) {
    const action& done = log_[at];
    if (done.op.object == object && writes(done) && contains(at)) return log_.entries[at].value;
  }
  for (std::size_t at = first_; at < second_; ++at) {
    const action& done = log_[at];
    if (done.op.object == object && writes(done)) return log_.entries[at].previous;
  }
  return log_.entries[second_].previous;
}

action alternative_past::resolve(const action& second) const {
  action result = second;
  switch (second.op.kind) {
    case op_kind::compare_exchange:
      if (second.op.by_choice) {
        result.op.result = resolution::pending;
        break;
      }
      result.op.result = second_ < log_.size() && value_of(second.op.object) == second.op.expected
                             ? resolution::succeeded
                             : resolution::failed;
      if (second_ == log_.size()) result.op.result = resolution::pending;
      break;
    case op_kind::try_lock:
      result.op.result =
          can_take(second.op.object, second.thread) ? resolution::succeeded : resolution::failed;
      break;
    case op_kind::try_acquire:
      result.op.result = has_permit(second.op.object) ? resolution::succeeded : resolution::failed;
      break;
    case op_kind::try_wait:
      result.op.result = is_open(second.op) ? resolution::succeeded : resolution::failed;
      break;
    case op_kind::try_lock_exclusive:
    case op_kind::try_lock_shared:
      result.op.result = is_free(second.op) ? resolution::succeeded : resolution::failed;
      break;
    case op_kind::call:  // what it does is known to its shim alone
      result.op.result = resolution::pending;
      break;
    case op_kind::wake:
      if (second.op.deadline != sched::no_deadline) result.op.result = resolution::pending;
      break;
    default:
      break;
  }
  return result;
}

}  // namespace heddle::explorers::por
