// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

#include "program.hpp"

namespace oracle {

// A smaller program that still `fails`, by leaving out operations (one, or two of a thread at a
// time: a lock goes with its unlock) and whole threads as long as that works. Every program that
// `fails` is asked about is well formed. REQUIRES: fails(p).
program shrink(program p, const std::function<bool(const program&)>& fails, bool relock = false);

}  // namespace oracle
