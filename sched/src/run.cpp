// SPDX-License-Identifier: MIT
#include <algorithm>
#include <atomic>
#include <stdexcept>

#include "execution.hpp"
#include "fiber_switch.hpp"
#include "signals.hpp"

// The start and the end of an execution.
namespace heddle::sched {

// The number of the next execution: never 0, and no other one of this process has it while it can
// matter. Taken by the thousand, for engines on several OS threads draw from one stock.
void execution::take_number() noexcept {
  constexpr std::uint32_t at_once = 1024;
  static std::atomic<std::uint32_t> stock{0};
  if (number_ % at_once == 0) number_ = stock.fetch_add(at_once);
  if (++number_ == 0) ++number_;
}

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
  take_number();
  static_cast<course&>(*this) = {};
  runnable_.clear();
  timed_.clear();
  parked_.clear();
  wanting_all_.clear();
  choices_.clear();
  regions_.clear();
  racy_.clear();
  memory_.reset();
  livelock_.reset();
  failure_.reset();
  choose_memory();
  quick_ = trace_ == nullptr && !wants_.steps && !wants_.permits;

  thread_record& first = create_thread(body.call, body.context, nullptr, {});
  first.key = mix(0x4845'4444'4c45u) & ~made_outside;
  clocks::tick(first.clock, 0, memory_);
  first.status = thread_status::starting;
  runnable_.insert(first.id);
  first.started = true;

  current_ = this;
  running_ = &first;
  const lender* from = lender_ = current_lender();
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
    if (trace_ != nullptr) {
      forget_private_accesses(result.failure ? result.failure->object : 0);
    }
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

void execution::end() noexcept {
  over_ = true;
  quick_ = false;
  stop();
}

// The running thread ends without unwinding: what is on its stack is forgotten.
void execution::abandon_running() noexcept {
  finish(*running_, false);
  __builtin_unreachable();
}

// Threads that cannot finish are never run again; their stacks start afresh.
void execution::drop_unfinished() noexcept {
  for (std::uint32_t id = 0; unfinished_ != 0 && id < thread_count_; ++id) {
    thread_record& at = *threads_[id];
    if (at.status == thread_status::finished) continue;
    if (at.started) at.on->drop();
    at.pending = {};
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

void engine::pin(const memory_use* use) noexcept { parts_->one.pin(use); }
const memory_use& engine::memory() const noexcept { return parts_->one.used_memory(); }
void engine::set_racy(std::vector<racy_key> keys) {
  std::sort(keys.begin(), keys.end());
  parts_->one.set_racy(std::move(keys));
}

const std::vector<std::uint32_t>& engine::choices() const noexcept { return parts_->one.choices(); }

}  // namespace heddle::sched
