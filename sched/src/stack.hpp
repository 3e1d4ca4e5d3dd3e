// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace heddle::sched {

// A mapped stack with an inaccessible guard page below it. Pages are committed on first use, so a
// large one costs address space only. Not copied: it owns the mapping.
class guarded_stack {
 public:
  explicit guarded_stack(std::size_t bytes);  // rounded up to pages; throws std::bad_alloc
  ~guarded_stack();
  guarded_stack(const guarded_stack&) = delete;
  guarded_stack& operator=(const guarded_stack&) = delete;

  [[nodiscard]] char* bottom() const noexcept { return mapping_ + guard_; }
  [[nodiscard]] char* top() const noexcept { return mapping_ + total_; }
  [[nodiscard]] std::size_t size() const noexcept { return total_ - guard_; }
  // A fault at `address` means that the stack overflowed.
  [[nodiscard]] bool guards(const void* address) const noexcept {
    const char* at = static_cast<const char*>(address);
    return at >= mapping_ && at < mapping_ + guard_;
  }

 private:
  std::size_t guard_;
  std::size_t total_;
  char* mapping_;
};

}  // namespace heddle::sched
