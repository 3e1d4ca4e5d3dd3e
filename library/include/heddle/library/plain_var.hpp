// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

namespace heddle {

// What heddle::var<T> is in production: the plain variable. It has var's members, checks nothing
// and costs nothing.
template <class T>
class plain_var {
 public:
  constexpr plain_var() requires std::is_default_constructible_v<T> : value_() {}
  template <class U = T>
  requires(std::is_constructible_v<T, U&&> &&
           !std::is_same_v<std::remove_cvref_t<U>, plain_var>) constexpr plain_var(U&& initial)
      : value_(std::forward<U>(initial)) {}

  [[nodiscard]] const T& read() const noexcept { return value_; }
  [[nodiscard]] T load() const { return value_; }
  [[nodiscard]] T get() const { return value_; }
  operator T() const { return value_; }
  const T* operator->() const noexcept { return &value_; }

  void store(T value) { value_ = std::move(value); }
  void set(T value) { value_ = std::move(value); }
  [[nodiscard]] T& write() noexcept { return value_; }
  template <class Function>
  decltype(auto) modify(Function&& function) {
    return std::forward<Function>(function)(value_);
  }
  plain_var& operator=(T value) {
    value_ = std::move(value);
    return *this;
  }
  plain_var& operator++() {
    ++value_;
    return *this;
  }
  plain_var& operator--() {
    --value_;
    return *this;
  }
  T operator++(int) { return value_++; }
  T operator--(int) { return value_--; }
  template <class U>
  plain_var& operator+=(const U& by) {
    value_ += by;
    return *this;
  }
  template <class U>
  plain_var& operator-=(const U& by) {
    value_ -= by;
    return *this;
  }
  template <class U>
  plain_var& operator*=(const U& by) {
    value_ *= by;
    return *this;
  }

 private:
  T value_;
};

}  // namespace heddle
