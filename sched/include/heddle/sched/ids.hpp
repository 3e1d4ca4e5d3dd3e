// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace heddle::sched {

// T0 is the body, T1.. follow in creation order within one execution.
using thread_id = std::uint32_t;
inline constexpr thread_id no_thread = 0xffff'ffff;

// The schedule-independent identity of a thread or an object: a hash of the path of creations that
// led to it (creator's key, index among the creator's creations). It is equal in every process and
// does not depend on the order in which *different* threads create things, so it may be stored,
// compared across executions and hashed. Never an address.
using stable_key = std::uint64_t;

// Finaliser of splitmix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators).
constexpr std::uint64_t mix(std::uint64_t x) noexcept {
  x += 0x9e37'79b9'7f4a'7c15u;
  x = (x ^ (x >> 30)) * 0xbf58'476d'1ce4'e5b9u;
  x = (x ^ (x >> 27)) * 0x94d0'49bb'1331'11ebu;
  return x ^ (x >> 31);
}
constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) noexcept { return mix(a ^ mix(b)); }

// Objects made outside any execution are numbered in construction order, which differs between a
// whole test run and a filtered one. Their keys carry this bit, and what is stored leaves them out.
inline constexpr stable_key made_outside = stable_key{1} << 63;

}  // namespace heddle::sched
