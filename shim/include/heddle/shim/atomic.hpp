// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <concepts>
#include <cstddef>
#include <deque>
#include <type_traits>

#include <heddle/sched/point.hpp>
#include <heddle/shim/value.hpp>

namespace heddle {

using std::memory_order;
using std::memory_order_acq_rel;
using std::memory_order_acquire;
using std::memory_order_consume;
using std::memory_order_relaxed;
using std::memory_order_release;
using std::memory_order_seq_cst;

namespace detail {

// The model holds values as words. Types that do not fit are kept in a table, and their position in
// it is the word; equal representations share a position, so comparing words compares values.
template <class T, bool Fits = fits_word<T>>
class atomic_words {
 public:
  std::uint64_t encode(const T& value) noexcept { return to_word(value); }
  T decode(std::uint64_t word) const noexcept { return from_word<T>(word); }
};

template <class T>
class atomic_words<T, false> {
 public:
  std::uint64_t encode(const T& value) {
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (std::memcmp(&values_[i], &value, sizeof(T)) == 0) return i;
    }
    values_.push_back(value);
    return values_.size() - 1;
  }
  T decode(std::uint64_t word) const { return values_[static_cast<std::size_t>(word)]; }

 private:
  std::deque<T> values_;
};

constexpr memory_order failure_order_of(memory_order success) noexcept {
  return success == memory_order_acq_rel   ? memory_order_acquire
         : success == memory_order_release ? memory_order_relaxed
                                           : success;
}

// What every atomic has. Each call is one visible operation.
template <class T>
class atomic_base {
  static_assert(std::is_trivially_copyable_v<T> && std::is_copy_constructible_v<T> &&
                    std::is_copy_assignable_v<T>,
                "heddle::atomic<T> needs what std::atomic<T> needs: a trivially copyable T");

 public:
  using value_type = T;
  static constexpr bool is_always_lock_free = std::atomic<T>::is_always_lock_free;

  explicit atomic_base(T initial, location created) noexcept
      : model_(words_.encode(initial), printer<T>(), created) {}
  atomic_base(const atomic_base&) = delete;
  atomic_base& operator=(const atomic_base&) = delete;

  [[nodiscard]] bool is_lock_free() const noexcept { return is_always_lock_free; }

  T load(memory_order order = memory_order_seq_cst, location where = location::current()) const
      noexcept(false) {
    return words_.decode(sched::load(model_, order, where));
  }
  void store(T value, memory_order order = memory_order_seq_cst,
             location where = location::current()) {
    sched::store(model_, words_.encode(value), order, where);
  }
  T exchange(T value, memory_order order = memory_order_seq_cst,
             location where = location::current()) {
    return words_.decode(sched::modify(
        model_, words_.encode(value), [](std::uint64_t, std::uint64_t desired) { return desired; },
        order, where));
  }
  bool compare_exchange_strong(T& expected, T desired, memory_order success, memory_order failure,
                               location where = location::current()) {
    return compare_exchange(expected, desired, false, success, failure, where);
  }
  bool compare_exchange_strong(T& expected, T desired, memory_order order = memory_order_seq_cst,
                               location where = location::current()) {
    return compare_exchange(expected, desired, false, order, failure_order_of(order), where);
  }
  bool compare_exchange_weak(T& expected, T desired, memory_order success, memory_order failure,
                             location where = location::current()) {
    return compare_exchange(expected, desired, true, success, failure, where);
  }
  bool compare_exchange_weak(T& expected, T desired, memory_order order = memory_order_seq_cst,
                             location where = location::current()) {
    return compare_exchange(expected, desired, true, order, failure_order_of(order), where);
  }

  // The operators cannot say where they stand; reports name the object alone.
  operator T() const { return load(memory_order_seq_cst, {}); }

  [[nodiscard]] sched::atomic_object& model() const noexcept { return model_; }

 protected:
  template <class Function>
  T modify(T operand, Function, memory_order order, location where) {
    static_assert(fits_word<T>);
    return words_.decode(sched::modify(
        model_, to_word(operand),
        [](std::uint64_t current, std::uint64_t with) {
          return to_word(Function{}(from_word<T>(current), from_word<T>(with)));
        },
        order, where));
  }

 private:
  bool compare_exchange(T& expected, T desired, bool weak, memory_order success,
                        memory_order failure, location where) {
    std::uint64_t word = words_.encode(expected);
    const bool done = sched::compare_exchange(model_, word, words_.encode(desired), weak, success,
                                              failure, where);
    if (!done) expected = words_.decode(word);
    return done;
  }
  [[no_unique_address]] mutable atomic_words<T> words_;  // before model_: its constructor uses it
  mutable sched::atomic_object model_;
};

// Arithmetic wraps around as the standard demands of atomics, also for signed types.
struct wrapping_add {
  template <class T>
  T operator()(T a, T b) const noexcept {
    if constexpr (std::is_integral_v<T>) {
      using U = std::make_unsigned_t<T>;
      return static_cast<T>(static_cast<U>(static_cast<U>(a) + static_cast<U>(b)));
    } else {
      return a + b;
    }
  }
};
struct wrapping_subtract {
  template <class T>
  T operator()(T a, T b) const noexcept {
    if constexpr (std::is_integral_v<T>) {
      using U = std::make_unsigned_t<T>;
      return static_cast<T>(static_cast<U>(static_cast<U>(a) - static_cast<U>(b)));
    } else {
      return a - b;
    }
  }
};
struct bit_and {
  template <class T>
  T operator()(T a, T b) const noexcept {
    return static_cast<T>(a & b);
  }
};
struct bit_or {
  template <class T>
  T operator()(T a, T b) const noexcept {
    return static_cast<T>(a | b);
  }
};
struct bit_xor {
  template <class T>
  T operator()(T a, T b) const noexcept {
    return static_cast<T>(a ^ b);
  }
};

template <class T>
concept atomic_integral = std::is_integral_v<T> && !std::is_same_v<T, bool>;

}  // namespace detail

// std::atomic<T> under control, for every T the standard allows. The orders are recorded and decide
// what happens-before a race check sees; values behave as sequentially consistent for now.
template <class T>
class atomic : public detail::atomic_base<T> {
  using base = detail::atomic_base<T>;

 public:
  atomic(location created = location::current()) noexcept(
      std::is_nothrow_default_constructible_v<T>) requires std::is_default_constructible_v<T>
      : base(T(), created) {}
  atomic(T initial, location created = location::current()) noexcept : base(initial, created) {}
  T operator=(T value) {
    this->store(value, memory_order_seq_cst, {});
    return value;
  }
};

template <class T>
requires(detail::atomic_integral<T> ||
         (std::is_floating_point_v<T> && detail::fits_word<T>)) class atomic<T>
    : public detail::atomic_base<T> {
  using base = detail::atomic_base<T>;

 public:
  using difference_type = T;
  atomic(location created = location::current()) noexcept : base(T(), created) {}
  atomic(T initial, location created = location::current()) noexcept : base(initial, created) {}
  T operator=(T value) {
    this->store(value, memory_order_seq_cst, {});
    return value;
  }

  T fetch_add(T operand, memory_order order = memory_order_seq_cst,
              location where = location::current()) {
    return this->modify(operand, detail::wrapping_add{}, order, where);
  }
  T fetch_sub(T operand, memory_order order = memory_order_seq_cst,
              location where = location::current()) {
    return this->modify(operand, detail::wrapping_subtract{}, order, where);
  }
  T fetch_and(T operand, memory_order order = memory_order_seq_cst,
              location where = location::current()) requires std::is_integral_v<T> {
    return this->modify(operand, detail::bit_and{}, order, where);
  }
  T fetch_or(T operand, memory_order order = memory_order_seq_cst,
             location where = location::current()) requires std::is_integral_v<T> {
    return this->modify(operand, detail::bit_or{}, order, where);
  }
  T fetch_xor(T operand, memory_order order = memory_order_seq_cst,
              location where = location::current()) requires std::is_integral_v<T> {
    return this->modify(operand, detail::bit_xor{}, order, where);
  }

  T operator++(int) requires std::is_integral_v<T> {
    return fetch_add(1, memory_order_seq_cst, {});
  }
  T operator--(int) requires std::is_integral_v<T> {
    return fetch_sub(1, memory_order_seq_cst, {});
  }
  T operator++() requires std::is_integral_v<T> {
    return detail::wrapping_add{}(fetch_add(1, memory_order_seq_cst, {}), T{1});
  }
  T operator--() requires std::is_integral_v<T> {
    return detail::wrapping_subtract{}(fetch_sub(1, memory_order_seq_cst, {}), T{1});
  }
  T operator+=(T by) { return detail::wrapping_add{}(fetch_add(by, memory_order_seq_cst, {}), by); }
  T operator-=(T by) {
    return detail::wrapping_subtract{}(fetch_sub(by, memory_order_seq_cst, {}), by);
  }
  T operator&=(T by) requires std::is_integral_v<T> {
    return static_cast<T>(fetch_and(by, memory_order_seq_cst, {}) & by);
  }
  T operator|=(T by) requires std::is_integral_v<T> {
    return static_cast<T>(fetch_or(by, memory_order_seq_cst, {}) | by);
  }
  T operator^=(T by) requires std::is_integral_v<T> {
    return static_cast<T>(fetch_xor(by, memory_order_seq_cst, {}) ^ by);
  }
};

template <class T>
class atomic<T*> : public detail::atomic_base<T*> {
  using base = detail::atomic_base<T*>;
  struct advance {
    T* operator()(T* at, T* by) const noexcept {
      return at + reinterpret_cast<std::ptrdiff_t>(by);  // the word holds the distance
    }
  };

 public:
  using difference_type = std::ptrdiff_t;
  atomic(location created = location::current()) noexcept : base(nullptr, created) {}
  atomic(T* initial, location created = location::current()) noexcept : base(initial, created) {}
  T* operator=(T* value) {
    this->store(value, memory_order_seq_cst, {});
    return value;
  }
  T* fetch_add(std::ptrdiff_t by, memory_order order = memory_order_seq_cst,
               location where = location::current()) {
    return this->modify(reinterpret_cast<T*>(by), advance{}, order, where);
  }
  T* fetch_sub(std::ptrdiff_t by, memory_order order = memory_order_seq_cst,
               location where = location::current()) {
    return fetch_add(-by, order, where);
  }
  T* operator++(int) { return fetch_add(1, memory_order_seq_cst, {}); }
  T* operator--(int) { return fetch_sub(1, memory_order_seq_cst, {}); }
  T* operator++() { return fetch_add(1, memory_order_seq_cst, {}) + 1; }
  T* operator--() { return fetch_sub(1, memory_order_seq_cst, {}) - 1; }
  T* operator+=(std::ptrdiff_t by) { return fetch_add(by, memory_order_seq_cst, {}) + by; }
  T* operator-=(std::ptrdiff_t by) { return fetch_sub(by, memory_order_seq_cst, {}) - by; }
};

}  // namespace heddle
