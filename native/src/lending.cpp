// SPDX-License-Identifier: MIT
#include "lending.hpp"

#include <link.h>

#include <atomic>
#include <stdexcept>

#include <heddle/sched/lender.hpp>

#include "anchor.hpp"
#include "donors.hpp"
#include "globals.hpp"
#include "keys.hpp"
#include "memory/arena.hpp"
#include "objects.hpp"
#include "places/places.hpp"
#include "regions.hpp"
#include "shadow.hpp"
#include "thread_pointer.hpp"
#include "threads.hpp"

namespace heddle::native {

namespace {
constinit bool always = true;
std::atomic<bool> exploring{false};

// Have libraries been loaded since this was asked last?
bool modules_have_changed() {
  static unsigned long long seen = 0;
  unsigned long long loaded = 0;
  ::dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* into) {
        *static_cast<unsigned long long*>(into) = info->dlpi_adds;
        return 1;
      },
      &loaded);
  return std::exchange(seen, loaded) != loaded;
}

// Before anything of the C library is called that stands in the way, if something does.
void expect_control() {
  static const std::string problems = self_test();
  if (!problems.empty()) throw std::runtime_error(problems);
}

sched::lent_thread lend(std::size_t stack_bytes) {
  expect_control();
  return donors::lend(stack_bytes);
}

void begin_execution(bool& flag) {
  if (exploring.exchange(true)) {
    throw std::logic_error(
        "heddle::native: another OS thread explores already; with the native door there can be one "
        "at a time in a process");
  }
  try {
    expect_control();
    arena::begin_execution();
  } catch (...) {
    exploring = false;
    throw;
  }
  if (modules_have_changed()) {
    donors::look_at_modules();
    look_at_mappings();
  }
  forget_threads();
  forget_names();
  objects::clear();
  shadow::begin_execution();
  places_are_recorded = sched::tracing();
  busy = &flag;
}

void end_execution(sched::outcome& result) noexcept {
  busy = &always;
  arena::look_for_leaks(result);
  globals::reset();
  if (globals::are_reset()) keys::delete_made();
  arena::end_execution();
  places_are_recorded = false;
  exploring = false;
}

constexpr sched::lender the_lender{
    &lend,
    &donors::take_back,
    []() noexcept { return thread_pointer(); },
    [](void* to) noexcept { set_thread_pointer(to); },
    &begin_execution,
    &end_execution,
    &donors::renew,
    &begin_thread,
    &shadow::name_of,
    [](std::uintptr_t address) {
      const location where = line_of_code(address);
      return sched::code_place{where, where.known() ? "" : function_of_library(address)};
    },
};

}  // namespace

constinit bool* busy = &always;

void offer_threads() noexcept { sched::set_lender(&the_lender); }

}  // namespace heddle::native
