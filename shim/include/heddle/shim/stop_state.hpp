// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <heddle/sched/monitor.hpp>
#include <heddle/sched/point.hpp>

namespace heddle::detail {

// What the stop_sources, stop_tokens and stop_callbacks of one another share.
//
//   request_stop   one visible operation, and one more after each callback that it runs
//   stop_requested one, that only reads
//   registration   one; and deregistration, one, and one more where it has to wait for the callback
//
// In which order callbacks run is not laid down by the standard: it is a choice.
class stop_state {
 public:
  // A registered callback. `ordinal` is its place in the order in which callbacks run.
  struct callback {
    void (*call)(callback&) = nullptr;
    callback* next = nullptr;
    callback* previous = nullptr;
    bool listed = false;
    std::int32_t ordinal = -1;
  };

  explicit stop_state(location created) : monitor_(type, this, created) {}
  stop_state(const stop_state&) = delete;
  stop_state& operator=(const stop_state&) = delete;

  // Copies and deaths of stop_sources are no scheduling points.
  void add_source() noexcept { ++sources_; }
  void drop_source() noexcept { --sources_; }

  [[nodiscard]] bool stop_requested(location where) {
    const sched::monitor_section here(monitor_, look, where);
    return monitor_.level[0] != 0;
  }
  [[nodiscard]] bool stop_possible(location where) {
    const sched::monitor_section here(monitor_, look, where);
    return sources_ != 0 || monitor_.level[0] != 0;
  }

  // True: this call was the first. It has run all callbacks.
  bool request_stop(location where) {
    callback* next = nullptr;
    {
      sched::monitor_section here(monitor_, request, where);
      if (monitor_.level[0] != 0) return here.fail();
      monitor_.level[0] = 1;
      requester_ = sched::this_thread();
      next = take_one();
    }
    while (next != nullptr) {
      run(*next);
      const sched::monitor_section here(monitor_, callback_done, where);
      ++monitor_.level[1];
      next = take_one();
    }
    return true;
  }

  // True: it is registered. False: a stop has been requested, it is for the caller to run; or no
  // stop can come.
  bool add(callback& one, bool& requested, location where) {
    const sched::monitor_section here(monitor_, registers, where);
    requested = monitor_.level[0] != 0;
    if (requested || sources_ == 0) return false;
    one.next = first_;
    if (first_ != nullptr) first_->previous = &one;
    first_ = &one;
    ++count_;
    return one.listed = true;
  }
  // Returns when the callback will not begin any more, and has ended, unless it runs in this
  // thread.
  void remove(callback& one, location where) {
    {
      const sched::monitor_section here(monitor_, deregisters, where);
      if (one.listed) {
        unlink(one);
        return;
      }
      if (one.ordinal < monitor_.level[1] || requester_ == sched::this_thread()) return;
    }
    sched::level_range finished = awaits_callback.need;
    finished.least = one.ordinal + 1;
    const sched::monitor_section here(monitor_, awaits_callback, where, sched::no_deadline,
                                      finished);
  }

  // A callback that throws terminates the program.
  static void run(callback& one) noexcept { one.call(one); }

 private:
  void unlink(callback& one) noexcept {
    (one.previous != nullptr ? one.previous->next : first_) = one.next;
    if (one.next != nullptr) one.next->previous = one.previous;
    one.next = one.previous = nullptr;
    one.listed = false;
    --count_;
  }
  callback* take_one() {
    if (first_ == nullptr) return nullptr;
    callback* taken = first_;
    for (std::uint32_t skip = sched::choose(count_, {}); skip > 0; --skip) taken = taken->next;
    unlink(*taken);
    taken->ordinal = monitor_.level[1];
    return taken;
  }

  // Level 0: a stop has been requested; level 1: callbacks that have ended.
  static constexpr sched::monitor_type type{"stop_source"};
  static constexpr sched::monitor_call look{.name = "look at", .reads = true, .releases = false};
  static constexpr sched::monitor_call request{.name = "request_stop"};
  static constexpr sched::monitor_call callback_done{.name = "callback done of"};
  static constexpr sched::monitor_call registers{.name = "register with"};
  static constexpr sched::monitor_call deregisters{.name = "deregister from"};
  static constexpr sched::monitor_call awaits_callback{
      .name = "await the callback of", .reads = true, .need = {.which = 1}, .releases = false};
  sched::monitor_object monitor_;
  std::uint32_t sources_ = 0;
  callback* first_ = nullptr;
  std::uint32_t count_ = 0;
  sched::thread_id requester_ = sched::no_thread;
};

}  // namespace heddle::detail
