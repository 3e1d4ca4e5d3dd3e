// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/sched/monitor.hpp>

namespace mailboxes {

using namespace heddle::sched;  // NOLINT(google-build-using-namespace)

// A mailbox of one place, as a shim would write it.
class mailbox {
 public:
  explicit mailbox(heddle::location where = heddle::location::current())
      : monitor_(type, this, where) {}
  ~mailbox() { destroy(monitor_, "it destroys a mailbox for which a thread still waits"); }

  bool put(int value, virtual_time deadline = no_deadline) {
    monitor_section here(monitor_, put_call, heddle::location::current(), deadline);
    if (here.timed_out()) return false;
    value_ = value;
    ++monitor_.level[0];
    return true;
  }
  int take() {
    monitor_section here(monitor_, take_call, heddle::location::current());
    --monitor_.level[0];
    return value_;
  }
  bool try_take(int& into) {
    monitor_section here(monitor_, try_take_call, heddle::location::current());
    if (monitor_.level[0] == 0) return here.fail();
    --monitor_.level[0];
    into = value_;
    return true;
  }
  bool full() {
    monitor_section here(monitor_, full_call, heddle::location::current());
    return monitor_.level[0] != 0;
  }
  monitor_object& model() { return monitor_; }

 private:
  static const monitor_type type;
  static const monitor_call put_call;
  static const monitor_call take_call;
  static const monitor_call try_take_call;
  static const monitor_call full_call;
  monitor_object monitor_;
  int value_ = 0;
};

inline constexpr monitor_type mailbox::type{"mailbox", [](monitor_object& on) { on.level[0] = 0; }};
inline constexpr monitor_call mailbox::put_call{.name = "put", .need = {.most = 0}};
inline constexpr monitor_call mailbox::take_call{.name = "take", .need = {.least = 1}};
inline constexpr monitor_call mailbox::try_take_call{.name = "try_take"};
inline constexpr monitor_call mailbox::full_call{.name = "full", .reads = true};

}  // namespace mailboxes
