// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "heddle/explorers/options.hpp"
#include "heddle/sched/explorer.hpp"

namespace heddle::explorers {

// `how` with the HEDDLE_* variables applied where it allows them. Throws std::invalid_argument that
// names the variable, its value and what would be valid.
[[nodiscard]] options with_environment(options how);

// HEDDLE_REPLAY, or empty.
[[nodiscard]] std::string replay_requested(const options& how);

// Throws std::invalid_argument that names the field.
void validate(const options& how);

[[nodiscard]] sched::settings settings_of(const options& how);

// The explorer called `how.explorer`.
[[nodiscard]] std::unique_ptr<sched::explorer> make_explorer(const options& how);

}  // namespace heddle::explorers
