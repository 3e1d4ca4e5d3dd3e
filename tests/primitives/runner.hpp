// SPDX-License-Identifier: MIT
//
// The same programs on Heddle.
#pragma once

#include <cstdint>

#include "model.hpp"

namespace primitives {

struct observed {
  std::map<std::string, int> outcomes;
  std::int64_t executions = 0;  // without those given up as redundant
  std::int64_t redundant = 0;
  std::int64_t deadlocked = 0;
  bool exhaustive = false;
  std::string text;
};
observed run(const program& code, const settings& made, const char* explorer);

}  // namespace primitives
