// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "heddle/sched/location.hpp"

namespace heddle::explorers {

// Guesses from source text, for the names in reports. They read the files that were compiled, where
// these can be found, and know no C++ but its look: a wrong guess costs a name, nothing else.
struct source_file {
  [[nodiscard]] static bool is_readable(const char* path);
  // The line at a place; empty where it cannot be read.
  [[nodiscard]] static std::string line(location where);
  // The members of type `type` of the class around a place (its head, or a constructor), in order.
  [[nodiscard]] static std::vector<std::string> members(location where, std::string_view type);

 private:
  static const std::vector<std::string>& lines(const char* path);
};

// The names declared in a line of source after a type that contains `type`: "heddle::mutex a, b;"
// gives a and b. Empty where the line does not look like a declaration.
[[nodiscard]] std::vector<std::string> declared_names(std::string_view line, std::string_view type);

// The variable that a line declares, whatever its type; empty where it does not look like one.
[[nodiscard]] std::string declared_variable(std::string_view line);

}  // namespace heddle::explorers
