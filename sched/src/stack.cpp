// SPDX-License-Identifier: MIT
#include "stack.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <new>

namespace heddle::sched {

guarded_stack::guarded_stack(std::size_t bytes) {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  guard_ = page;
  total_ = guard_ + (bytes + page - 1) / page * page;
  void* mapping = ::mmap(nullptr, total_, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapping == MAP_FAILED) throw std::bad_alloc();
  mapping_ = static_cast<char*>(mapping);
  if (::mprotect(mapping_, guard_, PROT_NONE) != 0) {
    ::munmap(mapping_, total_);
    throw std::bad_alloc();
  }
}

guarded_stack::~guarded_stack() { ::munmap(mapping_, total_); }

}  // namespace heddle::sched
