// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <type_traits>

#include <heddle/shim/atomic_access.hpp>
#include <heddle/shim/referred_atomic.hpp>

namespace heddle {

// std::atomic_ref<T> under control: atomic operations on a plain object. All that refer to the same
// object, in one execution, share one model of it.
//
// Reduction takes all operations through atomic_refs of the same T to depend on each other: which
// object a thread is the first to refer to is no part of a schedule, and addresses differ from run
// to run.
template <class T>
class atomic_ref : public detail::atomic_difference<T> {
  static_assert(
      std::is_trivially_copyable_v<T>,
      "heddle::atomic_ref<T> needs what std::atomic_ref<T> needs: a trivially copyable T");
  using operand = detail::operand_t<T>;

 public:
  using value_type = T;
  static constexpr std::size_t required_alignment = std::atomic_ref<T>::required_alignment;

  explicit atomic_ref(T& object, location created = location::current()) : cell_(object, created) {}
  atomic_ref(const atomic_ref&) noexcept = default;
  atomic_ref& operator=(const atomic_ref&) = delete;

  static constexpr bool is_always_lock_free = std::atomic_ref<T>::is_always_lock_free;
  [[nodiscard]] bool is_lock_free() const noexcept { return is_always_lock_free; }

  T load(memory_order order = memory_order_seq_cst,
         location where = location::current()) const noexcept {
    return detail::atomics::load<T>(cell_, order, where);
  }
  void store(T value, memory_order order = memory_order_seq_cst,
             location where = location::current()) const noexcept {
    detail::atomics::store<T>(cell_, value, order, where);
  }
  T exchange(T value, memory_order order = memory_order_seq_cst,
             location where = location::current()) const noexcept {
    return detail::atomics::exchange<T>(cell_, value, order, where);
  }
  bool compare_exchange_strong(T& expected, T desired, memory_order success, memory_order failure,
                               location where = location::current()) const noexcept {
    return detail::atomics::compare_exchange<T>(cell_, expected, desired, false, success, failure,
                                                where);
  }
  bool compare_exchange_strong(T& expected, T desired, memory_order order = memory_order_seq_cst,
                               location where = location::current()) const noexcept {
    return compare_exchange_strong(expected, desired, order, detail::failure_order_of(order),
                                   where);
  }
  bool compare_exchange_weak(T& expected, T desired, memory_order success, memory_order failure,
                             location where = location::current()) const noexcept {
    return detail::atomics::compare_exchange<T>(cell_, expected, desired, true, success, failure,
                                                where);
  }
  bool compare_exchange_weak(T& expected, T desired, memory_order order = memory_order_seq_cst,
                             location where = location::current()) const noexcept {
    return compare_exchange_weak(expected, desired, order, detail::failure_order_of(order), where);
  }
  // Returns when the value is not `old`: at once, or when it has changed and a notify has said so.
  void wait(T old, memory_order order = memory_order_seq_cst,
            location where = location::current()) const noexcept {
    detail::atomics::wait<T>(cell_, old, order, where);
  }
  void notify_one(location where = location::current()) const noexcept {
    sched::atomic_notify_one(cell_.model(), where);
  }
  void notify_all(location where = location::current()) const noexcept {
    sched::atomic_notify_all(cell_.model(), where);
  }
  HEDDLE_OPERATOR operator T() const noexcept { return load(memory_order_seq_cst, HEDDLE_USED_AT); }
  HEDDLE_OPERATOR T operator=(T value) const noexcept {
    store(value, memory_order_seq_cst, HEDDLE_USED_AT);
    return value;
  }

  T fetch_add(
      operand by, memory_order order = memory_order_seq_cst,
      location where = location::current()) const noexcept requires detail::atomic_addable<T> {
    return detail::atomics::modify<T, detail::wrapping_add>(cell_, by, order, where);
  }
  T fetch_sub(
      operand by, memory_order order = memory_order_seq_cst,
      location where = location::current()) const noexcept requires detail::atomic_addable<T> {
    return detail::atomics::modify<T, detail::wrapping_subtract>(cell_, by, order, where);
  }
  T fetch_and(
      operand by, memory_order order = memory_order_seq_cst,
      location where = location::current()) const noexcept requires detail::atomic_integral<T> {
    return detail::atomics::modify<T, detail::bit_and>(cell_, by, order, where);
  }
  T fetch_or(
      operand by, memory_order order = memory_order_seq_cst,
      location where = location::current()) const noexcept requires detail::atomic_integral<T> {
    return detail::atomics::modify<T, detail::bit_or>(cell_, by, order, where);
  }
  T fetch_xor(
      operand by, memory_order order = memory_order_seq_cst,
      location where = location::current()) const noexcept requires detail::atomic_integral<T> {
    return detail::atomics::modify<T, detail::bit_xor>(cell_, by, order, where);
  }

  HEDDLE_OPERATOR T operator++(int) const noexcept requires detail::atomic_countable<T> {
    return fetch_add(1, memory_order_seq_cst, HEDDLE_USED_AT);
  }
  HEDDLE_OPERATOR T operator--(int) const noexcept requires detail::atomic_countable<T> {
    return fetch_sub(1, memory_order_seq_cst, HEDDLE_USED_AT);
  }
  HEDDLE_OPERATOR T operator++() const noexcept requires detail::atomic_countable<T> {
    return detail::wrapping_add{}(fetch_add(1, memory_order_seq_cst, HEDDLE_USED_AT), 1);
  }
  HEDDLE_OPERATOR T operator--() const noexcept requires detail::atomic_countable<T> {
    return detail::wrapping_subtract{}(fetch_sub(1, memory_order_seq_cst, HEDDLE_USED_AT), 1);
  }
  HEDDLE_OPERATOR T operator+=(operand by) const noexcept requires detail::atomic_addable<T> {
    return detail::wrapping_add{}(fetch_add(by, memory_order_seq_cst, HEDDLE_USED_AT), by);
  }
  HEDDLE_OPERATOR T operator-=(operand by) const noexcept requires detail::atomic_addable<T> {
    return detail::wrapping_subtract{}(fetch_sub(by, memory_order_seq_cst, HEDDLE_USED_AT), by);
  }
  HEDDLE_OPERATOR T operator&=(operand by) const noexcept requires detail::atomic_integral<T> {
    return detail::bit_and{}(fetch_and(by, memory_order_seq_cst, HEDDLE_USED_AT), by);
  }
  HEDDLE_OPERATOR T operator|=(operand by) const noexcept requires detail::atomic_integral<T> {
    return detail::bit_or{}(fetch_or(by, memory_order_seq_cst, HEDDLE_USED_AT), by);
  }
  HEDDLE_OPERATOR T operator^=(operand by) const noexcept requires detail::atomic_integral<T> {
    return detail::bit_xor{}(fetch_xor(by, memory_order_seq_cst, HEDDLE_USED_AT), by);
  }

  [[nodiscard]] sched::atomic_object& model() const noexcept { return cell_.model(); }

 private:
  mutable detail::referred_cell<T> cell_;
};

}  // namespace heddle
