// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

// For runners that explore a whole program instead of tests.
namespace heddle::native {

// Before exploring, on the only thread: in each execution the program's global variables, and what
// its static initialisers have allocated, are as they are now; and exit() and its relatives end the
// execution, not the process. What lasts from one execution to the next nevertheless: the names.
std::vector<std::string> explore_as_program();

// The return from main: when nobody else can go on, the process is gone and with it all threads.
[[noreturn]] void exit_program();

}  // namespace heddle::native

// A runner defines it, whatever its value: the memory of the program's static initialisers is under
// control from the first one on.
extern "C" [[gnu::weak]] const char heddle_native_runner;
