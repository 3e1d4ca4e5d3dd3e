// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/standard.hpp>
#include <optional>

// What the bodies of the benchmarks are made of. They are stated once and compiled twice: with
// Heddle's types for the source door, where HEDDLE_CONTROLLED is defined, and, instrumented, with
// the standard library's for the native door. The two are programs of their own.
namespace heddle::bench {

using HEDDLE_STD::atomic;
using HEDDLE_STD::condition_variable;
using HEDDLE_STD::lock_guard;
using HEDDLE_STD::mutex;
using HEDDLE_STD::thread;
using HEDDLE_STD::unique_lock;
template <class T>
using var = HEDDLE_VAR<T>;

// Has a value computed, and does nothing with it. A variable to put it into would be one more that
// threads share, which the native door sees.
inline void use(int value) { asm volatile("" : : "r"(value)); }

}  // namespace heddle::bench
