// SPDX-License-Identifier: MIT
#include "shadow.hpp"

#include <heddle/sched/lender.hpp>
#include <heddle/sched/point.hpp>

#include "brief_access.hpp"
#include "globals.hpp"
#include "memory/leaks.hpp"
#include "parts.hpp"
#include "places/declared.hpp"
#include "places/places.hpp"
#include "readers.hpp"
#include "regions.hpp"
#include "user_code.hpp"

namespace heddle::native::shadow {

namespace {
constinit const bool always = true;
}
constinit sched::plain_terms terms{sched::plain_use::told, &always};
constinit const bool* reads_are_told = &always;
constinit const bool* writes_are_told = &always;

void report_use(const block& of, std::uintptr_t caller) {
  const char* const what = of.freed != 0 ? "it uses memory that has been freed: "
                                         : "it uses memory behind the end of a block: ";
  sched::report(failure_kind::misuse, what + describe_block(of), place_of(caller));
}

void forget(std::uintptr_t address, std::size_t bytes) noexcept {
  const std::uintptr_t end = address + bytes;
  for (std::uintptr_t granule = address & ~std::uintptr_t{7}; granule < end; granule += 8) {
    if (cell* const at = cells::find(granule)) at->life = 0;
  }
}

void check_use_of_block(std::uintptr_t address, std::uintptr_t caller) {
  if (const block* in = arena::find(address)) check_block(*in, address, caller);
}

std::string name_of(const sched::plain_object& of) {
  return describe(~static_cast<const part&>(of).not_address);
}

void begin_execution() noexcept {
  terms = sched::terms_of_plain();
  reads_are_told = terms.use == sched::plain_use::told ? &always : terms.told_now;
  writes_are_told = globals::are_reset() ? &always : reads_are_told;
  forget_readers();
  cells::forget_all();
  local_names::clear();
}

}  // namespace heddle::native::shadow
