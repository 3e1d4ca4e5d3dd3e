// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <utility>

namespace heddle::threading {

// One value per thread: each sees its own, and only what it set. No operation on it is visible to
// others. A thread's value is made at its first use and destroyed with the thread.
template <class Backend, class T>
class basic_local {
 public:
  basic_local() : basic_local([] { return T(); }) {}
  explicit basic_local(std::function<T()> make) : values_(std::move(make)) {}

  [[nodiscard]] T& value() { return values_.get(); }
  void set(T to) { value() = std::move(to); }
  // Has the calling thread one already?
  [[nodiscard]] bool has_value() const noexcept { return values_.has_value(); }
  T& operator*() { return value(); }
  T* operator->() { return &value(); }

 private:
  typename Backend::template per_thread<T> values_;
};

}  // namespace heddle::threading
