// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

// Places to stop at in a debugger. They do nothing, and are never inlined or left out.
extern "C" {

// Right before the final run of a failing execution, and before a replay: from here on, each
// breakpoint in the body is met in that one execution. (Minimised first, an exploration has a final
// run for the schedule that was found and one for the simpler schedule.)
void heddle_before_final_run();

// In a final run or a replay, before each visible operation: `thread` is about to perform the
// `step`-th of the execution, at `file`:`line` (null where unknown).
void heddle_step(std::uint32_t thread, std::uint32_t step, const char* operation, const char* file,
                 std::uint32_t line);
}
