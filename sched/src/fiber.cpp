// SPDX-License-Identifier: MIT
#include "fiber.hpp"

#include <cxxabi.h>

#include <cstdint>
#include <cstring>

#include "fiber_switch.hpp"

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
