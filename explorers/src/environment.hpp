// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "heddle/explorers/options.hpp"

namespace heddle::explorers {

// `how` with the HEDDLE_* variables applied where it allows them. Throws std::invalid_argument that
// names the variable, its value and what would be valid.
[[nodiscard]] options with_environment(options how);

// See heddle::detail::share_total_time.
void share_total_time(options& how, std::int64_t tests_left);

// HEDDLE_REPLAY, or empty.
[[nodiscard]] std::string replay_requested(const options& how);

// The value of a variable; null where it is unset or empty: CI systems like to define variables
// without a value.
[[nodiscard]] const char* variable(const char* name);

}  // namespace heddle::explorers
