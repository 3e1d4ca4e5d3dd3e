// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

#include <heddle/sched/object.hpp>
#include <heddle/sched/operation.hpp>

// Objects whose state and rules a shim lays down: a queue, an event, a future. One call on such an
// object is one visible operation: it is announced, waits until it is ready (or past its deadline),
// and then the calling thread itself carries out the effect, which nothing can interrupt. Whether a
// call is ready is told by one of two numbers that the shim keeps in the object, its levels.
//
//   constexpr monitor_call put_call{.name = "put"};
//
//   bool queue::put(node* item, virtual_time deadline, location where) {
//     monitor_section here(monitor_, put_call, where, deadline, {.most = capacity_ - 1});
//     if (here.timed_out()) return false;
//     items_.push_back(item);
//     ++monitor_.level[0];
//     return true;
//   }
namespace heddle::sched {

struct monitor_object;

// What the objects of one shim type share. Static.
struct monitor_type {
  const char* name;  // as declarations and reports say it: "queue"
  // Back to the constructed state, levels included: of an object made outside, at its first use in
  // an execution.
  void (*reset)(monitor_object&) = nullptr;
  // A number that tells states apart; null: the levels are the state.
  std::uint64_t (*state)(const monitor_object&) = nullptr;
  // Its holder has taken it, as one takes a lock, and leaves something undone if it is abandoned.
  bool guards = false;
  // Looks at an object of the execution that has just ended: what about it is a leak, in constant
  // text; null: nothing.
  const char* (*left_behind)(const monitor_object&) = nullptr;
};

// What a call is, as far as that is what one does to a lock, to a permit, or to a thread.
enum class custody : std::uint8_t { none, takes, gives, takes_permit, gives_permit, joins };

// One member function of a shim type. Static.
struct monitor_call {
  const char* name;       // in reports: "put"
  bool reads = false;     // it never changes the object, so that it commutes with others that read
  level_range need = {};  // ready when the level is within; the caller may give another one
  bool acquires = true;   // what happened before earlier releasing calls is visible afterwards
  bool releases = true;   // what this thread has done is visible after later acquiring calls
  custody effect = custody::none;
  // For reports, where it waits for ever: what nobody does ("puts an item into it"), and what that
  // is called for short ("queue stays empty").
  const char* awaited = nullptr;
  const char* in_short = nullptr;
};

struct monitor_object : object {
  // `whole`: the shim object that embeds it, for the functions of its type.
  monitor_object(const monitor_type& of, void* whole, location where) noexcept
      : object(object_kind::monitor, where), type(&of), owner(whole) {}
  monitor_object(const monitor_type& of, void* whole, location where, stable_key shared) noexcept
      : object(object_kind::monitor, where, shared), type(&of), owner(whole) {}
  template <class Shim>
  [[nodiscard]] Shim& as() const noexcept {
    return *static_cast<Shim*>(owner);
  }

  const monitor_type* type;
  void* owner;
  std::int32_t level[2] = {0, 0};
  // For reports: the thread that could let waiting ones go on, where there is one such.
  thread_id holder = no_thread;
  location acquired;                  // where it became the holder
  clock_storage released;             // by calls that change it, for all that acquire
  clock_storage released_by_readers;  // for those that change it: readers commute, and so do not
                                      // synchronise with each other
  permit_account account;
};

// One call. The constructor returns when the operation is performed; what follows until the
// destructor is its effect. Contract: no visible operation and no code of the user's in between
// (moves of user values belong before or after it).
// Outside an execution the effect takes place at once; a call without a deadline that is not ready
// throws std::logic_error, one with a deadline has timed out.
class monitor_section {
 public:
  monitor_section(monitor_object& on, const monitor_call& call, location where,
                  virtual_time deadline = no_deadline)
      : monitor_section(on, call, where, deadline, call.need) {}
  // `also`: another monitor that the call changes, in a way that commutes with all other changes
  // made so (a count of something); only calls on `also` itself depend on it.
  monitor_section(monitor_object& on, const monitor_call& call, location where,
                  virtual_time deadline, level_range need, monitor_object* also = nullptr);
  ~monitor_section();
  monitor_section(const monitor_section&) = delete;
  monitor_section& operator=(const monitor_section&) = delete;

  [[nodiscard]] bool timed_out() const noexcept { return failed_; }
  // It has timed out, but not without consequences: others must be told of the change.
  void take_effect() noexcept { failed_ = false; }
  // The call did not succeed and changed nothing. Returns false.
  bool fail() noexcept {
    failed_ = true;
    return false;
  }

 private:
  monitor_object& on_;
  bool inside_;  // an execution
  bool failed_ = false;
  std::uint64_t before_ = 0;
};

// The object dies: misuse while a thread still waits in a call on it.
void destroy(monitor_object& on, const char* what) noexcept;

// Both levels in one number, as the events of calls carry them (before and after), and back.
[[nodiscard]] constexpr std::uint64_t pack_levels(const std::int32_t (&level)[2]) noexcept {
  return std::uint64_t{static_cast<std::uint32_t>(level[1])} << 32 |
         static_cast<std::uint32_t>(level[0]);
}
[[nodiscard]] constexpr std::int32_t unpack_level(std::uint64_t packed, int which) noexcept {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(packed >> (32 * which)));
}

}  // namespace heddle::sched
