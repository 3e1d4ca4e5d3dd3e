// SPDX-License-Identifier: MIT
#include "allocations.hpp"

#include <atomic>
#include <cstddef>
#include <new>

// operator new is the native door's own here. So the linker leads the calls in this program, those
// of Heddle as well, by way of these (--wrap), which jump on: the door looks at who calls. What
// shared libraries allocate is not counted.
namespace {
std::atomic<std::uint64_t> count{0};
void count_one() noexcept {
  // Not instrumented: an increment of its own accord.
  asm volatile("lock incq %0" : "+m"(count));
}
}  // namespace

namespace heddle::bench {
std::uint64_t allocations() noexcept { return count.load(std::memory_order_relaxed); }
}  // namespace heddle::bench

extern "C" {
void* __real__Znwm(std::size_t bytes);
void* __real__ZnwmSt11align_val_t(std::size_t bytes, std::align_val_t alignment);
void* __wrap__Znwm(std::size_t bytes) {
  count_one();
  return __real__Znwm(bytes);
}
void* __wrap__ZnwmSt11align_val_t(std::size_t bytes, std::align_val_t alignment) {
  count_one();
  return __real__ZnwmSt11align_val_t(bytes, alignment);
}
}
