// SPDX-License-Identifier: MIT
#pragma once

#include "exploration.hpp"

namespace heddle::explorers {

// Runs the schedules of this test that options.remember holds, before anything else. Each is noted
// in report.remembered; one that still fails becomes a failure of the report. Nothing is deleted.
// True: exploring need not go on.
bool recall(exploration& of);

// The same for one file alone.
[[nodiscard]] report recall_schedule(const options& how, const std::string& file,
                                     sched::body_ref body);

// Keeps the schedule of a new failure there.
void remember(exploration& of);

}  // namespace heddle::explorers
