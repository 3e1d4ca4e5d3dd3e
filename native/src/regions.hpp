// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include <heddle/sched/ids.hpp>

// What an address is, in words that are equal in every process and under every schedule: a byte of
// a global variable, of a thread's stack, or of the so-manieth block of memory that a thread
// allocated.
namespace heddle::native {

struct whereabouts {
  sched::stable_key key;
  std::uint32_t owner;  // for address tables: who has the stack on which it lies
};
[[nodiscard]] whereabouts locate(std::uintptr_t address);
// Where an address alone does not tell what it is, the thread that comes first does: the calling
// one, if nobody has come yet. Names are those of an execution.
void name(std::uintptr_t address);
void forget_names() noexcept;

// Is it a variable of the standard or the C library? How threads share it is its affair: streams
// and the caches of locales are made for it, in ways that are not seen.
[[nodiscard]] bool is_of_library(std::uintptr_t address);

// For reports: "counter", "counter + 8", "memory block 2 of T1 + 16", "stack of T0 + 120".
[[nodiscard]] std::string describe(std::uintptr_t address);

// Finds the modules of the process. Between executions.
void look_at_mappings();

// Does it lie in a module, so that it can be read? Finds the modules first where that is needed.
[[nodiscard]] bool in_module(std::uintptr_t address) noexcept;

[[nodiscard]] bool is_writable(std::uintptr_t address) noexcept;

// Call `scan(begin, end)` for what lives longer than an execution: every writable part of every
// module; the frames of user code on the stack of the OS thread that explores, which calls this.
void for_host_stack(void (*scan)(std::uintptr_t begin, std::uintptr_t end));
void for_each_global(void (*scan)(std::uintptr_t begin, std::uintptr_t end));

}  // namespace heddle::native
