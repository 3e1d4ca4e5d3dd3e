// SPDX-License-Identifier: MIT
#pragma once

#include "../thread_record.hpp"

// Condition variables: a queue of waiting threads, longest waiting first.
//   wait        always enabled; gives the mutex up and enters the queue, in one step
//   wake        of a thread taken out of the queue: enabled while the mutex can be taken, takes it.
//               Of a thread still in the queue: enabled once its deadline has passed, leaves it;
//               a lock of the mutex follows as an operation of its own
//   notify_one  always enabled; takes one thread out of the queue, which one is a choice
//   notify_all  always enabled; takes all of them out
//
// Atomics have such a queue too:
//   atomic_wait  enabled unless its thread is in the queue; where the value is still the old one it
//                enters the queue, and the thread announces it once more
//   atomic_notify_one, atomic_notify_all
//                always enabled; take out one, or all, of those that entered before the value last
//                changed: the others would only find what they found before
namespace heddle::sched::conditions {

inline void enqueue(wait_queue& on, thread_record& thread) noexcept {
  thread.waiting = true;
  thread.next_waiter = nullptr;
  thread.previous_waiter = on.last_waiter;
  (on.last_waiter != nullptr ? on.last_waiter->next_waiter : on.first_waiter) = &thread;
  on.last_waiter = &thread;
  ++on.waiters;
}
inline void dequeue(wait_queue& on, thread_record& thread) noexcept {
  (thread.previous_waiter != nullptr ? thread.previous_waiter->next_waiter : on.first_waiter) =
      thread.next_waiter;
  (thread.next_waiter != nullptr ? thread.next_waiter->previous_waiter : on.last_waiter) =
      thread.previous_waiter;
  thread.next_waiter = thread.previous_waiter = nullptr;
  thread.waiting = false;
  --on.waiters;
}
inline thread_record* waiter(const wait_queue& on, std::uint32_t index) noexcept {
  thread_record* at = on.first_waiter;
  while (index-- != 0) at = at->next_waiter;
  return at;
}
inline void reset(wait_queue& on) noexcept {
  on.first_waiter = on.last_waiter = nullptr;
  on.waiters = 0;
}
// The queue of an object that threads wait on.
inline wait_queue& queue_of(object& on) noexcept {
  return on.kind == object_kind::atomic ? static_cast<wait_queue&>(static_cast<atomic_object&>(on))
                                        : static_cast<condition_object&>(on);
}
// Order in the queue is no state: who is woken is a choice over the set.
inline std::uint64_t state(const wait_queue& on) noexcept {
  std::uint64_t sum = 0;
  for (const thread_record* at = on.first_waiter; at != nullptr; at = at->next_waiter) {
    sum += mix(at->key);
  }
  return sum;
}

}  // namespace heddle::sched::conditions
