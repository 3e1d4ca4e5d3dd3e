// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>

// Memory for whoever asks: user code of an execution gets it from the arena; the test framework,
// libraries and this room from the C library, where it stays beyond the execution.
namespace heddle::native {

// Null: there is no more.
[[nodiscard]] void* allocate(std::size_t bytes, std::size_t alignment,
                             std::uintptr_t caller) noexcept;
void deallocate(void* memory, std::uintptr_t caller) noexcept;

}  // namespace heddle::native
