// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "heddle/explorers/options.hpp"
#include "heddle/sched/explorer.hpp"

namespace heddle::explorers {

// The explorer called `how.explorer`. Throws std::invalid_argument that lists the names.
[[nodiscard]] std::unique_ptr<sched::explorer> make_explorer(const options& how);

}  // namespace heddle::explorers
