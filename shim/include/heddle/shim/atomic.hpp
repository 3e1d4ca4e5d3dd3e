// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <type_traits>

#include <heddle/shim/atomic_access.hpp>

namespace heddle {

namespace detail {
// The value of an atomic, in the atomic.
template <class T>
class value_cell {
 public:
  value_cell(const T& initial, location created)
      : model_(words_.encode(initial), printer<T>(), created) {}
  [[nodiscard]] sched::atomic_object& model() noexcept { return model_; }
  [[nodiscard]] atomic_words<T>& words() noexcept { return words_; }
  void settle(const T&) noexcept {}

 private:
  [[no_unique_address]] atomic_words<T> words_;  // before model_: its constructor uses it
  sched::atomic_object model_;
};
}  // namespace detail

// std::atomic<T> under control, for every T the standard allows; each call is one visible
// operation. The orders decide what happens-before a race check sees and, with
// options.memory = cxx, what a load may read. Orders that the standard forbids (a load that
// releases, a store that acquires) are reported as misuse.
template <class T>
class atomic : public detail::atomic_difference<T> {
  static_assert(std::is_trivially_copyable_v<T> && std::is_copy_constructible_v<T> &&
                    std::is_move_constructible_v<T> && std::is_copy_assignable_v<T> &&
                    std::is_move_assignable_v<T>,
                "heddle::atomic<T> needs what std::atomic<T> needs: a trivially copyable T");
  using operand = detail::operand_t<T>;

 public:
  using value_type = T;

  atomic(location created = location::current()) noexcept(
      std::is_nothrow_default_constructible_v<T>) requires std::is_default_constructible_v<T>
      : cell_(T(), created) {}
  atomic(T initial, location created = location::current()) noexcept : cell_(initial, created) {}
  atomic(const atomic&) = delete;
  atomic& operator=(const atomic&) = delete;

  static constexpr bool is_always_lock_free = std::atomic<T>::is_always_lock_free;
  [[nodiscard]] bool is_lock_free() const noexcept { return is_always_lock_free; }

  T load(memory_order order = memory_order_seq_cst,
         location where = location::current()) const noexcept {
    return detail::atomics::load<T>(cell_, order, where);
  }
  void store(T value, memory_order order = memory_order_seq_cst,
             location where = location::current()) noexcept {
    detail::atomics::store<T>(cell_, value, order, where);
  }
  T exchange(T value, memory_order order = memory_order_seq_cst,
             location where = location::current()) noexcept {
    return detail::atomics::exchange<T>(cell_, value, order, where);
  }
  bool compare_exchange_strong(T& expected, T desired, memory_order success, memory_order failure,
                               location where = location::current()) noexcept {
    return detail::atomics::compare_exchange<T>(cell_, expected, desired, false, success, failure,
                                                where);
  }
  bool compare_exchange_strong(T& expected, T desired, memory_order order = memory_order_seq_cst,
                               location where = location::current()) noexcept {
    return compare_exchange_strong(expected, desired, order, detail::failure_order_of(order),
                                   where);
  }
  bool compare_exchange_weak(T& expected, T desired, memory_order success, memory_order failure,
                             location where = location::current()) noexcept {
    return detail::atomics::compare_exchange<T>(cell_, expected, desired, true, success, failure,
                                                where);
  }
  bool compare_exchange_weak(T& expected, T desired, memory_order order = memory_order_seq_cst,
                             location where = location::current()) noexcept {
    return compare_exchange_weak(expected, desired, order, detail::failure_order_of(order), where);
  }
  // Returns when the value is not `old`: at once, or when it has changed and a notify has said so.
  void wait(T old, memory_order order = memory_order_seq_cst,
            location where = location::current()) const noexcept {
    detail::atomics::wait<T>(cell_, old, order, where);
  }
  void notify_one(location where = location::current()) noexcept {
    sched::atomic_notify_one(cell_.model(), where);
  }
  void notify_all(location where = location::current()) noexcept {
    sched::atomic_notify_all(cell_.model(), where);
  }
  HEDDLE_OPERATOR operator T() const noexcept { return load(memory_order_seq_cst, HEDDLE_USED_AT); }
  HEDDLE_OPERATOR T operator=(T value) noexcept {
    store(value, memory_order_seq_cst, HEDDLE_USED_AT);
    return value;
  }

  T fetch_add(operand by, memory_order order = memory_order_seq_cst,
              location where = location::current()) noexcept requires detail::atomic_addable<T> {
    return detail::atomics::modify<T, detail::wrapping_add>(cell_, by, order, where);
  }
  T fetch_sub(operand by, memory_order order = memory_order_seq_cst,
              location where = location::current()) noexcept requires detail::atomic_addable<T> {
    return detail::atomics::modify<T, detail::wrapping_subtract>(cell_, by, order, where);
  }
  T fetch_and(operand by, memory_order order = memory_order_seq_cst,
              location where = location::current()) noexcept requires detail::atomic_integral<T> {
    return detail::atomics::modify<T, detail::bit_and>(cell_, by, order, where);
  }
  T fetch_or(operand by, memory_order order = memory_order_seq_cst,
             location where = location::current()) noexcept requires detail::atomic_integral<T> {
    return detail::atomics::modify<T, detail::bit_or>(cell_, by, order, where);
  }
  T fetch_xor(operand by, memory_order order = memory_order_seq_cst,
              location where = location::current()) noexcept requires detail::atomic_integral<T> {
    return detail::atomics::modify<T, detail::bit_xor>(cell_, by, order, where);
  }

  HEDDLE_OPERATOR T operator++(int) noexcept requires detail::atomic_countable<T> {
    return fetch_add(1, memory_order_seq_cst, HEDDLE_USED_AT);
  }
  HEDDLE_OPERATOR T operator--(int) noexcept requires detail::atomic_countable<T> {
    return fetch_sub(1, memory_order_seq_cst, HEDDLE_USED_AT);
  }
  HEDDLE_OPERATOR T operator++() noexcept requires detail::atomic_countable<T> {
    return detail::wrapping_add{}(fetch_add(1, memory_order_seq_cst, HEDDLE_USED_AT), 1);
  }
  HEDDLE_OPERATOR T operator--() noexcept requires detail::atomic_countable<T> {
    return detail::wrapping_subtract{}(fetch_sub(1, memory_order_seq_cst, HEDDLE_USED_AT), 1);
  }
  HEDDLE_OPERATOR T operator+=(operand by) noexcept requires detail::atomic_addable<T> {
    return detail::wrapping_add{}(fetch_add(by, memory_order_seq_cst, HEDDLE_USED_AT), by);
  }
  HEDDLE_OPERATOR T operator-=(operand by) noexcept requires detail::atomic_addable<T> {
    return detail::wrapping_subtract{}(fetch_sub(by, memory_order_seq_cst, HEDDLE_USED_AT), by);
  }
  HEDDLE_OPERATOR T operator&=(operand by) noexcept requires detail::atomic_integral<T> {
    return detail::bit_and{}(fetch_and(by, memory_order_seq_cst, HEDDLE_USED_AT), by);
  }
  HEDDLE_OPERATOR T operator|=(operand by) noexcept requires detail::atomic_integral<T> {
    return detail::bit_or{}(fetch_or(by, memory_order_seq_cst, HEDDLE_USED_AT), by);
  }
  HEDDLE_OPERATOR T operator^=(operand by) noexcept requires detail::atomic_integral<T> {
    return detail::bit_xor{}(fetch_xor(by, memory_order_seq_cst, HEDDLE_USED_AT), by);
  }

  [[nodiscard]] sched::atomic_object& model() const noexcept { return cell_.model(); }

 private:
  mutable detail::value_cell<T> cell_;
};

template <class T>
atomic(T) -> atomic<T>;

}  // namespace heddle
