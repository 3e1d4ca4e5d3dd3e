// SPDX-License-Identifier: MIT
#include "places/places.hpp"

#include <dlfcn.h>
#include <unwind.h>

#include <string_view>
#include <unordered_map>

#include "callers.hpp"
#include "places/lines.hpp"

namespace heddle::native {

namespace {

// Of the standard library and the system: nobody looks for his mistake there.
bool is_users(std::string_view file) noexcept {
  return !file.starts_with("/usr/include/") && !file.starts_with("/usr/lib/") &&
         file.find("/include/c++/") == std::string_view::npos;
}

// The line of an address, or of the call that was expanded in place there: the nearest one in front
// of it in the same function that is the user's.
location line_of_users(std::uintptr_t address) {
  const std::uintptr_t begin = function_around(address);
  for (const line_row* row = row_of(address); row != nullptr; row = row_before(row)) {
    if (row->address < begin) break;
    const char* const file = file_of(*row);
    if (file != nullptr && row->line != 0 && is_users(file)) return {file, row->line, 0};
  }
  return {};
}

struct walk {
  std::uintptr_t from;
  bool found_start;
  location found;
};
_Unwind_Reason_Code look_at_frame(_Unwind_Context* context, void* of) {
  auto& at = *static_cast<walk*>(of);
  const auto address = static_cast<std::uintptr_t>(_Unwind_GetIP(context));
  if (address == at.from) at.found_start = true;
  if (!at.found_start || address == 0) return _URC_NO_REASON;
  if (!is_instrumented(address)) return _URC_NO_REASON;
  at.found = line_of_users(address - 1);
  return at.found.known() ? _URC_END_OF_STACK : _URC_NO_REASON;
}

}  // namespace

constinit bool places_are_recorded = false;

location traced_place(std::uintptr_t caller) {
  static std::unordered_map<std::uintptr_t, location> direct;
  const auto [known, is_new] = direct.try_emplace(caller);
  if (is_new) known->second = line_of_users(caller - 1);
  location found = known->second;
  if (!found.known()) {
    walk up{caller, false, {}};
    _Unwind_Backtrace(&look_at_frame, &up);
    found = up.found;
  }
  found.site = untraced_site(caller);
  return found;
}

location line_of_code(std::uintptr_t address) {
  return is_instrumented(address + 1) ? line_of_users(address) : location{};
}

std::string function_of_library(std::uintptr_t address) {
  Dl_info found;
  if (::dladdr(reinterpret_cast<const void*>(address), &found) == 0 || found.dli_sname == nullptr) {
    return {};
  }
  std::string_view name = found.dli_sname;
  if (name.starts_with("_Z")) return {};                // nobody calls it so
  while (name.starts_with('_')) name.remove_prefix(1);  // __read is read
  return std::string(name);
}

std::string text_of(location where) {
  if (!where.known()) return {};
  const std::string_view path = where.file;
  return std::string(path.substr(path.rfind('/') + 1)) + ":" + std::to_string(where.line);
}

}  // namespace heddle::native
