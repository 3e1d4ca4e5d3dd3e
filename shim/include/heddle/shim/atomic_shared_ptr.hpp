// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include <heddle/shim/atomic.hpp>

namespace heddle {

namespace detail {

// Pointers as words, for one atomic: two are the same word when they store the same pointer and
// share ownership, that is, when their representations are equal.
template <class Pointer>
class pointer_words {
 public:
  pointer_words() : known_{{bytes_of(Pointer()), {}}} {}  // 0 is the empty one
  std::uint64_t encode(const Pointer& value) {
    const representation bytes = bytes_of(value);
    for (std::size_t i = 0; i < known_.size(); ++i) {
      if (known_[i].bytes == bytes) return i;
    }
    known_.push_back({bytes, value});
    return known_.size() - 1;
  }

 private:
  using representation = std::array<unsigned char, sizeof(Pointer)>;
  static representation bytes_of(const Pointer& value) noexcept {
    representation bytes;
    std::memcpy(bytes.data(), static_cast<const void*>(&value), sizeof(Pointer));
    return bytes;
  }
  struct entry {
    representation bytes;
    std::weak_ptr<const void> owner;  // keeps the representation from being used again
  };
  std::vector<entry> known_;
};

// atomic<shared_ptr<T>> and atomic<weak_ptr<T>>. The value itself changes right after the
// operation, before anybody else can take a step.
template <class Pointer>
class atomic_smart_pointer {
 public:
  using value_type = Pointer;
  static constexpr bool is_always_lock_free = false;
  [[nodiscard]] bool is_lock_free() const noexcept { return false; }

  Pointer load(memory_order order = memory_order_seq_cst,
               location where = location::current()) const noexcept {
    expect_load_order(order, model_, "an atomic load with an order that releases", where);
    sched::load(model_, order, where);
    return value_;
  }
  void store(Pointer desired, memory_order order = memory_order_seq_cst,
             location where = location::current()) noexcept {
    expect_store_order(order, model_, "an atomic store with an order that acquires", where);
    sched::store(model_, words_.encode(desired), order, where);
    value_.swap(desired);
  }
  Pointer exchange(Pointer desired, memory_order order = memory_order_seq_cst,
                   location where = location::current()) noexcept {
    sched::modify(
        model_, words_.encode(desired), [](std::uint64_t, std::uint64_t next) { return next; },
        order, where);
    value_.swap(desired);
    return desired;
  }
  bool compare_exchange_strong(Pointer& expected, Pointer desired, memory_order success,
                               memory_order failure,
                               location where = location::current()) noexcept {
    return compare_exchange(expected, std::move(desired), false, success, failure, where);
  }
  bool compare_exchange_strong(Pointer& expected, Pointer desired,
                               memory_order order = memory_order_seq_cst,
                               location where = location::current()) noexcept {
    return compare_exchange(expected, std::move(desired), false, order, failure_order_of(order),
                            where);
  }
  bool compare_exchange_weak(Pointer& expected, Pointer desired, memory_order success,
                             memory_order failure, location where = location::current()) noexcept {
    return compare_exchange(expected, std::move(desired), true, success, failure, where);
  }
  bool compare_exchange_weak(Pointer& expected, Pointer desired,
                             memory_order order = memory_order_seq_cst,
                             location where = location::current()) noexcept {
    return compare_exchange(expected, std::move(desired), true, order, failure_order_of(order),
                            where);
  }
  void wait(Pointer old, memory_order order = memory_order_seq_cst,
            location where = location::current()) const noexcept {
    expect_load_order(order, model_, "an atomic wait with an order that releases", where);
    sched::atomic_wait(model_, words_.encode(old), order, where);
  }
  void notify_one(location where = location::current()) noexcept {
    sched::atomic_notify_one(model_, where);
  }
  void notify_all(location where = location::current()) noexcept {
    sched::atomic_notify_all(model_, where);
  }
  HEDDLE_OPERATOR operator Pointer() const noexcept {
    return load(memory_order_seq_cst, HEDDLE_USED_AT);
  }

  [[nodiscard]] sched::atomic_object& model() const noexcept { return model_; }

 protected:
  atomic_smart_pointer(Pointer initial, location created) noexcept
      : value_(std::move(initial)), model_(words_.encode(value_), nullptr, created) {
    model_.only_newest = true;
  }

 private:
  bool compare_exchange(Pointer& expected, Pointer desired, bool weak, memory_order success,
                        memory_order failure, location where) {
    expect_load_order(failure, model_, "a compare-exchange whose failure order releases", where);
    std::uint64_t word = words_.encode(expected);
    if (sched::compare_exchange(model_, word, words_.encode(desired), weak, success, failure,
                                where)) {
      value_.swap(desired);
      return true;
    }
    expected = value_;
    return false;
  }
  mutable pointer_words<Pointer> words_;
  Pointer value_;
  mutable sched::atomic_object model_;
};

}  // namespace detail

// std::atomic<std::shared_ptr<T>> under control. The counts of the pointers themselves are not.
template <class T>
class atomic<std::shared_ptr<T>> : public detail::atomic_smart_pointer<std::shared_ptr<T>> {
  using base = detail::atomic_smart_pointer<std::shared_ptr<T>>;

 public:
  atomic(location created = location::current()) noexcept : base({}, created) {}
  atomic(std::nullptr_t, location created = location::current()) noexcept : base({}, created) {}
  atomic(std::shared_ptr<T> initial, location created = location::current()) noexcept
      : base(std::move(initial), created) {}
  atomic(const atomic&) = delete;
  void operator=(const atomic&) = delete;
  HEDDLE_OPERATOR void operator=(std::shared_ptr<T> desired) noexcept {
    this->store(std::move(desired), memory_order_seq_cst, HEDDLE_USED_AT);
  }
  HEDDLE_OPERATOR void operator=(std::nullptr_t) noexcept {
    this->store({}, memory_order_seq_cst, HEDDLE_USED_AT);
  }
};

// std::atomic<std::weak_ptr<T>> under control.
template <class T>
class atomic<std::weak_ptr<T>> : public detail::atomic_smart_pointer<std::weak_ptr<T>> {
  using base = detail::atomic_smart_pointer<std::weak_ptr<T>>;

 public:
  atomic(location created = location::current()) noexcept : base({}, created) {}
  atomic(std::weak_ptr<T> initial, location created = location::current()) noexcept
      : base(std::move(initial), created) {}
  atomic(const atomic&) = delete;
  void operator=(const atomic&) = delete;
  HEDDLE_OPERATOR void operator=(std::weak_ptr<T> desired) noexcept {
    this->store(std::move(desired), memory_order_seq_cst, HEDDLE_USED_AT);
  }
};

}  // namespace heddle
