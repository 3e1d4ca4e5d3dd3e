// SPDX-License-Identifier: MIT
#include <unistd.h>

#include <cstdlib>
#include <string>

#include <heddle/sched/lender.hpp>
#include <heddle/sched/point.hpp>

#include "globals.hpp"
#include "heddle/native/program.hpp"
#include "places/places.hpp"
#include "real.hpp"
#include "user_code.hpp"

// A process must not end in the middle of an exploration: who ends it in a test has made a mistake.
namespace {

using namespace heddle::native;

[[noreturn]] void ends(const char* function, int status, std::uintptr_t caller) {
  if (globals::are_reset()) exit_program();  // a whole program may do that
  {
    const section here;
    heddle::sched::report(heddle::failure_kind::crash,
                          std::string("it calls ") + function + "(" + std::to_string(status) +
                              "), which ends the process",
                          place_of(caller));
  }
  throw heddle::sched::thread_ended{};
}

}  // namespace

extern "C" {

void exit(int status) {
  if (in_user_code()) ends("exit", status, HEDDLE_CALLER);
  HEDDLE_REAL(exit)(status);
  __builtin_unreachable();
}
void quick_exit(int status) {
  if (in_user_code()) ends("quick_exit", status, HEDDLE_CALLER);
  HEDDLE_REAL(quick_exit)(status);
  __builtin_unreachable();
}
void _exit(int status) {
  if (in_user_code()) ends("_exit", status, HEDDLE_CALLER);
  HEDDLE_REAL(_exit)(status);
  __builtin_unreachable();
}
void _Exit(int status) {
  if (in_user_code()) ends("_Exit", status, HEDDLE_CALLER);
  HEDDLE_REAL(_Exit)(status);
  __builtin_unreachable();
}

// assert() that fails. It ends the execution as it would the process, but in good order: neither is
// the process damaged, nor is what others did meanwhile taken for a consequence.
void __assert_fail(const char* expression, const char* file, unsigned line,
                   const char* function) noexcept {
  if (!in_user_code()) {
    HEDDLE_REAL(__assert_fail)(expression, file, line, function);
    __builtin_unreachable();
  }
  const section here;
  std::string message = std::string("assert(") + expression + ") failed";
  if (function != nullptr) message += std::string(" in ") + function;
  heddle::sched::report(heddle::failure_kind::failed_check, message, place_of(HEDDLE_CALLER));
  heddle::sched::end_execution();
}

}  // extern "C"
