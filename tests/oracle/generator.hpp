// SPDX-License-Identifier: MIT
//
// Random well-formed programs. The same seed gives the same program everywhere: the generator of
// numbers is our own, because the distributions of the standard library differ between libraries.
#pragma once

#include <cstdint>

#include "program.hpp"

namespace oracle {

// Sebastiano Vigna's splitmix64.
class splitmix64 {
 public:
  explicit splitmix64(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }

  // 0 .. n-1; the bias of the remainder does not matter for such small n. REQUIRES: n > 0.
  int below(int n) { return static_cast<int>(next() % static_cast<std::uint64_t>(n)); }
  bool chance(int percent) { return below(100) < percent; }

 private:
  std::uint64_t state_;
};

struct generator_options {
  int most_threads = 4;      // besides the body
  int most_operations = 11;  // of all threads together, roughly
  bool checks = true;        // expect and assume
  bool picks = true;
  bool relock = false;  // a thread may lock a mutex that it holds, and blocks for ever
};

// A program for `seed`, without complaint(). Each seed also draws what its program is about:
// atomics only, mutexes, condition variables, semaphores, all of it, or long queues of waiting
// threads.
program random_program(std::uint64_t seed, const generator_options& options = {});

}  // namespace oracle
