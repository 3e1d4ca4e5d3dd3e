// SPDX-License-Identifier: MIT
#include "history.hpp"

#include <algorithm>

#include "heddle/sched/monitor.hpp"

namespace heddle::explorers {

using sched::event;
using sched::op_kind;
using sched::resolution;

bool is_access(const event& event) noexcept { return reads(event) || writes(event); }

bool reads(const event& event) noexcept {
  return event.op.kind == op_kind::load || event.op.kind == op_kind::read ||
         event.op.kind == op_kind::read_modify_write || event.op.kind == op_kind::compare_exchange;
}

bool writes(const event& event) noexcept {
  if (event.op.kind == op_kind::compare_exchange) return event.op.result != resolution::failed;
  return event.op.kind == op_kind::store || event.op.kind == op_kind::write ||
         event.op.kind == op_kind::read_modify_write;
}

bool overwrites(const event& event) noexcept {
  return event.op.kind == op_kind::store || event.op.kind == op_kind::write;
}

bool gives(const sched::event& event) noexcept {
  switch (event.op.kind) {
    case op_kind::call:
      return event.op.result != resolution::failed && event.op.call->releases;
    case op_kind::unlock:
    case op_kind::wait:
    case op_kind::release:
    case op_kind::count_down:
    case op_kind::arrive:
    case op_kind::unlock_exclusive:
    case op_kind::unlock_shared:
      return true;
    default:
      return writes(event) && sched::visible(event.op.kind) &&
             event.op.order != std::memory_order_relaxed;
  }
}

bool takes(const sched::event& event) noexcept {
  if (event.op.result == sched::resolution::failed) return false;
  switch (event.op.kind) {
    case op_kind::call:
      return event.op.call->acquires;
    case op_kind::lock:
    case op_kind::lock_all:
    case op_kind::try_lock:
    case op_kind::wake:
    case op_kind::acquire:
    case op_kind::try_acquire:
    case op_kind::await_zero:
    case op_kind::await_phase:
    case op_kind::lock_exclusive:
    case op_kind::lock_shared:
    case op_kind::try_lock_exclusive:
    case op_kind::try_lock_shared:
      return true;
    default:
      return reads(event) && sched::visible(event.op.kind) &&
             event.op.order != std::memory_order_relaxed;
  }
}

std::int64_t steps_to_stop_at(const moment& at) noexcept {
  std::int64_t steps = at.steps;
  if (!sched::visible(at.event->op.kind)) --steps;
  for (const held_lock& one : at.held) steps = std::min<std::int64_t>(steps, one.at);
  return steps;
}

std::uint32_t steps_when_done(const moment& at) noexcept {
  return at.steps + (sched::visible(at.event->op.kind) ? 1 : 0);
}

void history::take(sched::thread_id thread, sched::stable_key mutex, const moment& at,
                   bool shared) {
  held_[thread].push_back({mutex, at.event->op.where, at.steps, shared});
}

void history::give(sched::thread_id thread, sched::stable_key mutex) {
  auto& all = held_[thread];
  const auto last = std::find_if(all.rbegin(), all.rend(),
                                 [mutex](const held_lock& one) { return one.mutex == mutex; });
  if (last != all.rend()) all.erase(std::next(last).base());
}

// A lock without an owner may be given up by another thread than the one that took it.
void history::give_whose(sched::thread_id thread, sched::stable_key mutex) {
  const auto holds = [mutex](const std::vector<held_lock>& all) {
    return std::any_of(all.begin(), all.end(),
                       [mutex](const held_lock& one) { return one.mutex == mutex; });
  };
  for (sched::thread_id other = 0; !holds(held_[thread]) && other < held_.size(); ++other) {
    if (holds(held_[other])) thread = other;
  }
  give(thread, mutex);
}

history::history(const sched::trace& of) : of_(of), held_(of.threads.size()) {
  std::vector<std::uint32_t> steps(of.threads.size(), 0);
  moments_.reserve(of.entries.size());
  for (const sched::trace_entry& entry : of.entries) {
    moment at;
    at.entry = &entry;
    at.thread = entry.performed.thread;
    if (at.thread >= steps.size()) continue;
    at.steps = steps[at.thread];
    at.held = held_[at.thread];
    if (entry.what == sched::trace_entry::kind::event) {
      at.event = &entry.performed;
      const sched::operation& op = entry.performed.op;
      const bool done = op.result != resolution::failed;
      switch (op.kind) {
        case op_kind::lock:
        case op_kind::try_lock:
        case op_kind::lock_exclusive:
        case op_kind::try_lock_exclusive:
          if (done) take(at.thread, op.object, at, false);
          break;
        case op_kind::lock_shared:
        case op_kind::try_lock_shared:
          if (done) take(at.thread, op.object, at, true);
          break;
        case op_kind::lock_all:
          take(at.thread, op.object, at, false);
          take(at.thread, op.second, at, false);
          break;
        case op_kind::unlock:
        case op_kind::unlock_exclusive:
        case op_kind::unlock_shared:
          if (done) give(at.thread, op.object);
          break;
        case op_kind::call:
          if (done && op.call->effect == sched::custody::takes) {
            take(at.thread, op.object, at, false);
          } else if (done && op.call->effect == sched::custody::gives) {
            give_whose(at.thread, op.object);
          }
          break;
        case op_kind::wait:
          if (done) give(at.thread, op.second);
          break;
        case op_kind::wake:
          if (done) take(at.thread, op.second, at, false);
          break;
        default:
          break;
      }
      steps[at.thread] += sched::visible(op.kind);
    }
    moments_.push_back(std::move(at));
  }
}

const std::vector<held_lock>& history::held_at_end(sched::thread_id thread) const {
  static const std::vector<held_lock> none;
  return thread < held_.size() ? held_[thread] : none;
}

sched::stable_key history::key(sched::thread_id thread) const {
  return thread < of_.threads.size() ? of_.threads[thread].key : 0;
}

}  // namespace heddle::explorers
