// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <limits>
#include <string_view>

#include <heddle/sched/ids.hpp>
#include <heddle/sched/location.hpp>
#include <heddle/sched/object.hpp>

namespace heddle::sched {

enum class op_kind : std::uint8_t {
  none,               // announced nothing yet, or finished
  load,               // atomic
  store,              //
  read_modify_write,  // fetch_add, exchange, ...
  compare_exchange,   //
  lock,               // mutex
  lock_all,           // several mutexes at once, as std::lock and std::scoped_lock
  try_lock,           //
  unlock,             //
  wait,               // condition variable: release the mutex and start to wait, one step
  wake,               // ... woken: take the mutex back; or past the deadline: stop waiting
  notify_one,         //
  notify_all,         //
  sleep,              // until the deadline
  yield,              //
  join,               // of an unfinished thread; never a choice, never counted
  read_clock,         // now()
  point,              // heddle::point
  acquire,            // semaphore: take a permit
  try_acquire,        //
  release,            // add permits
  count_down,         // latch
  await_zero,         //
  try_wait,           //
  arrive,             // barrier
  complete_phase,     // after the completion function of a barrier has run
  await_phase,        //
  lock_exclusive,     // shared mutex
  try_lock_exclusive,
  unlock_exclusive,
  lock_shared,
  try_lock_shared,
  unlock_shared,
  call,   // of a monitor: what it does is laid down by a shim
  read,   // plain data
  write,  //
  fence,  // of the memory model; on no object
  // waiting on atomics
  atomic_wait,        // until the value is not `expected`: once, then again when woken
  atomic_notify_one,  //
  atomic_notify_all,  //
};

[[nodiscard]] std::string_view to_string(op_kind kind) noexcept;

// Virtual time in nanoseconds since the start of the execution.
using virtual_time = std::uint64_t;
inline constexpr virtual_time no_deadline = std::numeric_limits<virtual_time>::max();

struct monitor_call;  // <heddle/sched/monitor.hpp>

// How an operation turned out. Dependence uses `pending` as the worst case of the other two.
enum class resolution : std::uint8_t { pending, succeeded, failed };

// What a blocking call needs of a monitor: one of its two levels within these bounds. A value, so
// that a reduction can tell where else the call could have been performed.
struct level_range {
  std::uint8_t which = 0;
  std::int32_t least = std::numeric_limits<std::int32_t>::min();
  std::int32_t most = std::numeric_limits<std::int32_t>::max();

  [[nodiscard]] constexpr bool everything() const noexcept { return *this == level_range{which}; }
  [[nodiscard]] constexpr bool contains(std::int32_t level) const noexcept {
    return least <= level && level <= most;
  }
  friend constexpr bool operator==(const level_range&, const level_range&) = default;
};

// What a thread is about to do to a shared object. A value: it stays meaningful (through the keys)
// when the objects are gone; the pointers are for sched alone and valid while it is pending.
struct operation {
  op_kind kind = op_kind::none;
  resolution result = resolution::pending;
  bool weak = false;  // a weak compare-exchange
  bool by_choice =
      false;          // on an atomic: which store it reads, or where it goes in the modification
                      // order, is a choice, so that its place among others says nothing
  bool many = false;  // a lock_all of more mutexes than `object` and `second` can name
  std::memory_order order = std::memory_order_seq_cst;
  std::memory_order failure_order = std::memory_order_seq_cst;
  location where;
  stable_key object = 0;       // 0: no object
  stable_key second = 0;       // the mutex of a wait or wake; the second of a lock_all
  std::uint64_t argument = 0;  // value to store, operand, desired value, or thread to join
  std::uint64_t expected = 0;  // of a compare-exchange
  virtual_time deadline = no_deadline;
  std::uint64_t (*modify)(std::uint64_t current, std::uint64_t operand) = nullptr;
  heddle::sched::object* target = nullptr;
  heddle::sched::object* partner = nullptr;  // the mutex of a wait or wake
  mutex_object* const* all = nullptr;        // of a lock_all, `argument` of them
  const monitor_call* call = nullptr;        // of a call; static, outlives everything
  level_range need;                          // ... which is ready when the monitor's level is this
};

// As a reader of a report knows it: the name of the kind, or of the call.
[[nodiscard]] std::string_view name_of(const operation& op) noexcept;

// Can it be what a thread is about to do where a choice is made? Plain accesses can with
// races::explore_all only.
[[nodiscard]] constexpr bool scheduled(op_kind kind) noexcept {
  return kind != op_kind::none && kind != op_kind::join && kind != op_kind::fence;
}

// True for operations that another thread could tell; only these are scheduling points.
[[nodiscard]] constexpr bool visible(op_kind kind) noexcept {
  return kind != op_kind::none && kind != op_kind::join && kind != op_kind::read &&
         kind != op_kind::write && kind != op_kind::fence;
}

}  // namespace heddle::sched
