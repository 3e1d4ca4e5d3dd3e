// SPDX-License-Identifier: MIT
#include "fiber.hpp"

#include <cxxabi.h>

#include <boost/context/detail/fcontext.hpp>
#include <cstdint>
#include <cstring>

#include "sanitizers.hpp"

namespace heddle::sched {

namespace context = boost::context::detail;

exception_state& exception_state_of_this_thread() noexcept {
  return *reinterpret_cast<exception_state*>(abi::__cxa_get_globals());
}

// First code on a fresh stack; runs `entry_` for ever.
struct fiber::entry_point {
  static void start(context::transfer_t transfer) noexcept {
    auto& from = *static_cast<fiber*>(transfer.data);
    from.context_ = transfer.fctx;
    fiber& self = *from.went_to_;
    arrive(from, nullptr);
    *from.live_ = exception_state{};
    self.entry_(self.argument_);
  }
  // Tells ASan that the switch from `left` is complete, and learns the bounds of its stack.
  static void arrive([[maybe_unused]] fiber& left, [[maybe_unused]] void* fake_stack) noexcept {
#ifdef HEDDLE_ASAN
    __sanitizer_finish_switch_fiber(fake_stack, &left.bottom_, &left.size_);
#endif
  }
};

fiber::fiber() {
  if (current_lender() != nullptr) lent_.pointer = current_lender()->own_pointer();
#ifdef HEDDLE_TSAN
  tsan_ = __tsan_get_current_fiber();
#endif
}

fiber::fiber(std::size_t stack_bytes, void (*entry)(void*), void* argument)
    : entry_(entry), argument_(argument) {
  if (current_lender() != nullptr) {
    lent_ = current_lender()->lend(stack_bytes);
  } else {
    stack_.emplace(stack_bytes);
  }
#ifdef HEDDLE_TSAN
  tsan_ = __tsan_create_fiber(0);
#endif
#ifdef HEDDLE_ASAN
  // The address may have been part of another stack, whose frames left their marks.
  __asan_unpoison_memory_region(low(), bytes());
#endif
  arm();
}

fiber::~fiber() {
#ifdef HEDDLE_TSAN
  if (low() != nullptr) __tsan_destroy_fiber(tsan_);
#endif
  if (lent_.stack != nullptr) current_lender()->take_back(lent_);
}

void fiber::arm() noexcept {
  bottom_ = low();
  size_ = bytes();
  fake_stack_ = nullptr;
  saved_ = {};
  context_ = context::make_fcontext(top(), bytes(), &entry_point::start);
}

void fiber::switch_to(fiber& from, fiber& to, exception_state& live) noexcept {
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
  const context::transfer_t back = context::jump_fcontext(to.context_, &from);
  auto& left = *static_cast<fiber*>(back.data);
  left.context_ = back.fctx;
  entry_point::arrive(left, from.fake_stack_);
  live = from.saved_;
}

void fiber::drop() noexcept {
#ifdef HEDDLE_ASAN
  // What only the dropped stack points to is leaked on purpose: user code must not run any more.
  const char* bottom = low();
  __asan_unpoison_memory_region(bottom, bytes());
  for (const char* word = bottom; word < top(); word += sizeof(void*)) {
    const void* pointer = nullptr;
    std::memcpy(&pointer, word, sizeof pointer);
    if (pointer != nullptr) __lsan_ignore_object(pointer);
  }
#endif
#ifdef HEDDLE_TSAN
  __tsan_destroy_fiber(tsan_);
  tsan_ = __tsan_create_fiber(0);
#endif
  arm();
}

}  // namespace heddle::sched
