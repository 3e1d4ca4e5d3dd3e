// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/shim/atomic_access.hpp>

namespace heddle {

// std::atomic_flag under control: clear at first; each call is one visible operation.
class atomic_flag {
 public:
  atomic_flag(location created = location::current()) noexcept
      : model_(0, detail::printer<bool>(), created) {}
  // For `atomic_flag flag = ATOMIC_FLAG_INIT;`.
  atomic_flag(bool initial, location created = location::current()) noexcept
      : model_(initial ? 1 : 0, detail::printer<bool>(), created) {}
  atomic_flag(const atomic_flag&) = delete;
  atomic_flag& operator=(const atomic_flag&) = delete;

  bool test_and_set(memory_order order = memory_order_seq_cst,
                    location where = location::current()) noexcept {
    const auto set = [](std::uint64_t, std::uint64_t) { return std::uint64_t{1}; };
    return sched::modify(model_, 1, set, order, where) != 0;
  }
  void clear(memory_order order = memory_order_seq_cst,
             location where = location::current()) noexcept {
    detail::expect_store_order(order, model_, "a clear with an order that acquires", where);
    sched::store(model_, 0, order, where);
  }
  [[nodiscard]] bool test(memory_order order = memory_order_seq_cst,
                          location where = location::current()) const noexcept {
    detail::expect_load_order(order, model_, "a test with an order that releases", where);
    return sched::load(model_, order, where) != 0;
  }
  void wait(bool old, memory_order order = memory_order_seq_cst,
            location where = location::current()) const noexcept {
    detail::expect_load_order(order, model_, "a wait with an order that releases", where);
    sched::atomic_wait(model_, old ? 1 : 0, order, where);
  }
  void notify_one(location where = location::current()) noexcept {
    sched::atomic_notify_one(model_, where);
  }
  void notify_all(location where = location::current()) noexcept {
    sched::atomic_notify_all(model_, where);
  }

  [[nodiscard]] sched::atomic_object& model() const noexcept { return model_; }

 private:
  mutable sched::atomic_object model_;
};

inline bool atomic_flag_test(const atomic_flag* on, location where = location::current()) noexcept {
  return on->test(memory_order_seq_cst, where);
}
inline bool atomic_flag_test_explicit(const atomic_flag* on, memory_order order,
                                      location where = location::current()) noexcept {
  return on->test(order, where);
}
inline bool atomic_flag_test_and_set(atomic_flag* on,
                                     location where = location::current()) noexcept {
  return on->test_and_set(memory_order_seq_cst, where);
}
inline bool atomic_flag_test_and_set_explicit(atomic_flag* on, memory_order order,
                                              location where = location::current()) noexcept {
  return on->test_and_set(order, where);
}
inline void atomic_flag_clear(atomic_flag* on, location where = location::current()) noexcept {
  on->clear(memory_order_seq_cst, where);
}
inline void atomic_flag_clear_explicit(atomic_flag* on, memory_order order,
                                       location where = location::current()) noexcept {
  on->clear(order, where);
}
inline void atomic_flag_wait(const atomic_flag* on, bool old,
                             location where = location::current()) noexcept {
  on->wait(old, memory_order_seq_cst, where);
}
inline void atomic_flag_wait_explicit(const atomic_flag* on, bool old, memory_order order,
                                      location where = location::current()) noexcept {
  on->wait(old, order, where);
}
inline void atomic_flag_notify_one(atomic_flag* on, location where = location::current()) noexcept {
  on->notify_one(where);
}
inline void atomic_flag_notify_all(atomic_flag* on, location where = location::current()) noexcept {
  on->notify_all(where);
}

}  // namespace heddle
