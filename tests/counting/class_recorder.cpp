// SPDX-License-Identifier: MIT
#include "class_recorder.hpp"

namespace counting {

using namespace heddle::sched;

bool class_recorder::begin_execution() {
  keys_.clear();
  counts_.clear();
  picks_.clear();
  objects_.clear();
  return inner_.begin_execution();
}

void class_recorder::learn(const execution_state& state) {
  while (keys_.size() < state.thread_count()) {
    keys_.push_back(state.thread(static_cast<thread_id>(keys_.size())).key);
    counts_.push_back(0);
    picks_.push_back(0);
  }
}

std::uint32_t class_recorder::choose(const choice& where) {
  learn(*where.state);
  const std::uint32_t index = inner_.choose(where);
  if (where.kind == choice_kind::value) {
    picks_[where.acting] = mix(picks_[where.acting], index + 1);
  }
  return index;
}

bool class_recorder::permits(const execution_state& state, thread_id next) {
  learn(state);
  return !inner_permits_ || inner_.permits(state, next);
}

void class_recorder::touch(stable_key object, bool reads, std::uint64_t who) {
  object_order& order = objects_[object];
  if (reads) {
    order.reads += mix(who);
  } else {
    order.sum = mix(mix(order.sum, order.reads), who);
    order.reads = 0;
  }
}

void class_recorder::step(const event& done, const operation& next) {
  const operation& op = done.op;
  const bool failed = op.result == resolution::failed;
  const std::uint64_t who = mix(keys_[done.thread], ++counts_[done.thread]);
  constexpr stable_key clock = 7;
  switch (op.kind) {
    case op_kind::load:
    case op_kind::lock_shared:
    case op_kind::try_lock_shared:
    case op_kind::unlock_shared:
      touch(op.object, true, who);
      break;
    case op_kind::compare_exchange:
    case op_kind::try_lock:
      touch(op.object, failed, who);
      break;
    case op_kind::wait:
      touch(op.object, false, who);
      touch(op.second, false, who);
      break;
    case op_kind::wake:
      touch(failed ? op.object : op.second, false, who);
      break;
    case op_kind::lock_all:
      touch(op.object, false, who);
      touch(op.second, false, who);
      break;
    case op_kind::notify_one:
      touch(op.object, false, mix(who, done.other == no_thread ? 0 : keys_[done.other]));
      break;
    case op_kind::yield:
      break;
    case op_kind::sleep:
    case op_kind::read_clock:
      touch(clock, false, who);
      break;
    default:
      touch(op.object, false, who);
      break;
  }
  if (inner_steps_) inner_.step(done, next);
}

void class_recorder::end_execution(const outcome& result) {
  if (result.result != verdict::redundant) {
    std::uint64_t sum = 0;
    for (std::size_t id = 0; id < keys_.size(); ++id) {
      // A thread that never had the chance to do anything need not exist in both.
      if (counts_[id] != 0 || picks_[id] != 0) sum += mix(keys_[id], mix(counts_[id], picks_[id]));
    }
    for (const auto& [key, order] : objects_) sum += mix(key, mix(order.sum, order.reads));
    latest_ = sum;
    if (!classes_.insert(sum).second) ++duplicates_;
    if (result.result == verdict::passed) complete_.insert(sum);
  }
  inner_.end_execution(result);
}

}  // namespace counting
