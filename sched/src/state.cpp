// SPDX-License-Identifier: MIT
#include <bit>

#include "execution.hpp"
#include "heddle/sched/choice.hpp"
#include "objects/condition.hpp"
#include "objects/mutex.hpp"
#include "objects/shared_mutex.hpp"

// What an explorer sees of an execution.
namespace heddle::sched {

std::uint32_t execution_state::thread_count() const noexcept { return of_->thread_count_; }
std::uint32_t execution_state::steps() const noexcept { return of_->steps_; }
virtual_time execution_state::now() const noexcept { return of_->clock_; }
std::uint32_t execution_state::early_timeouts_left() const noexcept {
  return of_->limits_.shape.early_timeouts - of_->early_used_;
}

thread_view execution_state::thread(thread_id id) const noexcept {
  const thread_record& at = *of_->threads_[id];
  return {at.id, at.parent, at.key, at.status, &at.pending, at.steps};
}

namespace {

// Numbers become one by multiplication with different odd ones; who sums such up mixes the result
// once. Whoever watches for livelocks asks for all of this at each step in vain.
constexpr std::uint64_t by_kind = 0x9e37'79b9'7f4a'7c15u;
constexpr std::uint64_t by_value = 0xd6e8'feb8'6659'fd93u;
constexpr std::uint64_t by_other_value = 0xa076'1d64'78bd'642fu;

std::uint64_t hash_pending(const thread_record& at) noexcept {
  const operation& op = at.pending;
  return (static_cast<std::uint64_t>(op.kind) * by_kind + op.object) ^
         (op.argument * by_value + std::rotl(op.expected * by_other_value, 32));
}

std::uint64_t hash_objects(const object* first) noexcept {
  std::uint64_t sum = 0;
  for (const object* at = first; at != nullptr; at = at->next_live) {
    // Values of plain data are not looked at; and which of it has an object at all may depend on
    // whether somebody records the execution (plain_terms).
    if (at->kind == object_kind::plain) continue;
    std::uint64_t state = 0;
    switch (at->kind) {
      case object_kind::mutex:
        state = mutexes::state(static_cast<const mutex_object&>(*at));
        break;
      case object_kind::condition:
        state = conditions::state(static_cast<const condition_object&>(*at));
        break;
      case object_kind::atomic:
        state = static_cast<const atomic_object&>(*at).value +
                conditions::state(static_cast<const atomic_object&>(*at));
        break;
      case object_kind::semaphore:
        state = static_cast<const semaphore_object&>(*at).count;
        break;
      case object_kind::latch:
        state = static_cast<const latch_object&>(*at).count;
        break;
      case object_kind::barrier: {
        const auto& on = static_cast<const barrier_object&>(*at);
        state = mix(mix(on.phase, on.missing), on.expected);
        break;
      }
      case object_kind::monitor: {
        const auto& on = static_cast<const monitor_object&>(*at);
        state = on.type->state != nullptr ? on.type->state(on) : pack_levels(on.level);
        break;
      }
      case object_kind::shared_mutex:
        state = shared_mutexes::state(static_cast<const shared_mutex_object&>(*at));
        break;
      default:
        break;
    }
    sum += mix(at->key ^ state * by_value);
  }
  return sum;
}

}  // namespace

std::uint64_t execution_state::fingerprint() const noexcept {
  std::uint64_t sum = mix(of_->clock_);
  for (std::uint32_t id = 0; id < of_->thread_count_; ++id) {
    const thread_record& at = *of_->threads_[id];
    const std::uint64_t progress = mix(at.steps, at.status == thread_status::finished ? 1 : 0);
    sum += mix(at.key, mix(mix(progress, hash_pending(at)), mix(at.value, at.success)));
  }
  return sum + hash_objects(of_->live_);
}

std::uint64_t execution_state::recurrence() const noexcept {
  std::uint64_t sum = 0;
  for (std::uint32_t id = 0; id < of_->thread_count_; ++id) {
    const thread_record& at = *of_->threads_[id];
    if (at.status != thread_status::finished) sum += mix(at.key ^ hash_pending(at));
  }
  return sum + hash_objects(of_->live_);
}

candidate choice::operator[](std::uint32_t index) const noexcept {
  const execution& of = *state->of_;
  candidate result;
  switch (kind) {
    case choice_kind::thread:
      if (index < of.runnable_.size()) {
        result.thread = of.runnable_.at(index, of.last_);
      } else {
        result.thread = of.early_candidate(index - of.runnable_.size());
        result.early_timeout = true;
      }
      break;
    case choice_kind::waiter:
      result.thread = conditions::waiter(conditions::queue_of(*op->target), index)->id;
      break;
    case choice_kind::value:
      result.value = index;
      break;
    case choice_kind::store:
    case choice_kind::place: {
      const store_memory::store& at = of.stores_[of.readable_[index]];
      result.thread = at.writer;
      result.value = index;
      result.step = at.step;
      break;
    }
  }
  return result;
}

}  // namespace heddle::sched
