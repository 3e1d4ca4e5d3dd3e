// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "heddle/explorers/report.hpp"

namespace heddle::explorers {

class names;

// What each thread did, a column per thread and a line per operation, with values and places; with
// many threads, or where they are wider than `width` (0: any), one column that names them.
[[nodiscard]] std::string thread_columns(const failure& of, std::size_t width = 0);

// "load balance = 0"
[[nodiscard]] std::string words_of(const names& name, const sched::trace_entry& entry,
                                   const failure& of);

// "T0x2 T1x1 !T2x3": who ran how many visible operations in a row; ! marks a preemption.
[[nodiscard]] std::string schedule_skeleton(const sched::trace& trace);

}  // namespace heddle::explorers
