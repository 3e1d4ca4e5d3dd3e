// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

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

// The files in `directory` that keep schedules of `test`, sorted; none where it does not exist.
[[nodiscard]] std::vector<std::string> remembered_schedules(const std::string& directory,
                                                            std::string_view test);

}  // namespace heddle
