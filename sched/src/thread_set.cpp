// SPDX-License-Identifier: MIT
#include "thread_set.hpp"

namespace heddle::sched {

thread_id thread_set::at_of_many(std::uint32_t index, thread_id first) const noexcept {
  const bool has_first = contains(first);
  if (has_first && index-- == 0) return first;
  for (std::uint32_t w = 0; w <= more_.size(); ++w) {
    std::uint64_t word = w == 0 ? first_ : more_[w - 1];
    if (has_first && first / 64 == w) word &= ~bit(first);
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

}  // namespace heddle::sched
