// SPDX-License-Identifier: MIT
#pragma once

#include "heddle/explorers/options.hpp"
#include "heddle/sched/settings.hpp"

// What the numbers among the options mean to sched.
namespace heddle::explorers {

// Throws std::invalid_argument that names the field.
void validate(const options& how);

[[nodiscard]] sched::shape shape_of(const options& how);
// `how` as an execution of this shape needs it.
void take_shape(options& how, const sched::shape& shape);

[[nodiscard]] sched::settings settings_of(const options& how);

}  // namespace heddle::explorers
