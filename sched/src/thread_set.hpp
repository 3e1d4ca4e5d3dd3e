// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "heddle/sched/ids.hpp"

namespace heddle::sched {

// A set of thread ids as a bit mask that knows its size.
class thread_set {
 public:
  void reserve(std::uint32_t threads) {
    if (words_.size() * 64 < threads) words_.resize((threads + 63) / 64, 0);
  }
  void clear() noexcept {
    for (auto& word : words_) word = 0;
    size_ = 0;
  }
  void insert(thread_id id) noexcept {  // within what was reserved
    std::uint64_t& word = words_[id / 64];
    const std::uint64_t bit = std::uint64_t{1} << (id % 64);
    size_ += (word & bit) == 0;
    word |= bit;
  }
  void erase(thread_id id) noexcept {
    std::uint64_t& word = words_[id / 64];
    const std::uint64_t bit = std::uint64_t{1} << (id % 64);
    size_ -= (word & bit) != 0;
    word &= ~bit;
  }
  [[nodiscard]] bool contains(thread_id id) const noexcept {
    return id / 64 < words_.size() && (words_[id / 64] >> (id % 64) & 1) != 0;
  }
  [[nodiscard]] std::uint32_t size() const noexcept { return size_; }

  // The member at position `index` when `first` (if a member) comes first and the others by id.
  [[nodiscard]] thread_id at(std::uint32_t index, thread_id first) const noexcept {
    const bool has_first = contains(first);
    if (has_first && index-- == 0) return first;
    for (std::uint32_t w = 0; w < words_.size(); ++w) {
      std::uint64_t word = words_[w];
      if (has_first && first / 64 == w) word &= ~(std::uint64_t{1} << (first % 64));
      const auto here = static_cast<std::uint32_t>(std::popcount(word));
      if (index >= here) {
        index -= here;
        continue;
      }
      while (index-- != 0) word &= word - 1;
      return w * 64 + static_cast<std::uint32_t>(std::countr_zero(word));
    }
    return no_thread;
  }

 private:
  std::vector<std::uint64_t> words_;
  std::uint32_t size_ = 0;
};

}  // namespace heddle::sched
