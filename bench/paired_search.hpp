// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <string>

namespace heddle::bench {

// Our dpor beside that of CDSChecker, on the workloads whose name contains `filter`: how many
// executions each takes to be done, and how long. Figures go to the screen, and as rows to `out`,
// which may be null. Says so where HEDDLE_CDSCHECKER named no checkout when this was built.
void measure_searches(const std::string& filter, std::FILE* out);

}  // namespace heddle::bench
