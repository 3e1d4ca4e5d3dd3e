// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/sched/point.hpp>

namespace heddle {

// std::mutex and std::recursive_mutex under control. lock, try_lock and unlock are one visible
// operation each. A thread that waits for a mutex has a disabled pending lock: relocking a mutex
// one holds is a deadlock with oneself. Unlocking what another thread holds, try_lock by the owner
// and destroying a locked mutex are undefined behaviour in the standard and reported as misuse.
template <bool Recursive>
class basic_mutex {
 public:
  basic_mutex(location created = location::current()) noexcept
      : model_(Recursive, created) {}
  ~basic_mutex() { sched::destroy(model_); }
  basic_mutex(const basic_mutex&) = delete;
  basic_mutex& operator=(const basic_mutex&) = delete;

  void lock(location where = location::current()) { sched::lock(model_, where); }
  bool try_lock(location where = location::current()) { return sched::try_lock(model_, where); }
  void unlock(location where = location::current()) { sched::unlock(model_, where); }

  // The model object, for heddle::name and for shims built on this one.
  [[nodiscard]] sched::mutex_object& model() noexcept { return model_; }

 private:
  sched::mutex_object model_;
};

using mutex = basic_mutex<false>;
using recursive_mutex = basic_mutex<true>;

}  // namespace heddle
