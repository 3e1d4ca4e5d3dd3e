// SPDX-License-Identifier: MIT
#pragma once

#include "action.hpp"

namespace heddle::explorers::por {

// What is to be explored from some state: an ordered tree, each path a sequence that is not
// equivalent to a continuation of an earlier one. After a leaf the search is free.
struct branch;
using wakeup_tree = std::vector<branch>;
struct branch {
  action first;
  wakeup_tree after;
};

// Sees to it that `what`, or something it is equivalent to a part of, is explored.
void insert(wakeup_tree& into, sequence what);

// For a state in which `thread` is forced to make a data choice. The tree was made where that
// choice came later, if at all: brings it to the front of each path. Paths without one go with the
// first number that another path asks for, or remain as they are if there is none.
wakeup_tree with_data_first(wakeup_tree tree, thread_index thread);

}  // namespace heddle::explorers::por
