// SPDX-License-Identifier: MIT
#pragma once

#include <type_traits>
#include <utility>

#include <heddle/sched/point.hpp>
#include <heddle/shim/value.hpp>

namespace heddle {

// A plain variable that threads share: an int, a struct, a container. Its accesses are no
// scheduling points (but for races::explore_all); they are checked for data races, exactly for the
// explored execution. Two accesses of different threads, one of them a write, must be ordered by
// happens-before.
//
//   heddle::var<int> balance{100};
//   balance.store(balance.load() - 10);
//   balance -= 10;
//   heddle::var<std::vector<int>> items;
//   items.write().push_back(1);             // an access is what the call says, whatever follows
template <class T>
class var {
 public:
  var(location created = location::current()) noexcept(
      std::is_nothrow_default_constructible_v<T>) requires std::is_default_constructible_v<T>
      : value_(), model_(&detail::texts_of<T>, created) {}
  template <class U = T>
  requires(std::is_constructible_v<T, U&&> && !std::is_same_v<std::remove_cvref_t<U>, var> &&
           !std::is_same_v<std::remove_cvref_t<U>, location>)
      var(U&& initial, location created = location::current())
      : value_(std::forward<U>(initial)), model_(&detail::texts_of<T>, created) {}
  var(const var& other, location created = location::current())
      : value_(other.read()), model_(&detail::texts_of<T>, created) {}
  HEDDLE_OPERATOR var& operator=(const var& other) {
    const location here = HEDDLE_USED_AT;
    store(other.load(here), here);
    return *this;
  }

  // Reads.
  [[nodiscard]] const T& read(location where = location::current()) const {
    sched::plain_read(model_, &value_, &word_of, where);
    return value_;
  }
  [[nodiscard]] T load(location where = location::current()) const { return read(where); }
  [[nodiscard]] T get(location where = location::current()) const { return read(where); }
  HEDDLE_OPERATOR operator T() const { return read(HEDDLE_USED_AT); }
  HEDDLE_OPERATOR const T* operator->() const { return &read(HEDDLE_USED_AT); }

  // Writes.
  void store(T value, location where = location::current()) {
    sched::plain_write(model_, &value, &word_of, where);
    value_ = std::move(value);
  }
  void set(T value, location where = location::current()) { store(std::move(value), where); }
  [[nodiscard]] T& write(location where = location::current()) {
    sched::plain_write(model_, where);
    return value_;
  }
  // Reads and writes: function(T&) changes the value in place.
  template <class Function>
  decltype(auto) modify(Function&& function, location where = location::current()) {
    sched::plain_read(model_, &value_, &word_of, where);
    return std::forward<Function>(function)(write(where));
  }
  HEDDLE_OPERATOR var& operator=(T value) {
    store(std::move(value), HEDDLE_USED_AT);
    return *this;
  }
  HEDDLE_OPERATOR var& operator++() {
    return change(HEDDLE_USED_AT, [](T& value) { ++value; });
  }
  HEDDLE_OPERATOR var& operator--() {
    return change(HEDDLE_USED_AT, [](T& value) { --value; });
  }
  HEDDLE_OPERATOR T operator++(int) {
    return changed(HEDDLE_USED_AT, [](T& value) { ++value; });
  }
  HEDDLE_OPERATOR T operator--(int) {
    return changed(HEDDLE_USED_AT, [](T& value) { --value; });
  }
  template <class U>
  HEDDLE_OPERATOR var& operator+=(const U& by) {
    return change(HEDDLE_USED_AT, [&](T& value) { value += by; });
  }
  template <class U>
  HEDDLE_OPERATOR var& operator-=(const U& by) {
    return change(HEDDLE_USED_AT, [&](T& value) { value -= by; });
  }
  template <class U>
  HEDDLE_OPERATOR var& operator*=(const U& by) {
    return change(HEDDLE_USED_AT, [&](T& value) { value *= by; });
  }

  [[nodiscard]] sched::plain_object& model() const noexcept { return model_; }

 private:
  static std::uint64_t word_of(const void* value) {
    return detail::to_word(*static_cast<const T*>(value));
  }
  // Returns what it was before.
  template <class Function>
  T changed(location where, Function&& function) {
    T before = read(where);
    T after = before;
    function(after);
    store(std::move(after), where);
    return before;
  }
  template <class Function>
  var& change(location where, Function&& function) {
    T after = read(where);
    function(after);
    store(std::move(after), where);
    return *this;
  }
  T value_;
  mutable sched::plain_object model_;
};

}  // namespace heddle
