// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace heddle::sched {

// Memory of one execution: allocation bumps a pointer, reset() takes everything back at once and
// keeps the blocks, so that a steady state allocates nothing. Runs no destructors.
class arena {
 public:
  void* allocate(std::size_t bytes, std::size_t alignment) {
    const std::uintptr_t at = (next_ + alignment - 1) & ~(alignment - 1);
    if (at + bytes > end_) return allocate_elsewhere(bytes, alignment);
    next_ = at + bytes;
    return reinterpret_cast<void*>(at);
  }
  template <class T>
  T* allocate_array(std::size_t count) {
    return static_cast<T*>(allocate(count * sizeof(T), alignof(T)));
  }
  void reset() noexcept {
    block_ = 0;
    next_ = end_ = 0;  // with no blocks yet, the first allocation makes one
    if (!blocks_.empty()) enter(blocks_[block_++]);
  }

 private:
  static constexpr std::size_t block_bytes = 64 * 1024;
  struct block {
    std::unique_ptr<char[]> memory;
    std::size_t size;
  };
  void enter(const block& entered) noexcept {
    next_ = reinterpret_cast<std::uintptr_t>(entered.memory.get());
    end_ = next_ + entered.size;
  }
  // In the next block that is large enough, made where there is none.
  void* allocate_elsewhere(std::size_t bytes, std::size_t alignment);

  std::vector<block> blocks_;
  std::size_t block_ = 0;  // the next one to enter
  std::uintptr_t next_ = 0;
  std::uintptr_t end_ = 0;
};

}  // namespace heddle::sched
