// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "heddle/sched/ids.hpp"

namespace heddle::sched {

// A set of thread ids as a bit mask that knows its size. The first 64 ids, all that most tests
// have, stand in a word of their own.
class thread_set {
 public:
  void reserve(std::uint32_t threads) {
    if (threads > 64 && more_.size() * 64 < threads - 64) more_.resize((threads - 1) / 64, 0);
  }
  void clear() noexcept {
    first_ = 0;
    for (auto& word : more_) word = 0;
    size_ = 0;
  }
  void insert(thread_id id) noexcept {  // within what was reserved
    std::uint64_t& word = word_of(id);
    size_ += (word & bit(id)) == 0;
    word |= bit(id);
  }
  void erase(thread_id id) noexcept {
    std::uint64_t& word = word_of(id);
    size_ -= (word & bit(id)) != 0;
    word &= ~bit(id);
  }
  [[nodiscard]] bool contains(thread_id id) const noexcept {
    if (id < 64) return (first_ & bit(id)) != 0;
    return id / 64 <= more_.size() && (more_[id / 64 - 1] & bit(id)) != 0;
  }
  [[nodiscard]] std::uint32_t size() const noexcept { return size_; }

  // The member at position `index` when `first` (if a member) comes first and the others by id.
  [[nodiscard]] thread_id at(std::uint32_t index, thread_id first) const noexcept {
    if (!more_.empty()) return at_of_many(index, first);
    std::uint64_t word = first_;
    if ((word & bit(first)) != 0) {
      if (index-- == 0) return first;
      word &= ~bit(first);
    }
    while (index-- != 0) word &= word - 1;
    return word != 0 ? static_cast<thread_id>(std::countr_zero(word)) : no_thread;
  }

 private:
  static std::uint64_t bit(thread_id id) noexcept { return std::uint64_t{1} << (id % 64); }
  std::uint64_t& word_of(thread_id id) noexcept { return id < 64 ? first_ : more_[id / 64 - 1]; }

  [[nodiscard]] thread_id at_of_many(std::uint32_t index, thread_id first) const noexcept;

  std::uint64_t first_ = 0;
  std::vector<std::uint64_t> more_;
  std::uint32_t size_ = 0;
};

}  // namespace heddle::sched
