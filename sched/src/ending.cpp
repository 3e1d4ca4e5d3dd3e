// SPDX-License-Identifier: MIT
#include "execution.hpp"
#include "objects/holder.hpp"
#include "objects/mutex.hpp"
#include "permits.hpp"

// What an execution came to.
namespace heddle::sched {

namespace {

// The object that a blocked thread waits for and that somebody may hold; null if there is none.
const object* awaited_by(const thread_record& thread) noexcept {
  const operation& op = thread.pending;
  if (op.kind == op_kind::wake) return op.partner;
  for (std::uint64_t i = 0; op.kind == op_kind::lock_all && i < op.argument; ++i) {
    if (!mutexes::can_take(*op.all[i], thread.id)) return op.all[i];
  }
  const bool is_mutex = op.target != nullptr && op.target->kind == object_kind::mutex;
  return is_mutex && op.kind != op_kind::lock ? nullptr : op.target;
}

bool joins(const operation& op) noexcept {
  return op.kind == op_kind::join ||
         (op.kind == op_kind::call && op.call->effect == custody::joins);
}

const permit_account* account_of(const object& at) noexcept {
  if (at.kind == object_kind::semaphore) return &static_cast<const semaphore_object&>(at).account;
  if (at.kind == object_kind::monitor) return &static_cast<const monitor_object&>(at).account;
  return nullptr;
}

}  // namespace

void execution::leak(const char* what, const object& on, thread_id by, location where) {
  failure_record failure{failure_kind::leak, what, by, where};
  failure.object = on.key;
  fail(std::move(failure));
}

// The first of the locks in use that `concerns` and that is held becomes a leak.
template <class Concerns>
bool execution::report_held(const char* what, Concerns&& concerns) {
  for (const object* at = live_; at != nullptr; at = at->next_live) {
    const holding held = holder_of(*at);
    if (held.by == no_thread || !is_lock(*at) || !concerns(held.by)) continue;
    leak(what, *at, held.by, held.since);
    return true;
  }
  return false;
}

// A daemon that still held something when everybody else had ended: what it guarded stays as it was
// left, and nobody would ever get it.
void execution::look_at_abandoned(const thread_record& daemon) {
  const auto is_its = [&](thread_id by) { return by == daemon.id; };
  if (report_held("a daemon thread was abandoned at the end while it held a lock", is_its)) return;
  for (const object* at = live_; at != nullptr; at = at->next_live) {
    const permit_account* account = account_of(*at);
    const auto* permit = account == nullptr ? nullptr : permits::held_as_lock(*account, daemon.id);
    if (permit == nullptr) continue;
    leak("a daemon thread was abandoned at the end while it held a permit", *at, daemon.id,
         permit->taken);
    return;
  }
}

// A thread that ends must not leave a mutex locked (thread.mutex.class); nobody can unlock it now.
// Nor can anybody do what is left undone of other objects that outlive the execution.
void execution::look_at_what_is_left() {
  if (report_held("a mutex is still locked at the end", [](thread_id) { return true; })) return;
  for (const object* at = live_; at != nullptr; at = at->next_live) {
    if (at->kind != object_kind::monitor || at->creator == no_thread) continue;
    const auto& monitor = static_cast<const monitor_object&>(*at);
    const char* what =
        monitor.type->left_behind == nullptr ? nullptr : monitor.type->left_behind(monitor);
    if (what == nullptr) continue;
    leak(what, *at, at->creator, at->created);
    if (failure_) failure_->tentative = true;
    return;
  }
}

void execution::report_deadlock(const std::vector<unfinished_thread>& unfinished) {
  // Whoever joins is stuck because of somebody else.
  const unfinished_thread* stuck = &unfinished.front();
  for (const unfinished_thread& at : unfinished) {
    if (joins(stuck->pending)) stuck = &at;
  }
  failure_record failure{failure_kind::deadlock, {}, stuck->thread, stuck->pending.where};
  failure.object = stuck->pending.object;
  fail(std::move(failure));
}

verdict execution::verdict_so_far() const noexcept {
  if (failure_) {
    if (failure_->kind == failure_kind::deadlock) return verdict::deadlocked;
    return failure_->kind == failure_kind::limit ? verdict::cut : verdict::failed;
  }
  if (running_out_) return verdict::redundant;
  if (assumed_) return verdict::blocked;
  return cut_ ? verdict::cut : verdict::passed;
}

void add_keys(std::vector<racy_key>& to, const std::vector<racy_object>& found) {
  for (const racy_object& at : found) to.push_back(at.key);
  std::sort(to.begin(), to.end());
  to.erase(std::unique(to.begin(), to.end()), to.end());
}

void execution::collect(outcome& result) {
  result.steps = steps_;
  result.threads = thread_count_;
  result.crashed = crashed_;
  result.parked = spun_;
  result.hurried = hurried_;
  result.took_turns = took_turns_;
  result.observed = observed_;
  result.uninterrupted = has_regions_;
  result.renamed = renamed_;
  result.timed = timed_ever_;
  collect_memory(result);
  result.racy = racy_;
  result.skipped = skipped_;
  result.spurious_left_out = spurious_.left_out;
  result.weak_cas_failure_left_out = weak_cas_failure_.left_out;
  result.try_lock_failure_left_out = try_lock_failure_.left_out;
  result.deferred_async_left_out = deferred_async_.left_out;
  result.back_off_left_out = back_off_left_out_;
  for (std::uint32_t id = 0; unfinished_ != 0 && id < thread_count_; ++id) {
    const thread_record& at = *threads_[id];
    if (at.status == thread_status::finished) continue;
    unfinished_thread left;
    left.thread = id;
    left.key = at.key;
    left.pending = at.pending;
    left.parked = at.status == thread_status::parked;
    left.waiting = at.waiting;
    if (const object* awaited = awaited_by(at); awaited != nullptr && !at.waiting) {
      const holding held = holder_of(*awaited);
      left.owner = held.by;
      left.acquired = held.since;
    } else if (at.pending.kind == op_kind::join) {
      left.owner = static_cast<thread_id>(at.pending.argument);
    }
    if (trace_ != nullptr && at.pending.target != nullptr) describe(*at.pending.target);
    left.pending.target = left.pending.partner = nullptr;
    left.pending.all = nullptr;
    result.unfinished.push_back(std::move(left));
    if (awaited_ == 0) {
      result.abandoned = true;
      look_at_abandoned(at);
    }
  }
  const bool ended = !over_ && !cut_ && !crashed_;
  const bool unmarred = ended && !failure_ && !assumed_ && !skipped_;
  if (unmarred && awaited_ != 0) report_deadlock(result.unfinished);
  if (unmarred && unfinished_ == 0) look_at_what_is_left();
  result.result = verdict_so_far();
  result.failure = std::move(failure_);
  failure_.reset();
  if (trace_ != nullptr) describe_all();
}

// What the trace tells of objects and threads.
void execution::describe_all() {
  for (object* at = live_; at != nullptr; at = at->next_live) describe(*at);
  for (std::uint32_t id = 0; id < thread_count_; ++id) {
    const thread_record& at = *threads_[id];
    thread_info info;
    info.parent = at.parent;
    info.key = at.key;
    if (at.name != nullptr) info.name = at.name;
    info.spawned = at.spawned_at;
    info.finished = at.status == thread_status::finished;
    trace_->threads.push_back(std::move(info));
  }
}

}  // namespace heddle::sched
