// SPDX-License-Identifier: MIT
#pragma once

#include "heddle/sched/location.hpp"
#include "heddle/sched/trace.hpp"

namespace heddle::explorers {

// Where in the user's source that is. A location in machine code (of an operator) is looked up in
// the debug information, by addr2line, which comes with every compiler; unknown where there is none
// of the two. Unknown are also places in the headers of the standard library: they tell nobody
// anything. The text lives as long as the process.
[[nodiscard]] location resolved(location where);

// Looks up all that a trace has, at once. Files that the trace knows by a shorter name keep that.
void look_up_code_places(const sched::trace& of);

}  // namespace heddle::explorers
