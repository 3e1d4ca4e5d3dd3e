// SPDX-License-Identifier: MIT
#include "heddle/native/program.hpp"

#include <heddle/sched/lender.hpp>
#include <heddle/sched/point.hpp>

#include "globals.hpp"
#include "user_code.hpp"

namespace heddle::native {

std::vector<std::string> explore_as_program() {
  globals::reset_after_each_execution();
  return globals::not_copied();
}

void exit_program() {
  const section here;
  // What others do before the process ends they also do in an execution where it ends later: it
  // waits until nobody can go on, in virtual time. Who is blocked then never notices.
  constexpr sched::virtual_time very_late = sched::no_deadline / 2;
  sched::sleep_until(very_late, {});
  sched::end_execution();
}

}  // namespace heddle::native
