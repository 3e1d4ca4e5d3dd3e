// SPDX-License-Identifier: MIT
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "callers.hpp"
#include "memory/allocation.hpp"
#include "memory/arena.hpp"
#include "memory/libc.hpp"
#include "real.hpp"
#include "user_code.hpp"

using namespace heddle::native;

namespace {

constexpr std::size_t usual = alignof(std::max_align_t);

bool is_power_of_two(std::size_t number) noexcept {
  return number != 0 && (number & (number - 1)) == 0;
}

}  // namespace

extern "C" {

void* malloc(std::size_t bytes) { return allocate(bytes, usual, HEDDLE_CALLER); }

void free(void* memory) { deallocate(memory, HEDDLE_CALLER); }

void* calloc(std::size_t count, std::size_t bytes) {
  if (!in_user_code()) return __libc_calloc(count, bytes);
  std::size_t total = 0;
  if (__builtin_mul_overflow(count, bytes, &total)) {
    errno = ENOMEM;
    return nullptr;
  }
  void* const made = allocate(total, usual, HEDDLE_CALLER);
  return made == nullptr ? nullptr : std::memset(made, 0, total);
}

void* realloc(void* memory, std::size_t bytes) {
  if (memory == nullptr) return allocate(bytes, usual, HEDDLE_CALLER);
  if (!arena::contains(memory)) return __libc_realloc(memory, bytes);
  if (bytes == 0) {
    deallocate(memory, HEDDLE_CALLER);
    return nullptr;
  }
  void* const made = allocate(bytes, usual, HEDDLE_CALLER);
  if (made == nullptr) return nullptr;
  std::memcpy(made, memory, std::min(bytes, arena::size_of(memory)));
  deallocate(memory, HEDDLE_CALLER);
  return made;
}

void* reallocarray(void* memory, std::size_t count, std::size_t bytes) {
  std::size_t total = 0;
  if (__builtin_mul_overflow(count, bytes, &total)) {
    errno = ENOMEM;
    return nullptr;
  }
  if (memory == nullptr) return allocate(total, usual, HEDDLE_CALLER);
  return realloc(memory, total);
}

void* memalign(std::size_t alignment, std::size_t bytes) {
  return allocate(bytes, std::max(alignment, usual), HEDDLE_CALLER);
}

void* aligned_alloc(std::size_t alignment, std::size_t bytes) {
  return allocate(bytes, std::max(alignment, usual), HEDDLE_CALLER);
}

int posix_memalign(void** result, std::size_t alignment, std::size_t bytes) {
  if (!is_power_of_two(alignment) || alignment % sizeof(void*) != 0) return EINVAL;
  const int kept = errno;
  void* const made = allocate(bytes, std::max(alignment, usual), HEDDLE_CALLER);
  errno = kept;
  if (made == nullptr) return ENOMEM;
  *result = made;
  return 0;
}

void* valloc(std::size_t bytes) {
  return allocate(bytes, static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)), HEDDLE_CALLER);
}

std::size_t malloc_usable_size(void* memory) {
  if (arena::contains(memory)) return arena::size_of(memory);
  return HEDDLE_REAL(malloc_usable_size)(memory);
}

}  // extern "C"
