// SPDX-License-Identifier: MIT
#include "once.hpp"

#include "objects.hpp"

namespace heddle::native::once {

namespace {
// Level 0: it is being done; level 1: it has been done.
constexpr sched::monitor_type type{"once_flag"};
constexpr sched::monitor_call begins{
    .name = "call_once", .need = {.which = 0, .most = 0}, .releases = false};
constexpr sched::monitor_call returns{.name = "call_once returned", .acquires = false};
constexpr sched::monitor_call throws{.name = "call_once threw", .acquires = false};
}  // namespace

sched::monitor_object& at(const void* address) {
  return objects::find_or_make<sched::monitor_object>(
      address, use::once, [&](void* memory, sched::stable_key key) {
        return new (memory) sched::monitor_object(type, nullptr, location{}, key);
      });
}

bool begin(const void* address, std::uintptr_t caller) {
  sched::monitor_object& on = at(address);
  const location where = place_of(caller);
  const sched::monitor_section here(on, begins, where);
  if (on.level[1] != 0) return false;
  on.level[0] = 1;
  on.holder = sched::this_thread();
  on.acquired = where;
  return true;
}

void end(const void* address, bool done, std::uintptr_t caller) {
  sched::monitor_object& on = at(address);
  const sched::monitor_section here(on, done ? returns : throws, place_of(caller));
  on.level[0] = 0;
  on.level[1] = done ? 1 : 0;
  on.holder = sched::no_thread;
}

}  // namespace heddle::native::once
