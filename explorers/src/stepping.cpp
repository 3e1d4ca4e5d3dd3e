// SPDX-License-Identifier: MIT
#include "heddle/explorers/stepping.hpp"

// The empty assembly keeps calls and arguments alive at every level of optimisation.
extern "C" {

__attribute__((noinline)) void heddle_before_final_run() { __asm__ volatile("" ::: "memory"); }

__attribute__((noinline)) void heddle_step(std::uint32_t thread, std::uint32_t step,
                                           const char* operation, const char* file,
                                           std::uint32_t line) {
  __asm__ volatile("" ::"r"(thread), "r"(step), "r"(operation), "r"(file), "r"(line) : "memory");
}
}
