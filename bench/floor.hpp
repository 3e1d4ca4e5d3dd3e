// SPDX-License-Identifier: MIT
#pragma once

#include <boost/context/detail/fcontext.hpp>
#include <cstdint>
#include <memory>
#include <vector>

#include "heddle/explorers/prng.hpp"

namespace heddle::bench {

// The least that any tester of this kind must do: fibers re-made on owned stacks for each
// execution, a uniformly random pick before each operation, a direct jump to the picked fiber and
// none when it picks itself. No memory model, no pending operations, no races, no trace, no safety.
// What Heddle costs is quoted as a multiple of this, measured in the same run.
class bare_fibers {
 public:
  using body = void (*)(bare_fibers& on, unsigned thread);

  // Runs `count` threads to their end.
  void run(unsigned count, body work, std::uint64_t seed) {
    namespace context = boost::context::detail;
    random_ = explorers::prng(seed);
    work_ = work;
    while (stacks_.size() < count) {
      stacks_.push_back(std::make_unique<char[]>(stack_bytes));
      contexts_.push_back(nullptr);
      live_.push_back(0);
    }
    for (unsigned i = 0; i < count; ++i) {
      contexts_[i] =
          context::make_fcontext(stacks_[i].get() + stack_bytes, stack_bytes, &bare_fibers::start);
      live_[i] = i;
    }
    live_count_ = count;
    current_ = live_[random_.below(count)];
    leaving_ = &main_;
    context::transfer_t back = context::jump_fcontext(contexts_[current_], this);
    *leaving_ = back.fctx;
  }

  // Before each operation: anyone may go on.
  void point() {
    const unsigned next = live_[random_.below(live_count_)];
    if (next == current_) return;
    jump(next);
  }

 private:
  static constexpr std::size_t stack_bytes = 16 * 1024;
  void jump(unsigned next) {
    leaving_ = &contexts_[current_];
    current_ = next;
    const boost::context::detail::transfer_t back =
        boost::context::detail::jump_fcontext(contexts_[next], this);
    *leaving_ = back.fctx;
  }
  static void start(boost::context::detail::transfer_t from) {
    auto& self = *static_cast<bare_fibers*>(from.data);
    *self.leaving_ = from.fctx;
    const unsigned me = self.current_;
    self.work_(self, me);
    for (unsigned i = 0; i < self.live_count_; ++i) {
      if (self.live_[i] == me) {
        self.live_[i] = self.live_[--self.live_count_];
        break;
      }
    }
    self.leaving_ = &self.contexts_[me];
    if (self.live_count_ == 0) {
      boost::context::detail::jump_fcontext(self.main_, &self);
    }
    self.current_ = self.live_[self.random_.below(self.live_count_)];
    boost::context::detail::jump_fcontext(self.contexts_[self.current_], &self);
  }

  explorers::prng random_{0};
  body work_ = nullptr;
  std::vector<std::unique_ptr<char[]>> stacks_;
  std::vector<void*> contexts_;
  std::vector<unsigned> live_;
  unsigned live_count_ = 0;
  unsigned current_ = 0;
  void* main_ = nullptr;
  void** leaving_ = nullptr;
};

}  // namespace heddle::bench
