// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "heddle/sched/location.hpp"

namespace heddle::sched {

// The calls that a thread was in when a signal interrupted it, as addresses; what they mean is
// asked for later, when allocating is allowed. Kept only where a lender can tell.
class code_stack {
 public:
  // In a signal handler: of the code that `context`, its third argument, belongs to. Where the
  // stack is damaged this may fault.
  void capture(const void* context) noexcept;
  void clear() noexcept { depth_ = 0; }

  // The line of the user's that was reached last; unknown where nobody can tell.
  [[nodiscard]] location innermost() const;
  // "in read(), called at queue.cpp:12, main.cpp:30"; empty where nobody can tell.
  [[nodiscard]] std::string text() const;

 private:
  static constexpr std::uint32_t most = 32;
  std::uintptr_t at_[most];  // in the code of the call, not behind it
  std::uint32_t depth_ = 0;
};

// The instruction that a signal has interrupted; 0 on processors that are not known.
[[nodiscard]] std::uintptr_t interrupted_at(const void* context) noexcept;

}  // namespace heddle::sched
