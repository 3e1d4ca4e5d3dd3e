// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace heddle {

// A schedule kept in options.remember, and what became of it this time.
struct remembered {
  enum class state : unsigned char {
    fails,     // still
    fixed,     // it passes now; keep the file as a regression test, or delete it
    outdated,  // it does not fit the test any more
    damaged,   // it cannot be read
  } now = state::fails;
  std::string file;
  std::string why;  // of the last two
};

}  // namespace heddle
