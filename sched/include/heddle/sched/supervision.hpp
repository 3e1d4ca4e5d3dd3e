// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/sched/location.hpp>

// What a test author lays down about an execution beyond what its threads do.
namespace heddle::sched {

// Has `holds(argument)` looked at now and after every visible operation, until the calling thread
// ends; false is a failed check. It runs between two operations, whichever thread has performed the
// last, and may only look: loads of atomics, reads of plain data and of the clock, which are no
// operations then. Anything else is a misuse. Throws std::logic_error outside an execution.
void add_invariant(bool (*holds)(void*), void* argument, location where);

// Between these two the calling thread is not left as long as it can go on, yields and sleeps
// apart. They may be nested. Nothing happens outside an execution.
void begin_uninterrupted() noexcept;
void end_uninterrupted() noexcept;

}  // namespace heddle::sched
