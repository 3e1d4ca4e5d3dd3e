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
    for (;;) {
      if (block_ < blocks_.size()) {
        const auto base = reinterpret_cast<std::uintptr_t>(blocks_[block_].memory.get());
        const std::uintptr_t at = (base + used_ + alignment - 1) & ~(alignment - 1);
        if (at + bytes <= base + blocks_[block_].size) {
          used_ = at + bytes - base;
          return reinterpret_cast<void*>(at);
        }
        ++block_;
        used_ = 0;
        continue;
      }
      const std::size_t size = bytes + alignment > block_bytes ? bytes + alignment : block_bytes;
      blocks_.push_back({std::make_unique<char[]>(size), size});
    }
  }
  template <class T>
  T* allocate_array(std::size_t count) {
    return static_cast<T*>(allocate(count * sizeof(T), alignof(T)));
  }
  void reset() noexcept { block_ = used_ = 0; }

 private:
  static constexpr std::size_t block_bytes = 64 * 1024;
  struct block {
    std::unique_ptr<char[]> memory;
    std::size_t size;
  };
  std::vector<block> blocks_;
  std::size_t block_ = 0;
  std::size_t used_ = 0;
};

}  // namespace heddle::sched
