// SPDX-License-Identifier: MIT
#pragma once

#include "heddle/explorers/report.hpp"

namespace heddle::explorers {

// Beside the schedule file of the failure, where there is one: the report as .txt, .json and .html,
// its trace as .trace.json. That something cannot be written is said in the report.
void write_renderings(report& of);

}  // namespace heddle::explorers
