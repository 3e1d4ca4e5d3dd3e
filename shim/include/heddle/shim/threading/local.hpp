// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <utility>

#include <heddle/sched/location.hpp>

namespace heddle::threading {

// One value per thread: each sees its own, and only what it set. No operation on it is visible to
// others. A thread's value is made at its first use and destroyed with the object at the latest.
template <class Backend, class T>
class basic_local {
 public:
  basic_local() : make_([] { return T(); }) {}
  explicit basic_local(std::function<T()> make) : make_(std::move(make)) {}
  basic_local(const basic_local&) = delete;
  basic_local& operator=(const basic_local&) = delete;

  [[nodiscard]] T& value() {
    {
      const std::lock_guard hold(guard_);
      begin_run();
      const auto found = values_.find(Backend::self());
      if (found != values_.end()) return found->second;
    }
    T made = make_();
    const std::lock_guard hold(guard_);
    return values_.emplace(Backend::self(), std::move(made)).first->second;
  }
  void set(T to) { value() = std::move(to); }
  // Has the calling thread one already?
  [[nodiscard]] bool has_value() {
    const std::lock_guard hold(guard_);
    begin_run();
    return values_.contains(Backend::self());
  }
  T& operator*() { return value(); }
  T* operator->() { return &value(); }

 private:
  void begin_run() {
    if (run_ != Backend::run()) values_.clear();
    run_ = Backend::run();
  }
  std::function<T()> make_;
  std::mutex guard_;  // never held while code of the user's runs
  std::uint32_t run_ = 0;
  std::map<typename Backend::thread_key, T> values_;
};

}  // namespace heddle::threading
