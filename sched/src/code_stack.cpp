// SPDX-License-Identifier: MIT
#include "code_stack.hpp"

#include <ucontext.h>
#include <unwind.h>

#include <string_view>

#include "heddle/sched/lender.hpp"

namespace heddle::sched {

namespace {

constexpr std::uint32_t most_lines = 8;

struct walk {
  std::uintptr_t from;
  bool found_start;
  std::uintptr_t* at;
  std::uint32_t depth;
  std::uint32_t most;
};

// The frames above the one that was interrupted belong to the signal handler.
_Unwind_Reason_Code look_at_frame(_Unwind_Context* context, void* of) {
  auto& to = *static_cast<walk*>(of);
  const auto address = static_cast<std::uintptr_t>(_Unwind_GetIP(context));
  if (!to.found_start) {
    to.found_start = address == to.from;
    if (to.found_start) to.at[to.depth++] = address;
    return _URC_NO_REASON;
  }
  if (address == 0 || to.depth == to.most) return _URC_END_OF_STACK;
  to.at[to.depth++] = address - 1;
  return _URC_NO_REASON;
}

std::string line_of(location where) {
  const std::string_view path = where.file;
  return std::string(path.substr(path.rfind('/') + 1)) + ":" + std::to_string(where.line);
}

}  // namespace

std::uintptr_t interrupted_at(const void* context) noexcept {
#if defined(__x86_64__)
  const auto& registers = static_cast<const ucontext_t*>(context)->uc_mcontext;
  return static_cast<std::uintptr_t>(registers.gregs[REG_RIP]);
#elif defined(__aarch64__)
  return static_cast<const ucontext_t*>(context)->uc_mcontext.pc;
#else
  return 0;
#endif
}

void code_stack::capture(const void* context) noexcept {
  depth_ = 0;
  if (current_lender() == nullptr) return;
  walk up{interrupted_at(context), false, at_, 0, most};
  _Unwind_Backtrace(&look_at_frame, &up);
  depth_ = up.depth;
}

location code_stack::innermost() const {
  for (std::uint32_t i = 0; i < depth_; ++i) {
    const code_place place = current_lender()->place_of_code(at_[i]);
    if (place.where.known()) return place.where;
  }
  return {};
}

std::string code_stack::text() const {
  std::string function;  // the outermost one that is not the user's
  std::string lines;
  location last;  // recursion is told once
  std::uint32_t told = 0;
  for (std::uint32_t i = 0; i < depth_ && told < most_lines; ++i) {
    code_place place = current_lender()->place_of_code(at_[i]);
    if (place.where.known()) {
      if (place.where == last) continue;
      lines += (told++ == 0 ? "" : ", ") + line_of(place.where);
      last = place.where;
    } else if (lines.empty() && !place.function.empty()) {
      function = std::move(place.function);
    }
  }
  if (function.empty() || lines.empty()) return lines.empty() ? lines : "at " + lines;
  return "in " + function + "(), called at " + lines;
}

}  // namespace heddle::sched
