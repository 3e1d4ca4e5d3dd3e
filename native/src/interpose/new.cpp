// SPDX-License-Identifier: MIT
#include <algorithm>
#include <new>

#include "memory/allocation.hpp"
#include "user_code.hpp"

// The replaceable forms of operator new and delete. A program that replaces them itself has its
// own; what they allocate in turn is then its affair.
namespace {

using namespace heddle::native;

void* make(std::size_t bytes, std::size_t alignment, std::uintptr_t caller) {
  for (;;) {
    if (void* const made = allocate(std::max<std::size_t>(bytes, 1), alignment, caller))
      return made;
    const std::new_handler handler = std::get_new_handler();
    if (handler == nullptr) throw std::bad_alloc();
    handler();
  }
}
void* try_make(std::size_t bytes, std::size_t alignment, std::uintptr_t caller) noexcept {
  try {
    return make(bytes, alignment, caller);
  } catch (...) {
    return nullptr;
  }
}
constexpr std::size_t usual = __STDCPP_DEFAULT_NEW_ALIGNMENT__;
constexpr std::size_t value_of(std::align_val_t alignment) noexcept {
  return std::max(static_cast<std::size_t>(alignment), usual);
}

}  // namespace

void* operator new(std::size_t bytes) { return make(bytes, usual, HEDDLE_CALLER); }
void* operator new[](std::size_t bytes) { return make(bytes, usual, HEDDLE_CALLER); }
void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept {
  return try_make(bytes, usual, HEDDLE_CALLER);
}
void* operator new[](std::size_t bytes, const std::nothrow_t&) noexcept {
  return try_make(bytes, usual, HEDDLE_CALLER);
}
void* operator new(std::size_t bytes, std::align_val_t alignment) {
  return make(bytes, value_of(alignment), HEDDLE_CALLER);
}
void* operator new[](std::size_t bytes, std::align_val_t alignment) {
  return make(bytes, value_of(alignment), HEDDLE_CALLER);
}
void* operator new(std::size_t bytes, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return try_make(bytes, value_of(alignment), HEDDLE_CALLER);
}
void* operator new[](std::size_t bytes, std::align_val_t alignment,
                     const std::nothrow_t&) noexcept {
  return try_make(bytes, value_of(alignment), HEDDLE_CALLER);
}

void operator delete(void* memory) noexcept { deallocate(memory, HEDDLE_CALLER); }
void operator delete[](void* memory) noexcept { deallocate(memory, HEDDLE_CALLER); }
void operator delete(void* memory, std::size_t) noexcept { deallocate(memory, HEDDLE_CALLER); }
void operator delete[](void* memory, std::size_t) noexcept { deallocate(memory, HEDDLE_CALLER); }
void operator delete(void* memory, const std::nothrow_t&) noexcept {
  deallocate(memory, HEDDLE_CALLER);
}
void operator delete[](void* memory, const std::nothrow_t&) noexcept {
  deallocate(memory, HEDDLE_CALLER);
}
void operator delete(void* memory, std::align_val_t) noexcept { deallocate(memory, HEDDLE_CALLER); }
void operator delete[](void* memory, std::align_val_t) noexcept {
  deallocate(memory, HEDDLE_CALLER);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  deallocate(memory, HEDDLE_CALLER);
}
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept {
  deallocate(memory, HEDDLE_CALLER);
}
