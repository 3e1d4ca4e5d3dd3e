// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "common/litmus_program.hpp"

namespace litmus {

struct size_of_programs {
  int threads = 3;       // at most, at least 2
  int instructions = 3;  // of each, at most
  int objects = 2;       // at most
  int spread = 1;        // by how many instructions a thread may be shorter
};

// A program by number: any mixture of orders, fences and read-modify-writes.
[[nodiscard]] program generate(std::uint64_t number, const size_of_programs& within);

}  // namespace litmus
