// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "machine.hpp"

namespace oracle {

// Two executions of one program are equivalent (the same Mazurkiewicz class) exactly if they have
// the same form. It says: how many visible operations each thread performed, and its picks; per
// variable the order of the accesses, where reads between two writes commute; per mutex the order
// of the operations; per condition the order of the operations and the waiter each notify chose;
// per semaphore the order of the operations, where releases in a row commute, and so do failed
// attempts.
//
// Whether failed try_locks commute with each other like reads is a question of taste: by default
// they do not.
struct class_rules {
  bool failed_try_locks_commute = false;
};

using class_form = std::vector<int>;

class_form form_of(const program& p, const std::vector<event>& path, class_rules rules = {});

}  // namespace oracle
