// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/sched/lender.hpp>

// Logical threads run on the stack and with the thread-local storage of real threads that do
// nothing else than to lend them: parked for ever, made once, used again and again. What the C
// library keeps per thread (errno, exceptions being handled, locales) is then right by
// construction.
namespace heddle::native::donors {

// For sched::lender.
sched::lent_thread lend(std::size_t bytes);
void take_back(const sched::lent_thread& lent) noexcept;

// Puts the thread-local variables of every module but the C library's back to their initial values.
// Call it on the lent thread itself.
void renew(const sched::lent_thread& lent) noexcept;
// Finds the modules and their initial images, on the OS thread that explores.
void look_at_modules();

}  // namespace heddle::native::donors
