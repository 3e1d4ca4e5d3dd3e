// SPDX-License-Identifier: MIT
#pragma once

// For runners that explore a whole program instead of tests.
namespace heddle::native {

// Before exploring: the program's global variables are as they were at its start in each execution,
// and exit() and its relatives end the execution, not the process.
void explore_as_program() noexcept;

// The return from main: when nobody else can go on, the process is gone and with it all threads.
[[noreturn]] void exit_program();

}  // namespace heddle::native
