// SPDX-License-Identifier: MIT
#include "execution.hpp"

#include <utility>

#include "fiber_switch.hpp"
#include "perform.hpp"

namespace heddle::sched {

constinit thread_local execution* execution::current_ = nullptr;

execution::execution(const settings& limits) : limits_(limits) {}
execution::~execution() = default;

// --- threads ---------------------------------------------------------------------------------

inline fiber* execution::take_fiber() {
  if (free_fibers_.empty()) return make_fiber();
  fiber* taken = free_fibers_.back();
  free_fibers_.pop_back();
  return taken;
}

fiber* execution::make_fiber() {
  fibers_.push_back(std::make_unique<fiber>(limits_.stack_bytes, &execution::fiber_main, this));
  free_fibers_.reserve(fibers_.size());
  abandoned_fibers_.reserve(fibers_.size());
  return fibers_.back().get();
}

thread_record& execution::create_thread(void (*entry)(void*), void* closure, const char* name,
                                        location where) {
  fiber* const on = take_fiber();  // may throw: nothing has happened yet
  if (thread_count_ == threads_.size()) {
    threads_.push_back(std::make_unique<thread_record>());
    runnable_.reserve(thread_count_ + 1);
  }
  thread_record& created = *threads_[thread_count_];
  created.reset();
  created.id = thread_count_++;
  ++unfinished_;
  ++awaited_;
  created.entry = entry;
  created.closure = closure;
  created.name = name;
  created.spawned_at.file = where.file;  // one by one: as a whole it would wait for its stores
  created.spawned_at.line = where.line;
  created.spawned_at.site = where.site;
  created.on = on;
  return created;
}

thread_record& execution::spawn(void (*entry)(void*), void* closure, const char* name,
                                location where) {
  const busy_section here(busy_);
  expect_action_allowed(where);
  thread_record& parent = *running_;
  if (thread_count_ >= limits_.threads) {
    fail({failure_kind::limit,
          "more threads than options.threads = " + std::to_string(limits_.threads) + " allows",
          parent.id, where});
    cut_ = true;
    stop();
  }
  thread_record& child = create_thread(entry, closure, name, where);
  child.parent = parent.id;
  child.key = mix(parent.key, std::uint64_t{++parent.children} << 1) & ~made_outside;
  tick(parent);
  clocks::assign(child.clock, parent.clock, memory_);
  clocks::tick(child.clock, child.id, memory_);
  clocks::tick(parent.clock, parent.id, memory_);
  make_ready(child);
  tell_order(&parent, &child);
  if (trace_ != nullptr) record(trace_entry::kind::spawn, parent.id, where, {});
  return child;
}

// The execution ends when nobody but daemons is left.
void execution::make_daemon(thread_record& thread) noexcept {
  if (thread.daemon || thread.status == thread_status::finished) return;
  thread.daemon = true;
  --awaited_;
}

void execution::make_ready(thread_record& thread) {
  thread.status = thread_status::starting;
  runnable_.insert(thread.id);
  (first_ready_ == nullptr ? first_ready_ : last_ready_->next_ready) = &thread;
  last_ready_ = &thread;
}

void execution::join(thread_record& target, location where) {
  const busy_section here(busy_);
  expect_action_allowed(where);
  thread_record& self = *running_;
  if (target.status != thread_status::finished) {
    self.pending = {};
    self.pending.kind = op_kind::join;
    self.pending.argument = target.id;
    self.pending.where = where;
    self.status = thread_status::blocked;
    runnable_.erase(self.id);
    target.joiner = &self;
    if (self.unreported) {
      self.unreported = false;
      if (!running_out_) explorer_->step(self.performed, self.pending);
    }
    reschedule(&self);
    self.pending.kind = op_kind::none;
    self.pending.argument = 0;
    self.pending.where = {};
  }
  tick(self);
  clocks::join(self.clock, target.clock, memory_);
  tell_order(&target, &self);
}

void execution::tell_order(const thread_record* earlier, const thread_record* later) {
  if (!wants_.order || running_out_) return;
  explorer_->ordered(earlier != nullptr ? earlier->id : no_thread,
                     later != nullptr ? later->id : no_thread);
}

// Every fiber runs one thread after the other, so that a context is made once per stack.
void execution::fiber_main(void* of) {
  execution& self = *static_cast<execution*>(of);
  for (;;) {
    thread_record& thread = *self.running_;
    const lender* from = self.lender_;
    if (from != nullptr) from->renew(thread.on->lent());
    current_ = &self;  // a fiber may have thread-local variables of its own
    if (from != nullptr) from->begin_thread(thread.id, thread.key, thread.on->lent());
    self.busy_ = false;
    self.run_user_code(thread, thread.entry, thread.closure);
    if (self.invariants_ != nullptr) self.end_invariants_of(thread.id);
    self.run_exit_actions(thread);
    self.busy_ = true;
    self.finish(thread, true);
  }
}

void execution::run_user_code(thread_record& thread, void (*code)(void*), void* argument) {
  try {
    code(argument);
  } catch (const thread_ended&) {
  } catch (...) {
    uncaught_exception(thread);
  }
}

// Each action may ask for further ones; destructors go before signals.
void execution::run_exit_actions(thread_record& self) {
  for (;;) {
    exit_action** first = &self.exit_actions[self.exit_actions[0] != nullptr ? 0 : 1];
    const exit_action* action = *first;
    if (action == nullptr) return;
    *first = action->next;
    run_user_code(self, action->act, action->argument);
  }
}

void execution::finish(thread_record& self, bool fiber_is_reusable) {
  self.status = thread_status::finished;
  runnable_.erase(self.id);
  self.pending = {};
  tick(self);
  --unfinished_;
  if (!self.daemon) --awaited_;
  if (self.unreported) {
    self.unreported = false;
    if (!running_out_) explorer_->step(self.performed, self.pending);
  }
  (fiber_is_reusable ? free_fibers_ : abandoned_fibers_).push_back(self.on);
  if (trace_ != nullptr) record(trace_entry::kind::finish, self.id, {});
  if (self.joiner != nullptr) make_ready(*self.joiner);
  reschedule(nullptr);
}

void execution::switch_to(thread_record& next) {
  thread_record& from = *running_;
  running_ = &next;
  next.started = true;
  fiber::switch_to(*from.on, *next.on, *exceptions_);
}

// --- the loop --------------------------------------------------------------------------------

// What happens once for each operation is one piece of code.
inline thread_record* execution::ask(std::uint32_t early) {
  const execution_state state(*this);
  thread_record& last = *threads_[last_];
  const choice where{choice_kind::thread,
                     runnable_.size() + early,
                     last_,
                     runnable_.contains(last_),
                     &last.pending,
                     &state,
                     early};
  const std::uint32_t index = decide(where);
  if (index < runnable_.size()) return threads_[runnable_.at(index, last_)].get();
  thread_record* next = threads_[where[index].thread].get();
  ++early_used_;
  advance_clock_to(next->pending.deadline, true);
  return next;
}

inline thread_record* execution::pick() {
  if (!quick_ || runnable_.size() == 0 || steps_ >= limits_.steps || awaited_ == 0) {
    return pick_with_care();
  }
  return runnable_.size() == 1 ? threads_[runnable_.at(0, last_)].get() : ask(0);
}

thread_record* execution::pick_with_care() {
  for (;;) {
    if (over_ || awaited_ == 0) return nullptr;
    const bool goes_on = runnable_.size() != 0 || !parked_.empty();
    if (goes_on && (steps_ >= limits_.steps || (running_out_ && steps_ >= run_out_limit_))) {
      cut_ = true;
      if (steps_ >= limits_.steps) {
        const thread_record& last = *threads_[last_];
        fail({failure_kind::limit,
              "more visible operations than options.steps = " + std::to_string(limits_.steps) +
                  " allows",
              last_, last.pending.where});
      }
      return nullptr;
    }
    if (!parked_.empty() && runnable_.size() != 0) {
      for (const thread_record* at : parked_) (at->parked_alone ? hurried_ : spun_) = true;
    }
    thread_record* next = livelock_.pumping() ? pick_forced_by_pump() : nullptr;
    if (next != nullptr) {
      // The round that is followed knows who is next: nobody is asked.
      if (runnable_.size() > 1) hurried_ = true;
    } else if (runnable_.size() == 0) {
      if (advance_clock()) continue;
      next = run_parked();
      if (next == nullptr) return nullptr;
    } else if (has_regions_ && (next = uninterrupted()) != nullptr) {
      // it is in a region without preemptions
    } else {
      const std::uint32_t early = timed_.empty() ? 0 : early_candidates();
      if (running_out_ || runnable_.size() + early == 1) {
        next = threads_[runnable_.at(0, last_)].get();
      } else {
        next = ask(early);
      }
    }
    if (wants_.permits && !running_out_ && !explorer_->permits(execution_state(*this), next->id)) {
      running_out_ = true;
      quick_ = false;
      run_out_limit_ = steps_ + run_out_steps;
      continue;
    }
    return next;
  }
}

void execution::reschedule(thread_record* self) {
  thread_record* next;
  if (first_ready_ != nullptr) {
    next = first_ready_;
    first_ready_ = std::exchange(next->next_ready, nullptr);
  } else {
    next = pick();
    if (next == nullptr) {
      // The end. Whoever is unfinished is dropped; a finished thread's fiber comes back here when
      // it is given its next thread to run.
      fiber::switch_to(*running_->on, host_, *exceptions_);
      return;
    }
    perform(*next);
  }
  if (next != self) switch_to(*next);
}

// What is to be done first where an execution is more than its operations.
void execution::look_before(thread_record& self) {
  if (observing_) expect_action_allowed(self.pending.where);
  if (self.in_effect) {
    fail({failure_kind::misuse,
          "a function that must not be interrupted, such as a comparison given to a queue, uses an "
          "object that is under control",
          self.id, self.pending.where});
    cut_ = true;
    stop();
  }
  if (self.unreported) {
    self.unreported = false;
    if (!running_out_) explorer_->step(self.performed, self.pending);
  }
}

void execution::announce(thread_record& self) {
  const busy_section here(busy_);
  if (!quick_ || self.in_effect) look_before(self);
  if (may_wait(self.pending.kind)) {
    link_pending(self);
    update(self);
  } else {
    self.status = thread_status::enabled;
    if (self.spins.repeated) park_if_futile(self);
  }
  reschedule(&self);
}

std::uint32_t execution::choose_value(std::uint32_t count, location where) {
  const busy_section here(busy_);
  expect_action_allowed(where);
  if (count < 2 || running_out_) return 0;
  operation op;
  op.where = where;
  const execution_state state(*this);
  return decide({choice_kind::value, count, running_->id, true, &op, &state});
}

}  // namespace heddle::sched
