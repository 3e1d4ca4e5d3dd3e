// SPDX-License-Identifier: MIT
#include <atomic>
#include <stdexcept>

#include "execution.hpp"
#include "objects/mutex.hpp"
#include "signals.hpp"

// The start and the end of an execution.
namespace heddle::sched {

outcome execution::run(body_ref body, explorer& decide, trace* record) {
  if (current_ != nullptr) {
    throw std::logic_error(
        "heddle: an exploration was started inside an execution of another one; explore from "
        "outside the test body");
  }
  explorer_ = &decide;
  wants_ = decide.wants();
  trace_ = record;
  exceptions_ = &exception_state_of_this_thread();
  static std::atomic<std::uint32_t> executions{0};
  if (++executions == 0) ++executions;  // 0 means: no execution
  number_ = executions;
  thread_count_ = unfinished_ = awaited_ = 0;
  runnable_.clear();
  ready_.clear();
  ready_head_ = 0;
  timed_.clear();
  parked_.clear();
  wanting_all_.clear();
  choices_.clear();
  names_.clear();
  memory_.reset();
  live_ = nullptr;
  steps_ = run_out_limit_ = 0;
  last_ = 0;
  running_out_ = assumed_ = skipped_ = over_ = cut_ = crashed_ = spun_ = watching_ = false;
  timed_ever_ = weak_orders_ = hurried_ = renamed_ = took_turns_ = false;
  failure_.reset();
  unwinding_leak_ = no_thread;
  clock_ = tick_ = 0;
  clock_version_ = early_used_ = 0;
  spurious_ = weak_cas_failure_ = try_lock_failure_ = deferred_async_ = {};
  back_off_left_out_ = false;
  livelock_.reset();

  thread_record& first = create_thread(body.call, body.context, nullptr, {});
  first.key = mix(0x4845'4444'4c45u) & ~made_outside;
  clocks::tick(first.clock, 0, memory_);
  first.status = thread_status::starting;
  first.started = true;

  current_ = this;
  running_ = &first;
  const lender* from = current_lender();
  if (from != nullptr) {
    try {
      from->begin_execution(busy_);
    } catch (...) {
      current_ = nullptr;
      running_ = nullptr;
      free_fibers_.push_back(first.on);
      throw;
    }
  }
  busy_ = true;
  fiber::switch_to(host_, *first.on, *exceptions_);

  // The thread that crashed is still the running one; what allocates does so here.
  if (crashed_) record_crash();
  running_ = nullptr;

  outcome result;
  collect(result);
  if (from != nullptr) {
    if (trace_ != nullptr) forget_private_accesses();
    from->end_execution(result);
  }
  // Destructors of objects that outlive the execution must not look for it any more.
  current_ = nullptr;
  drop_unfinished();
  if (crashed_) signal_guard::survived();
  decide.end_execution(result);
  return result;
}

// Back to run(), never to return here.
void execution::stop() noexcept {
  fiber::switch_to(*running_->on, host_, *exceptions_);
  __builtin_unreachable();
}

// The running thread ends without unwinding: what is on its stack is forgotten.
void execution::abandon_running() noexcept {
  finish(*running_, false);
  __builtin_unreachable();
}

// A daemon that still held something when everybody else had ended: what it guarded stays as it was
// left, and nobody would ever get it.
void execution::look_at_abandoned(const thread_record& daemon) {
  for (const object* at = live_; at != nullptr; at = at->next_live) {
    thread_id owner = no_thread;
    location acquired;
    if (at->kind == object_kind::mutex) {
      owner = static_cast<const mutex_object&>(*at).owner;
      acquired = static_cast<const mutex_object&>(*at).acquired;
    } else if (at->kind == object_kind::shared_mutex) {
      owner = static_cast<const shared_mutex_object&>(*at).owner;
      acquired = static_cast<const shared_mutex_object&>(*at).acquired;
    } else if (at->kind == object_kind::monitor &&
               static_cast<const monitor_object&>(*at).type->guards) {
      owner = static_cast<const monitor_object&>(*at).holder;
      acquired = static_cast<const monitor_object&>(*at).acquired;
    }
    if (owner != daemon.id) continue;
    failure_record failure{failure_kind::leak,
                           "a daemon thread was abandoned at the end while it held a lock",
                           daemon.id, acquired};
    failure.object = at->key;
    fail(std::move(failure));
    return;
  }
}

void execution::collect(outcome& result) {
  result.steps = steps_;
  result.threads = thread_count_;
  result.crashed = crashed_;
  result.parked = spun_;
  result.hurried = hurried_;
  result.took_turns = took_turns_;
  result.renamed = renamed_;
  result.timed = timed_ever_;
  result.weak_orders = weak_orders_;
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
    left.pending = at.pending;
    left.parked = at.status == thread_status::parked;
    left.waiting = at.waiting;
    if (at.pending.target != nullptr && at.pending.target->kind == object_kind::shared_mutex) {
      const auto& held = static_cast<const shared_mutex_object&>(*at.pending.target);
      left.owner = held.reader_count != 0 ? held.readers[0] : held.owner;
      left.acquired = held.acquired;
    }
    if (at.pending.target != nullptr && at.pending.target->kind == object_kind::monitor) {
      const auto& held = static_cast<const monitor_object&>(*at.pending.target);
      left.owner = held.holder;
      left.acquired = held.acquired;
    }
    const object* blocker = at.pending.kind == op_kind::lock   ? at.pending.target
                            : at.pending.kind == op_kind::wake ? at.pending.partner
                                                               : nullptr;
    for (std::uint64_t i = 0; at.pending.kind == op_kind::lock_all && i < at.pending.argument;
         ++i) {
      if (!mutexes::can_take(*at.pending.all[i], id)) blocker = at.pending.all[i];
    }
    if (blocker != nullptr && !at.waiting) {
      const auto& mutex = static_cast<const mutex_object&>(*blocker);
      left.owner = mutex.owner;
      left.acquired = mutex.acquired;
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
  if (ended && awaited_ != 0 && !failure_ && !assumed_ && !skipped_) {
    // Whoever joins is stuck because of somebody else.
    const unfinished_thread* stuck = &result.unfinished.front();
    for (const unfinished_thread& at : result.unfinished) {
      if (stuck->pending.kind == op_kind::join) stuck = &at;
    }
    failure_record failure{failure_kind::deadlock, {}, stuck->thread, stuck->pending.where};
    failure.object = stuck->pending.object;
    fail(std::move(failure));
  }
  if (ended && unfinished_ == 0 && !failure_ && !assumed_ && !skipped_) report_held_lock();
  if (failure_) {
    result.result =
        failure_->kind == failure_kind::deadlock ? verdict::deadlocked : verdict::failed;
    if (failure_->kind == failure_kind::limit) result.result = verdict::cut;
  } else if (running_out_) {
    result.result = verdict::redundant;
  } else if (assumed_) {
    result.result = verdict::blocked;
  } else if (cut_) {
    result.result = verdict::cut;
  }
  result.failure = std::move(failure_);
  failure_.reset();
  if (trace_ != nullptr) {
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
}

// A thread that ends must not leave a mutex locked (thread.mutex.class); nobody can unlock it now.
void execution::report_held_lock() {
  for (const object* at = live_; at != nullptr; at = at->next_live) {
    thread_id owner = no_thread;
    location acquired;
    if (at->kind == object_kind::mutex) {
      owner = static_cast<const mutex_object*>(at)->owner;
      acquired = static_cast<const mutex_object*>(at)->acquired;
    } else if (at->kind == object_kind::shared_mutex) {
      const auto& held = static_cast<const shared_mutex_object&>(*at);
      owner = held.reader_count != 0 ? held.readers[0] : held.owner;
      acquired = held.acquired;
    }
    if (owner == no_thread) continue;
    failure_record failure{failure_kind::leak, "a mutex is still locked at the end", owner,
                           acquired};
    failure.object = at->key;
    fail(std::move(failure));
    return;
  }
}

// Threads that cannot finish are never run again; their stacks start afresh.
void execution::drop_unfinished() noexcept {
  for (std::uint32_t id = 0; unfinished_ != 0 && id < thread_count_; ++id) {
    thread_record& at = *threads_[id];
    if (at.status == thread_status::finished) continue;
    if (at.started) at.on->drop();
    free_fibers_.push_back(at.on);
  }
  for (fiber* at : abandoned_fibers_) {
    at->drop();
    free_fibers_.push_back(at);
  }
  abandoned_fibers_.clear();
}

struct engine::parts {
  explicit parts(const settings& limits) : guard(limits.stuck_seconds), one(limits) {
    one.watch = signal_guard::state();
  }
  signal_guard guard;
  execution one;
};

engine::engine(const settings& limits) : parts_(std::make_unique<parts>(limits)) {}
engine::~engine() = default;

outcome engine::run(body_ref body, explorer& decide, trace* record) {
  return parts_->one.run(body, decide, record);
}

const std::vector<std::uint32_t>& engine::choices() const noexcept { return parts_->one.choices(); }

}  // namespace heddle::sched
