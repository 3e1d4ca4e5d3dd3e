// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <heddle/heddle.hpp>
#include <string>
#include <utility>

namespace bugs {

// An int that threads use without any synchronisation.
using racy = heddle::var<int>;

// Not one step: somebody may come between.
inline void increment(racy& value) { value.store(value.load() + 1); }

enum class starts { invisible, visible };

// Threads that are joined together. On the stack, so that an execution that is dropped in a
// deadlock leaks nothing. Heddle takes no scheduling points for creating and starting threads,
// since these commute with everything; `starts::visible` adds them.
template <std::size_t Size, starts Starts = starts::invisible>
class team {
 public:
  team() = default;
  ~team() { join(); }
  team(const team&) = delete;
  team& operator=(const team&) = delete;

  template <class Function>
  void start(Function work) {
    if constexpr (Starts == starts::visible) {
      const std::string name = std::to_string(started_);
      heddle::point("create " + name);
      members_[started_++] = heddle::thread([work, name] {
        heddle::point("start " + name);
        work();
      });
    } else {
      members_[started_++] = heddle::thread(std::move(work));
    }
  }
  template <class Function>
  void start(std::size_t copies, const Function& work) {
    for (std::size_t i = 0; i < copies; ++i) start(work);
  }
  void join() {
    for (heddle::thread& at : members_) {
      if (at.joinable()) at.join();
    }
  }

 private:
  std::array<heddle::thread, Size> members_;
  std::size_t started_ = 0;
};

}  // namespace bugs
