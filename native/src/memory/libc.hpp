// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

// The C library's allocator under the names that it has beside the usual ones: no dlsym, which
// allocates.
extern "C" {
void* __libc_malloc(std::size_t bytes);
void* __libc_calloc(std::size_t count, std::size_t bytes);
void* __libc_realloc(void* memory, std::size_t bytes);
void* __libc_memalign(std::size_t alignment, std::size_t bytes);
void __libc_free(void* memory);
}
