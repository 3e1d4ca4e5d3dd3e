// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/shim/atomic.hpp>

// The free functions on atomics, as in the standard.
namespace heddle {

template <class T>
[[nodiscard]] bool atomic_is_lock_free(const atomic<T>* on) noexcept {
  return on->is_lock_free();
}
template <class T>
T atomic_load(const atomic<T>* on, location where = location::current()) noexcept {
  return on->load(memory_order_seq_cst, where);
}
template <class T>
T atomic_load_explicit(const atomic<T>* on, memory_order order,
                       location where = location::current()) noexcept {
  return on->load(order, where);
}
template <class T>
void atomic_store(atomic<T>* on, typename atomic<T>::value_type value,
                  location where = location::current()) noexcept {
  on->store(value, memory_order_seq_cst, where);
}
template <class T>
void atomic_store_explicit(atomic<T>* on, typename atomic<T>::value_type value, memory_order order,
                           location where = location::current()) noexcept {
  on->store(value, order, where);
}
template <class T>
T atomic_exchange(atomic<T>* on, typename atomic<T>::value_type value,
                  location where = location::current()) noexcept {
  return on->exchange(value, memory_order_seq_cst, where);
}
template <class T>
T atomic_exchange_explicit(atomic<T>* on, typename atomic<T>::value_type value, memory_order order,
                           location where = location::current()) noexcept {
  return on->exchange(value, order, where);
}
template <class T>
bool atomic_compare_exchange_weak(atomic<T>* on, typename atomic<T>::value_type* expected,
                                  typename atomic<T>::value_type desired,
                                  location where = location::current()) noexcept {
  return on->compare_exchange_weak(*expected, desired, memory_order_seq_cst, where);
}
template <class T>
bool atomic_compare_exchange_weak_explicit(atomic<T>* on, typename atomic<T>::value_type* expected,
                                           typename atomic<T>::value_type desired,
                                           memory_order success, memory_order failure,
                                           location where = location::current()) noexcept {
  return on->compare_exchange_weak(*expected, desired, success, failure, where);
}
template <class T>
bool atomic_compare_exchange_strong(atomic<T>* on, typename atomic<T>::value_type* expected,
                                    typename atomic<T>::value_type desired,
                                    location where = location::current()) noexcept {
  return on->compare_exchange_strong(*expected, desired, memory_order_seq_cst, where);
}
template <class T>
bool atomic_compare_exchange_strong_explicit(atomic<T>* on,
                                             typename atomic<T>::value_type* expected,
                                             typename atomic<T>::value_type desired,
                                             memory_order success, memory_order failure,
                                             location where = location::current()) noexcept {
  return on->compare_exchange_strong(*expected, desired, success, failure, where);
}
template <class T>
T atomic_fetch_add(atomic<T>* on, typename atomic<T>::difference_type by,
                   location where = location::current()) noexcept {
  return on->fetch_add(by, memory_order_seq_cst, where);
}
template <class T>
T atomic_fetch_add_explicit(atomic<T>* on, typename atomic<T>::difference_type by,
                            memory_order order, location where = location::current()) noexcept {
  return on->fetch_add(by, order, where);
}
template <class T>
T atomic_fetch_sub(atomic<T>* on, typename atomic<T>::difference_type by,
                   location where = location::current()) noexcept {
  return on->fetch_sub(by, memory_order_seq_cst, where);
}
template <class T>
T atomic_fetch_sub_explicit(atomic<T>* on, typename atomic<T>::difference_type by,
                            memory_order order, location where = location::current()) noexcept {
  return on->fetch_sub(by, order, where);
}
template <class T>
T atomic_fetch_and(atomic<T>* on, typename atomic<T>::value_type by,
                   location where = location::current()) noexcept {
  return on->fetch_and(by, memory_order_seq_cst, where);
}
template <class T>
T atomic_fetch_and_explicit(atomic<T>* on, typename atomic<T>::value_type by, memory_order order,
                            location where = location::current()) noexcept {
  return on->fetch_and(by, order, where);
}
template <class T>
T atomic_fetch_or(atomic<T>* on, typename atomic<T>::value_type by,
                  location where = location::current()) noexcept {
  return on->fetch_or(by, memory_order_seq_cst, where);
}
template <class T>
T atomic_fetch_or_explicit(atomic<T>* on, typename atomic<T>::value_type by, memory_order order,
                           location where = location::current()) noexcept {
  return on->fetch_or(by, order, where);
}
template <class T>
T atomic_fetch_xor(atomic<T>* on, typename atomic<T>::value_type by,
                   location where = location::current()) noexcept {
  return on->fetch_xor(by, memory_order_seq_cst, where);
}
template <class T>
T atomic_fetch_xor_explicit(atomic<T>* on, typename atomic<T>::value_type by, memory_order order,
                            location where = location::current()) noexcept {
  return on->fetch_xor(by, order, where);
}
template <class T>
void atomic_wait(const atomic<T>* on, typename atomic<T>::value_type old,
                 location where = location::current()) noexcept {
  on->wait(old, memory_order_seq_cst, where);
}
template <class T>
void atomic_wait_explicit(const atomic<T>* on, typename atomic<T>::value_type old,
                          memory_order order, location where = location::current()) noexcept {
  on->wait(old, order, where);
}
template <class T>
void atomic_notify_one(atomic<T>* on, location where = location::current()) noexcept {
  on->notify_one(where);
}
template <class T>
void atomic_notify_all(atomic<T>* on, location where = location::current()) noexcept {
  on->notify_all(where);
}

}  // namespace heddle
