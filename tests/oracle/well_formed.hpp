// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "program.hpp"

namespace oracle {

// Empty if `p` keeps the rules of the standard types on every path through every thread, otherwise
// what is wrong, in words. The rules: indices exist; unlock, wait and plain accesses hold their
// mutex; one condition, one mutex; try_lock never by the owner; nothing is held at a check, at an
// assume or at the end; a thread is started at most once, by one with a lower number that does not
// skip that, and joined at most once, by the same. A relock by the owner is allowed only if
// `relock` is.
std::string complaint(const program& p, bool relock = false);

}  // namespace oracle
