// SPDX-License-Identifier: MIT
#include "execution_class.hpp"

#include "heddle/sched/monitor.hpp"

namespace heddle::explorers {

using sched::mix;
using sched::op_kind;

namespace {
constexpr sched::stable_key clock_key = 2;  // no object has it
}

void execution_class::begin() noexcept {
  ++number_;
  used_ = 0;
  threads_.clear();
  threads_.push_back({1});
  sum_ = 0;
}

void execution_class::ordered(sched::thread_id earlier, sched::thread_id later) {
  if (later != threads_.size() || earlier >= later) return;
  thread& parent = threads_[earlier];
  threads_.push_back({mix(parent.key, ++parent.children)});
}

void execution_class::chose(sched::thread_id by, std::uint32_t value) {
  // Not counted among the events: when those are told of depends on whether their thread has to
  // wait.
  thread& at = threads_[by];
  sum_ += mix(mix(~at.key, ++at.choices), value);
}

execution_class::role execution_class::role_of(const sched::operation& op) noexcept {
  const bool failed = op.result == sched::resolution::failed;
  switch (op.kind) {
    case op_kind::load:
      return role::apart;
    case op_kind::atomic_notify_one:
    case op_kind::atomic_notify_all:
      return role::signals;
    case op_kind::atomic_wait:
    case op_kind::read:
    case op_kind::await_zero:
    case op_kind::try_wait:
    case op_kind::await_phase:
    case op_kind::read_clock:
      return role::reads;
    case op_kind::compare_exchange:
      return failed ? role::apart : role::ordered;
    case op_kind::try_lock:
    case op_kind::acquire:
    case op_kind::try_acquire:
    case op_kind::lock_exclusive:
    case op_kind::try_lock_exclusive:
      return failed ? role::reads : role::ordered;
    case op_kind::release:
    case op_kind::count_down:
    case op_kind::unlock_shared:
      return role::adds;
    case op_kind::lock_shared:
    case op_kind::try_lock_shared:
      return failed ? role::apart : role::adds;
    default:
      return role::ordered;
  }
}

std::size_t execution_class::find(sched::stable_key object) {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = mix(object) & mask;; at = (at + 1) & mask) {
    slot& here = slots_[at];
    if (here.number == number_ && here.key == object) return at;
    if (here.number == number_) continue;
    if (2 * ++used_ > slots_.size()) {
      grow();
      return find(object);
    }
    here = {.key = object, .number = number_};
    return at;
  }
}

void execution_class::grow() {
  std::vector<slot> old(2 * slots_.size());
  old.swap(slots_);
  used_ = 0;
  for (const slot& at : old) {
    if (at.number == number_) slots_[find(at.key)] = at;
  }
  for (touched& at : now_) at.slot = find(old[at.slot].key);
}

void execution_class::touch(sched::stable_key object, role as) {
  const std::size_t at = find(object);
  now_.push_back({at, as});
}

void execution_class::step(const sched::event& done) {
  const sched::operation& op = done.op;
  const bool failed = op.result == sched::resolution::failed;
  const bool timed = op.deadline != sched::no_deadline || op.kind == op_kind::sleep;
  now_.clear();
  switch (op.kind) {
    case op_kind::wait:
      touch(op.object, role::reads);
      touch(op.second, role::ordered);
      break;
    case op_kind::wake:
      if (timed) touch(op.object, role::reads);
      if (!failed) touch(op.second, role::ordered);
      break;
    case op_kind::lock_all:
      touch(op.object, role::ordered);
      if (op.second != 0 && op.second != op.object) touch(op.second, role::ordered);
      break;
    case op_kind::call: {
      const bool changes = !op.call->reads && !failed;
      touch(op.object, changes ? role::ordered : role::reads);
      if (op.second != 0) touch(op.second, changes ? role::adds : role::apart);
      break;
    }
    case op_kind::sleep:
    case op_kind::yield:
    case op_kind::read_clock:
      break;
    default:
      // By choice: outcome.graph says what it has to do with others.
      if (op.object != 0 && !op.by_choice) touch(op.object, role_of(op));
      break;
  }
  if (timed || op.kind == op_kind::read_clock) {
    touch(clock_key, timed ? role::ordered : role::reads);
  }
  thread& by = threads_[done.thread];
  std::uint64_t hash = mix(by.key, ++by.events);
  if (done.other < threads_.size()) hash = mix(hash, threads_[done.other].key);
  for (const touched& at : now_) {
    const slot& on = slots_[at.slot];
    std::uint64_t before = on.last;
    if (at.as != role::adds && at.as != role::apart) before += mix(on.adds);
    if (at.as != role::reads && at.as != role::apart) before += mix(~on.reads);
    if (at.as == role::ordered) before += mix(on.apart, 1);
    hash = mix(hash, before);
  }
  for (const touched& at : now_) {
    slot& on = slots_[at.slot];
    switch (at.as) {
      case role::reads:
        on.reads += hash;
        break;
      case role::adds:
      case role::signals:
        on.adds += hash;
        break;
      case role::apart:
        on.apart += hash;
        break;
      case role::ordered:
        on.last = hash;
        on.reads = on.adds = on.apart = 0;
        break;
    }
  }
  sum_ += mix(hash);
}

}  // namespace heddle::explorers
