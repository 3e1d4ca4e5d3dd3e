// SPDX-License-Identifier: MIT
#pragma once

#include "heddle/sched/object.hpp"

// The identity of objects that are made outside executions.
//
// Most are numbered as they are made: the numbers differ between a whole run of a test program and
// a run of one of its tests, so that nothing that is stored may rest on them. Plain objects are
// named in schedules (see shape::racy), and get their keys from the place in the source that makes
// them and the smallest number that no living one of that place has.
namespace heddle::sched::outside_keys {

// Sets index, twin and key.
void give(object& to);
void take_back(const object& from) noexcept;

}  // namespace heddle::sched::outside_keys
