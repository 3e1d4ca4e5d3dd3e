// SPDX-License-Identifier: MIT
#include "arena.hpp"

namespace heddle::sched {

void* arena::allocate_elsewhere(std::size_t bytes, std::size_t alignment) {
  const std::size_t needed = bytes + alignment;
  while (block_ < blocks_.size() && blocks_[block_].size < needed) ++block_;
  if (block_ == blocks_.size()) {
    const std::size_t size = needed > block_bytes ? needed : block_bytes;
    blocks_.push_back({std::make_unique<char[]>(size), size});
  }
  enter(blocks_[block_++]);
  return allocate(bytes, alignment);
}

}  // namespace heddle::sched
