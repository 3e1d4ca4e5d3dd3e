// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include <stdexcept>
#include <string_view>

namespace heddle::explorers {

// The answer to an option or a variable that makes no sense.
[[noreturn]] inline void invalid(std::string_view name, std::string_view value,
                                 std::string_view expected) {
  throw std::invalid_argument(
      fmt::format("heddle: {} is \"{}\", but must be {}", name, value, expected));
}

}  // namespace heddle::explorers
