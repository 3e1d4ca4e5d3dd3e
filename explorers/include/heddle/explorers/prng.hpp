// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstdint>

namespace heddle::explorers {

// xoshiro256** (Blackman, Vigna: Scrambled Linear Pseudorandom Number Generators) seeded through
// splitmix64. Why not <random>: its distributions and std::shuffle differ between standard
// libraries, and a seed printed in a report must mean the same everywhere. Golden-tested.
class prng {
 public:
  explicit prng(std::uint64_t seed) noexcept {
    for (auto& word : state_) {
      seed += 0x9e37'79b9'7f4a'7c15u;
      std::uint64_t x = seed;
      x = (x ^ (x >> 30)) * 0xbf58'476d'1ce4'e5b9u;
      x = (x ^ (x >> 27)) * 0x94d0'49bb'1331'11ebu;
      word = x ^ (x >> 31);
    }
  }
  std::uint64_t next() noexcept {
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }
  // One of 0..bound-1, bound >= 1. Multiply-shift (Lemire) without rejection: the bias is below
  // bound / 2^32.
  std::uint32_t below(std::uint32_t bound) noexcept {
    return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32);
  }

 private:
  std::uint64_t state_[4];
};

}  // namespace heddle::explorers
