// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>

#include "heddle/sched/lender.hpp"
#include "stack.hpp"

namespace heddle::sched {

// The C++ runtime's per-OS-thread exception state (Itanium C++ ABI, __cxa_eh_globals). Without its
// own copy, a fiber that is left inside a catch block would rethrow another fiber's exception.
struct exception_state {
  void* caught = nullptr;
  unsigned int uncaught = 0;
};

// A stack with a context to switch to. This class, its source file and fiber_switch.hpp own the
// context switch: nothing else in Heddle knows Boost.Context, the sanitizers' fiber calls or the
// exception state.
class fiber {
 public:
  // The OS thread's own stack: switched away from first, and back to last.
  fiber();
  // Runs `entry(argument)` on a stack of its own when first switched to. `entry` never returns.
  fiber(std::size_t stack_bytes, void (*entry)(void*), void* argument);
  ~fiber();
  fiber(const fiber&) = delete;
  fiber& operator=(const fiber&) = delete;

  // Leaves `from`, which must be the running fiber, and goes on in `to`. Returns when somebody
  // switches back. `live` is exception_state_of_this_thread(). In fiber_switch.hpp.
  static void switch_to(fiber& from, fiber& to, exception_state& live) noexcept;

  // Forgets what is on the stack and starts over at `entry`: nothing there is ever run again, not
  // even destructors. Must not be the running fiber.
  void drop() noexcept;

  [[nodiscard]] bool overflowed_at(const void* address) const noexcept {
    if (stack_) return stack_->guards(address);
    const char* at = static_cast<const char*>(address);
    return at < lent_.stack && at >= lent_.stack - lent_guard;
  }
  // What it was lent; nothing where it has a stack of its own.
  [[nodiscard]] const lent_thread& lent() const noexcept { return lent_; }

 private:
  struct entry_point;
  static constexpr std::size_t lent_guard = 4096;
  void arm() noexcept;
  static void arrive(fiber& left, void* fake_stack) noexcept;
  [[nodiscard]] char* low() const noexcept { return stack_ ? stack_->bottom() : lent_.stack; }
  [[nodiscard]] char* top() const noexcept { return low() + bytes(); }
  [[nodiscard]] std::size_t bytes() const noexcept { return stack_ ? stack_->size() : lent_.bytes; }

  std::optional<guarded_stack> stack_;
  lent_thread lent_;
  void (*entry_)(void*) = nullptr;
  void* argument_ = nullptr;
  void* context_ = nullptr;
  exception_state saved_;
  exception_state* live_ = nullptr;
  const void* bottom_ = nullptr;  // of the stack, for the sanitizers
  std::size_t size_ = 0;
  void* fake_stack_ = nullptr;
  [[maybe_unused]] void* tsan_ = nullptr;
  fiber* went_to_ = nullptr;  // where the last switch from here went
};

[[nodiscard]] exception_state& exception_state_of_this_thread() noexcept;

}  // namespace heddle::sched
