// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include <heddle/sched/point.hpp>

// Atomic operations on memory of 1, 2, 4 or 8 bytes in an execution. The value stays in that
// memory. Call these inside a section.
namespace heddle::native::atomics {

using function = std::uint64_t (*)(std::uint64_t, std::uint64_t);

[[nodiscard]] sched::atomic_object& at(void* address, std::size_t bytes);

std::uint64_t load(void* at, std::size_t bytes, std::memory_order order, std::uintptr_t caller);
void store(void* at, std::size_t bytes, std::uint64_t value, std::memory_order order,
           std::uintptr_t caller);
std::uint64_t modify(void* at, std::size_t bytes, std::uint64_t operand, function by,
                     std::memory_order order, std::uintptr_t caller);
bool compare_exchange(void* at, std::size_t bytes, std::uint64_t& expected, std::uint64_t desired,
                      bool weak, std::memory_order success, std::memory_order failure,
                      std::uintptr_t caller);

// Any other size: one operation at a time, all of them ordered.
void large(void* at, bool reads, std::uintptr_t caller, void (*effect)(void* context),
           void* context);

}  // namespace heddle::native::atomics
