// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "workloads.hpp"

namespace heddle::bench {

// Workloads of any size, for curves: "stores:<threads>x<each>", threads that store to a variable of
// their own; "counter:<threads>x<each>", that count under one lock; "accesses:1x<each>", no thread,
// stores to plain data. One size at a time: asking for another changes what was given before.
// Nothing: no such name.
[[nodiscard]] std::optional<workload> scaled_workload(std::string_view name);

}  // namespace heddle::bench
