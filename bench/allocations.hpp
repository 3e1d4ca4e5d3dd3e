// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace heddle::bench {

// How often this program has called operator new, whose place is taken here.
[[nodiscard]] std::uint64_t allocations() noexcept;

}  // namespace heddle::bench
