// SPDX-License-Identifier: MIT
#pragma once

#include <boost/context/detail/fcontext.hpp>

#include "fiber.hpp"
#include "sanitizers.hpp"

// The switch itself, inline for the loop, which does little else.
namespace heddle::sched {

// Tells ASan that the switch from `left` is complete, and learns the bounds of its stack.
inline void fiber::arrive([[maybe_unused]] fiber& left,
                          [[maybe_unused]] void* fake_stack) noexcept {
#ifdef HEDDLE_ASAN
  __sanitizer_finish_switch_fiber(fake_stack, &left.bottom_, &left.size_);
#endif
}

inline void fiber::switch_to(fiber& from, fiber& to, exception_state& live) noexcept {
  from.saved_ = live;
  from.live_ = &live;
  from.went_to_ = &to;
#ifdef HEDDLE_ASAN
  __sanitizer_start_switch_fiber(&from.fake_stack_, to.bottom_, to.size_);
#endif
#ifdef HEDDLE_TSAN
  __tsan_switch_to_fiber(to.tsan_, 0);
#endif
  if (from.lent_.pointer != to.lent_.pointer) current_lender()->point_to(to.lent_.pointer);
  const boost::context::detail::transfer_t back =
      boost::context::detail::jump_fcontext(to.context_, &from);
  auto& left = *static_cast<fiber*>(back.data);
  left.context_ = back.fctx;
  arrive(left, from.fake_stack_);
  live = from.saved_;
}

}  // namespace heddle::sched
