// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>

#include <heddle/sched/location.hpp>

namespace heddle::threading {

// A number that threads may count in without a lock.
template <class Backend>
class basic_counter {
 public:
  explicit basic_counter(std::int64_t start = 0, location created = location::current())
      : value_(make(start, created)) {}
  // The value afterwards.
  std::int64_t increment(std::int64_t by = 1, location where = location::current()) {
    if constexpr (Backend::explores) {
      return value_.fetch_add(by, std::memory_order_seq_cst, where) + by;
    } else {
      return value_.fetch_add(by) + by;
    }
  }
  std::int64_t decrement(std::int64_t by = 1, location where = location::current()) {
    return increment(-by, where);
  }
  [[nodiscard]] std::int64_t value(location where = location::current()) const {
    if constexpr (Backend::explores) {
      return value_.load(std::memory_order_seq_cst, where);
    } else {
      return value_.load();
    }
  }
  [[nodiscard]] auto& model() noexcept { return value_.model(); }

 private:
  using number = typename Backend::template atomic<std::int64_t>;
  static number make(std::int64_t start, location created) {
    if constexpr (Backend::explores) {
      return number(start, created);
    } else {
      return number(start);
    }
  }
  number value_;
};

}  // namespace heddle::threading
