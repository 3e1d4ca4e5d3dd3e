// SPDX-License-Identifier: MIT
#pragma once

#include <pthread.h>

#include <array>

#include <heddle/sched/lender.hpp>
#include <heddle/sched/object.hpp>

#include "call_path.hpp"
#include "user_code.hpp"

// What this room knows of each logical thread of the running execution. The address of a record is
// the thread's pthread_t: equal in every process.
namespace heddle::native {

struct thread_values;  // thread-specific data, see interpose/keys.cpp

struct thread_record {
  sched::thread_id id;
  sched::stable_key key;
  sched::spawned handle;
  pthread_t donor;  // whose stack and storage it has
  std::uintptr_t stack_top;
  const sched::clock_storage* clock;
  void* result;
  bool detached;
  bool joined;
  std::uint32_t blocks;    // memory it has allocated, counted
  std::uint32_t nameless;  // objects at addresses without an identity that it came upon first
  std::uint32_t random;    // numbers drawn from std::random_device
  thread_values* values;
  call_path* path;        // null: it has not entered an instrumented function
  std::uint32_t came_by;  // where that has led
  // A try_lock has failed, for what, and what has been given up since: see mutexes.cpp.
  struct {
    pthread_mutex_t* failed;
    pthread_mutex_t* given_up[7];
    std::uint32_t count;
    std::uint32_t rounds;
  } backing_off;
  pthread_mutex_t* in_advance[8];  // what it has been given with another one
  std::uint32_t advance_count;
};

inline constexpr std::size_t most_threads = 32'768;

// Of the running execution.
[[nodiscard]] thread_record& record_of(sched::thread_id id) noexcept;
// Null: it is no thread of this execution.
[[nodiscard]] thread_record* record_of(pthread_t handle) noexcept;
[[nodiscard]] inline pthread_t handle_of(const thread_record& of) noexcept {
  return reinterpret_cast<pthread_t>(&of);
}
// By stack.
extern constinit std::array<thread_record*, stack_count> owners_of_stacks;
// The one on whose stack `address` lies; null: on nobody's.
[[nodiscard]] inline thread_record* owner_of_stack(std::uintptr_t address) noexcept {
  const std::uintptr_t slot = (address - stacks_begin) / stack_stride;
  return slot < stack_count ? owners_of_stacks[slot] : nullptr;
}
// The same as a number, for what is known of addresses; 0: on nobody's.
[[nodiscard]] inline std::uint32_t stack_owner(std::uintptr_t address) noexcept {
  const thread_record* const owner = owner_of_stack(address);
  return owner == nullptr ? 0 : owner->id + 1;
}
// The calling one, in user code.
[[nodiscard]] inline thread_record& this_record() noexcept {
  return *owner_of_stack(reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)));
}

// The calling one if in_user_code(), else null.
[[nodiscard, gnu::always_inline]] inline thread_record* user_thread() noexcept {
  const std::uintptr_t slot =
      (reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) - stacks_begin) / stack_stride;
  return slot < stack_count && !*busy ? owners_of_stacks[slot] : nullptr;
}

// For sched::lender.
void begin_thread(sched::thread_id id, sched::stable_key key,
                  const sched::lent_thread& lent) noexcept;
void forget_threads() noexcept;

// Of the OS thread that runs the execution.
[[nodiscard]] void* host_pointer() noexcept;
// While one lives, thread-local variables are the ones of that thread.
class as_host {
 public:
  as_host() noexcept;
  ~as_host();
  as_host(const as_host&) = delete;
  as_host& operator=(const as_host&) = delete;

 private:
  void* before_;
};

}  // namespace heddle::native
