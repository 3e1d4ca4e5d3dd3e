// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <heddle/sched/ids.hpp>

namespace heddle::sched {

// What identifies a plain object in a schedule. It is short, since a schedule may name many; where
// two objects share one, both are scheduling points, in every process alike.
using racy_key = std::uint32_t;
constexpr racy_key racy_key_of(stable_key object) noexcept {
  return static_cast<racy_key>(object ^ object >> 32);
}

}  // namespace heddle::sched
