// SPDX-License-Identifier: MIT
#include <algorithm>

#include "execution.hpp"
#include "objects/mutex.hpp"
#include "objects/shared_mutex.hpp"

// Wait loops must neither hang nor explode, nor be taken for something else. A thread that repeats
// itself in vain is parked: passed over until something it read changes (or, where its loop also
// changes things, until somebody else has taken a step). Nobody else left: parked threads take
// turns, so a bounded retry reaches its end. A round of everyone that only repeats itself is
// followed a thousand times; if it never differs, it is a livelock.
namespace heddle::sched {

namespace {
constexpr stable_key yield_key = 1;

// A loop that reads in vain but also changes things may be ordinary work: give it this long.
constexpr std::uint32_t impure_reads = 64;

// Where it is done to what. A call that waits and one that asks may stand in the same line of the
// user's (an event's wait). Keys are well mixed: what differs in place must only end up elsewhere.
std::uint64_t site_at(stable_key on, const operation& op, bool waits) noexcept {
  const std::uint32_t place = op.where.site != 0 ? op.where.site : op.where.line;
  return on +
         (std::uint64_t{place} << 1 | static_cast<std::uint64_t>(waits)) * 0x9e37'79b9'7f4a'7c15u;
}
std::uint64_t site_of(const operation& op) noexcept {
  switch (op.kind) {
    case op_kind::yield:
      return site_at(yield_key, op, false);
    case op_kind::read_clock:
      return site_at(execution::clock_key, op, false);
    case op_kind::call:
      return site_at(op.object, op, !op.need.everything());
    default:
      return site_at(op.object, op, false);
  }
}
}  // namespace

std::uint32_t execution::version_seen_by(const operation& op) const noexcept {
  if (op.kind == op_kind::read_clock) return clock_version_;
  return op.target != nullptr ? op.target->version : 0;
}

// What is mostly so stands first: an access of an atomic, at a place that is new.
void execution::note_futile(thread_record& thread) noexcept {
  const operation& op = thread.pending;
  if (op.kind > op_kind::compare_exchange) return note_futile_of_any_kind(thread);
  spin_window& window = thread.spins;
  const std::uint64_t site = site_at(op.object, op, false);
  const spin_window::visit now{site, op.object, op.target->version, steps_ - thread.steps};
  if (!window.add_new(now)) return note_again(thread, now);
  window.repeated |= limits_.shape.rereads <= 1;
}

void execution::note_futile_of_any_kind(thread_record& thread) noexcept {
  const operation& op = thread.pending;
  if (op.kind == op_kind::sleep) return;  // the clock sees to it that others run first
  const stable_key object = op.kind == op_kind::read_clock ? clock_key : op.object;
  note_again(thread, {site_of(op), object, version_seen_by(op), steps_ - thread.steps});
}

void execution::note_again(thread_record& thread, const spin_window::visit& now) noexcept {
  spin_window& window = thread.spins;
  const spin_window::entry& seen = window.add(now);
  const std::uint32_t most = std::max(seen.pure, seen.alone);
  window.repeated = window.repeated || most >= limits_.shape.rereads;
  if (seen.total <= limits_.shape.rereads) return;
  thread.repeats = true;
  if (!watching_ && everyone_repeats()) {
    watching_ = true;
    quick_ = false;
  }
}

// Would the pending operation of an enabled thread only repeat what it did in vain before?
void execution::park_if_futile(thread_record& thread) noexcept {
  const operation& op = thread.pending;
  if (!thread.spins.repeated || livelock_.pumping()) return;
  switch (op.kind) {
    case op_kind::load:
    case op_kind::read:
    case op_kind::yield:
    case op_kind::read_clock:
      break;
    case op_kind::read_modify_write: {
      const std::uint64_t value = static_cast<const atomic_object&>(*op.target).value;
      if (op.modify(value, op.argument) != value) return;
      break;
    }
    case op_kind::compare_exchange:
      if (static_cast<const atomic_object&>(*op.target).value == op.expected) return;
      break;
    case op_kind::call:
      if (!op.need.everything()) return;
      break;
    case op_kind::try_lock:
      if (mutexes::can_take(static_cast<const mutex_object&>(*op.target), thread.id)) return;
      break;
    case op_kind::try_acquire:
      if (static_cast<const semaphore_object&>(*op.target).count != 0) return;
      break;
    case op_kind::try_wait:
      if (static_cast<const latch_object&>(*op.target).count == 0) return;
      break;
    case op_kind::try_lock_exclusive:
      if (shared_mutexes::is_free(static_cast<const shared_mutex_object&>(*op.target))) return;
      break;
    case op_kind::try_lock_shared:
      if (static_cast<const shared_mutex_object&>(*op.target).owner == no_thread) return;
      break;
    default:
      return;
  }
  const std::uint64_t site = site_of(op);
  const spin_window::entry* found = thread.spins.find(site);
  if (found == nullptr) return;
  const spin_window::entry& seen = *found;
  const bool pure = op.kind != op_kind::yield && seen.pure >= limits_.shape.rereads &&
                    seen.version == version_seen_by(op) && seen.progress == thread.spins.progress;
  const bool asks = op.kind == op_kind::load || op.kind == op_kind::read ||
                    (op.kind == op_kind::call && op.call->reads);
  const std::uint32_t patience =
      asks && impure_reads > limits_.shape.rereads ? impure_reads : limits_.shape.rereads;
  const bool alone = seen.alone >= patience && seen.others == steps_ - thread.steps;
  thread.parked_alone = !pure;
  if (pure || alone) park(thread);
}

void execution::park(thread_record& thread) noexcept {
  runnable_.erase(thread.id);
  thread.status = thread_status::parked;
  parked_.push_back(&thread);
  quick_ = false;
}

void execution::unpark(thread_record& thread) noexcept {
  std::erase(parked_, &thread);
  thread.status = thread_status::enabled;
  runnable_.insert(thread.id);
}

void execution::unpark_watchers(stable_key changed, const thread_record* actor) noexcept {
  for (std::size_t i = 0; i < parked_.size();) {
    thread_record& at = *parked_[i];
    if (at.spins.watches(changed)) {
      unpark(at);
      if (actor != nullptr) tell_order(actor, &at);
    } else {
      ++i;
    }
  }
}

// Threads parked because they ran alone (their loop is not pure) go on after a step of another.
void execution::unpark_after_step_of(thread_record& actor) noexcept {
  for (std::size_t i = 0; i < parked_.size();) {
    thread_record& at = *parked_[i];
    const operation& op = at.pending;
    const spin_window::entry* seen = at.spins.find(site_of(op));
    const bool pure = op.kind != op_kind::yield && seen != nullptr &&
                      seen->pure >= limits_.shape.rereads && seen->version == version_seen_by(op) &&
                      seen->progress == at.spins.progress;
    if (&at != &actor && !pure) {
      unpark(at);
      tell_order(&actor, &at);
    } else {
      ++i;
    }
  }
}

// Nobody else can run: the thread parked longest goes on. If it only looks at the clock, time must
// pass for it to see anything: the clock ticks, in growing steps.
thread_record* execution::run_parked() {
  if (parked_.empty()) return nullptr;
  took_turns_ = true;
  thread_record& next = *parked_.front();
  const bool reads_clock = std::any_of(parked_.begin(), parked_.end(),
                                       [](const auto* at) { return at->spins.watches(clock_key); });
  if (reads_clock) tick_clock();
  tell_order(nullptr, nullptr);
  unpark(next);
  return &next;
}

// Nobody makes headway, as far as can be told: a livelock is possible.
bool execution::everyone_repeats() const noexcept {
  for (std::uint32_t id = 0; id < thread_count_; ++id) {
    const thread_record& at = *threads_[id];
    const bool stands = at.status == thread_status::finished ||
                        at.status == thread_status::blocked || at.status == thread_status::timed;
    if (!at.repeats && !stands) return false;
  }
  return true;
}

bool execution::everyone_takes_part(const std::vector<livelock_detector::item>& round) {
  for (std::uint32_t id = 0; id < thread_count_; ++id) {
    const thread_record& at = *threads_[id];
    if (at.status == thread_status::finished) continue;
    if (at.status == thread_status::blocked) {
      // Whoever waits for a lock that is free once in every round could take it then.
      const bool could =
          at.last_enabled != thread_state::never && steps_ - at.last_enabled <= round.size();
      if (could) return false;
      continue;
    }
    if (at.status == thread_status::timed) continue;  // asked separately
    if (std::none_of(round.begin(), round.end(),
                     [id](const auto& item) { return item.thread == id; })) {
      return false;
    }
  }
  return true;
}

thread_record* execution::sleeper_outside_round() const noexcept {
  thread_record* first = nullptr;
  for (thread_record* at : timed_) {
    if (livelock_.takes_part(at->id)) continue;
    if (first == nullptr || at->pending.deadline < first->pending.deadline) first = at;
  }
  return first;
}

void execution::watch_for_livelock(const event& done, bool futile) {
  livelock_.add(done, futile ? execution_state(*this).recurrence() : 0);
  if (livelock_.pumping()) {
    if (livelock_.rounds() < limits_.pump_rounds) return;
    if (thread_record* sleeper = sleeper_outside_round()) {
      // Spinning takes time: let it wake before judging.
      livelock_.give_up();
      advance_clock_to(sleeper->pending.deadline);
      return;
    }
    failure_record failure{failure_kind::livelock, {}, done.thread, done.op.where};
    failure.object = done.op.object;
    failure.cycle = livelock_.round();
    fail(std::move(failure));
    over_ = true;
    return;
  }
  if (!futile) return;
  const auto fair = [this](const auto& round) { return everyone_takes_part(round); };
  if (!livelock_.find_round(fair)) livelock_.find_recurrence(fair);
}

// The thread whose turn it is in the round that is being followed; null if it cannot go on.
thread_record* execution::pick_forced_by_pump() {
  if (livelock_.begins_round_that_reads_clock()) tick_clock();
  thread_record& next = *threads_[livelock_.expected_thread()];
  for (;;) {
    if (next.status == thread_status::enabled) return &next;
    if (next.status == thread_status::parked) {
      unpark(next);
      return &next;
    }
    // It sleeps within the round: nobody else may run now, so time passes.
    if (next.status != thread_status::timed || !advance_clock()) break;
  }
  livelock_.give_up();
  return nullptr;
}

}  // namespace heddle::sched
