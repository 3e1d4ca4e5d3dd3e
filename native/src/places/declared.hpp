// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/sched/location.hpp>

namespace heddle::native {

// The names that a line of source declares: "std::mutex first, second;" has two. None where it
// looks like anything else.
[[nodiscard]] std::vector<std::string> declared_names(std::string_view line);

// Names for memory that has no symbol, by the line that touches it first: that is where it is
// initialised. Only where an execution is recorded.
namespace local_names {

// Memory at `address` is touched for the first time, there.
void touched(std::uintptr_t address, std::size_t bytes, location where);
// Empty: no name is known.
[[nodiscard]] std::string of(std::uintptr_t address);
void clear() noexcept;

}  // namespace local_names
}  // namespace heddle::native
