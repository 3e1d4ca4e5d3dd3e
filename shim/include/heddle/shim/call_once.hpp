// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <type_traits>
#include <utility>

#include <heddle/sched/monitor.hpp>
#include <heddle/sched/point.hpp>

namespace heddle {

// std::once_flag under control.
class once_flag {
 public:
  once_flag(location created = location::current()) noexcept : monitor_(type, this, created) {}
  once_flag(const once_flag&) = delete;
  once_flag& operator=(const once_flag&) = delete;

  // For call_once. True: the calling thread is the one that makes the call; say how it went.
  bool begin(location where) {
    const sched::monitor_section here(monitor_, call_once, where);
    if (monitor_.level[1] != 0) return false;
    monitor_.level[0] = 1;
    monitor_.holder = sched::this_thread();
    monitor_.acquired = where;
    return true;
  }
  void end(bool returned, location where) {
    const sched::monitor_section here(monitor_, returned ? returns : throws, where);
    monitor_.level[0] = 0;
    monitor_.level[1] = returned ? 1 : 0;
    monitor_.holder = sched::no_thread;
  }
  [[nodiscard]] sched::monitor_object& model() noexcept { return monitor_; }

 private:
  // Level 0: a call is under way; level 1: a call has returned.
  static constexpr sched::monitor_type type{
      "once_flag", [](sched::monitor_object& on) { on.level[0] = on.level[1] = 0; }};
  static constexpr sched::monitor_call call_once{
      .name = "call_once", .need = {.which = 0, .most = 0}, .releases = false};
  static constexpr sched::monitor_call returns{.name = "call_once returned", .acquires = false};
  static constexpr sched::monitor_call throws{.name = "call_once threw", .acquires = false};
  sched::monitor_object monitor_;
};

namespace detail {
template <class Call>
void call_once(once_flag& flag, location where, Call&& call) {
  if (!flag.begin(where)) return;
  struct ends {  // an exceptional call leaves the next one to try
    once_flag& flag;
    location where;
    bool returned = false;
    ~ends() { flag.end(returned, where); }
  } call_ends{flag, where};
  std::forward<Call>(call)();
  call_ends.returned = true;
}
}  // namespace detail

// As std::call_once. Two visible operations of the thread that makes the call, one of the others,
// which wait for its end. A call with arguments cannot tell where it stands.
template <class Callable>
void call_once(once_flag& flag, Callable&& call, location where = location::current()) {
  detail::call_once(flag, where, [&] { std::invoke(std::forward<Callable>(call)); });
}
template <class Callable, class First, class... Rest>
requires(!std::is_same_v<std::remove_cvref_t<First>, location>) void call_once(once_flag& flag,
                                                                               Callable&& call,
                                                                               First&& first,
                                                                               Rest&&... rest) {
  detail::call_once(flag, location{}, [&] {
    std::invoke(std::forward<Callable>(call), std::forward<First>(first),
                std::forward<Rest>(rest)...);
  });
}

}  // namespace heddle
