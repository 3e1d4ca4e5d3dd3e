// SPDX-License-Identifier: MIT
#include <algorithm>

#include "execution.hpp"
#include "objects/barrier.hpp"
#include "objects/condition.hpp"
#include "objects/latch.hpp"
#include "objects/mutex.hpp"
#include "objects/plain.hpp"
#include "objects/semaphore.hpp"
#include "objects/shared_mutex.hpp"
#include "outside_keys.hpp"

// The life of a shared object: where its identity comes from, when its state is reset.
namespace heddle::sched {

namespace {
bool uses(const operation& op, const object& on) noexcept {
  if (op.kind == op_kind::lock_all)
    return std::find(op.all, op.all + op.argument, &on) != op.all + op.argument;
  return op.target == &on || op.partner == &on;
}
}  // namespace

object::object(object_kind what, location where) noexcept : kind(what), created(where) {
  if (execution* now = execution::current()) {
    now->adopt(*this);
  } else {
    outside_keys::give(*this);
  }
}

object::object(object_kind what, location where, stable_key shared) noexcept
    : kind(what), key(shared & ~made_outside), created(where) {
  if (execution* now = execution::current()) now->adopt_nameless(*this);
}

object::~object() {
  execution* now = execution::current();
  if (now != nullptr && epoch == now->number()) now->retire(*this);
  if (creator == no_thread && (key & made_outside) != 0) outside_keys::take_back(*this);
  // Volatile: writes to an object that dies may be left out otherwise.
  static_cast<volatile std::uint32_t&>(life) = dead;
  static_cast<volatile std::uint32_t&>(epoch) = 0xffff'ffff;  // of no execution: touch() looks
}

void execution::adopt(object& on) noexcept {
  on.creator = running_->id;
  on.index = ++running_->objects;
  on.key = mix(running_->key, std::uint64_t{on.index} << 1 | 1) & ~made_outside;
  on.epoch = number_;
  on.is_point = is_point(on);
  link_live(on);
}

void execution::adopt_nameless(object& on) noexcept {
  on.epoch = number_;
  on.is_point = is_point(on);
  link_live(on);
}

void execution::reset(object& on, location where) noexcept {
  if (on.life == object::dead) {
    failure_record failure{failure_kind::misuse, "it uses an object after its destruction",
                           running_->id, where};
    failure.object = on.key;
    fail(std::move(failure));
    abandon_running();  // it cannot go on with what is not there
  }
  if (on.creator != no_thread) {
    // Made in an earlier execution and still there: from now on it counts as made outside, or its
    // key could meet that of an object of this execution.
    renamed_ = true;
    on.creator = no_thread;
    outside_keys::give(on);
    on.name = nullptr;  // names given inside live no longer than their execution
  }
  on.epoch = number_;
  on.is_point = is_point(on);
  on.pending = nullptr;
  on.version = 0;
  switch (on.kind) {
    case object_kind::mutex:
      mutexes::reset(static_cast<mutex_object&>(on));
      break;
    case object_kind::condition:
      conditions::reset(static_cast<condition_object&>(on));
      break;
    case object_kind::atomic:  // values are the user's: they stay
      static_cast<atomic_object&>(on).released = {};
      static_cast<atomic_object&>(on).newest = 0;
      conditions::reset(static_cast<atomic_object&>(on));
      break;
    case object_kind::plain:
      plains::reset(static_cast<plain_object&>(on));
      break;
    case object_kind::semaphore:
      semaphores::reset(static_cast<semaphore_object&>(on));
      break;
    case object_kind::latch:
      latches::reset(static_cast<latch_object&>(on));
      break;
    case object_kind::barrier:
      barriers::reset(static_cast<barrier_object&>(on));
      break;
    case object_kind::shared_mutex:
      shared_mutexes::reset(static_cast<shared_mutex_object&>(on));
      break;
    case object_kind::monitor: {
      auto& monitor = static_cast<monitor_object&>(on);
      monitor.holder = no_thread;
      monitor.released = monitor.released_by_readers = {};
      monitor.account = {};
      if (monitor.type->reset != nullptr) monitor.type->reset(monitor);
      break;
    }
    default:
      break;
  }
  link_live(on);
}

void execution::link_live(object& on) noexcept {
  on.previous_live = nullptr;
  on.next_live = live_;
  if (live_ != nullptr) live_->previous_live = &on;
  live_ = &on;
}

void execution::retire(object& on) noexcept {
  (on.previous_live != nullptr ? on.previous_live->next_live : live_) = on.next_live;
  if (on.next_live != nullptr) on.next_live->previous_live = on.previous_live;
  if (trace_ != nullptr) describe(on);
  if (by_choice_ && on.kind == object_kind::atomic) add_to_graph(static_cast<atomic_object&>(on));
  for (thread_id id = 0; unfinished_ > 1 && id < thread_count_; ++id) {
    thread_record& at = *threads_[id];
    // The operation of a thread that is starting has been performed.
    if (&at == running_ || at.status == thread_status::finished ||
        at.status == thread_status::starting || !uses(at.pending, on)) {
      continue;
    }
    const bool waits = on.kind == object_kind::atomic && at.waiting;
    failure_record failure{failure_kind::misuse,
                           waits ? "it destroys an atomic on which a thread still waits"
                                 : "it destroys an object that another thread is about to use",
                           running_->id, on.created};
    failure.object = on.key;
    failure.other = id;
    failure.other_where = at.pending.where;
    fail(std::move(failure));
    at.pending.deadline = no_deadline;
    const bool listed = on.pending != nullptr || at.waiting || at.pending.all != nullptr;
    if (listed) continue;  // taken care of below
    at.pending.target = at.pending.partner = nullptr;
    update(at);
  }
  if (on.kind == object_kind::condition) {
    auto& queue = static_cast<condition_object&>(on);
    while (thread_record* at = queue.first_waiter) {
      if (at->pending.kind == op_kind::wake) unlink_pending(*at);
      conditions::dequeue(queue, *at);
      if (at->pending.kind != op_kind::wake) continue;
      at->pending.target = at->pending.partner = nullptr;  // it waits for nothing, for ever
      update(*at);
    }
  }
  if (on.kind == object_kind::atomic) {
    auto& queue = static_cast<atomic_object&>(on);
    while (thread_record* at = queue.first_waiter) {
      conditions::dequeue(queue, *at);
      at->waiting = true;  // for nothing, for ever
      at->pending.target = nullptr;
    }
  }
  std::erase_if(wanting_all_, [&](thread_record* at) {
    operation& op = at->pending;
    if (std::find(op.all, op.all + op.argument, &on) == op.all + op.argument) return false;
    op.kind = op_kind::lock;
    op.target = op.partner = nullptr;
    update(*at);
    return true;
  });
  for (thread_record* at = on.pending; at != nullptr;) {
    thread_record* next = at->next_pending;
    at->next_pending = at->previous_pending = nullptr;
    at->pending.target = at->pending.partner = nullptr;
    update(*at);
    at = next;
  }
}

}  // namespace heddle::sched
