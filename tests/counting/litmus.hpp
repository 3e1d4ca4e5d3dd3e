// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/litmus_program.hpp"

namespace counting {

// A litmus test as something that can be run, all accesses sequentially consistent:
//
//   W x 1; a=R y || FADD y 1; IF r0==0; W x r0+1; F
//
// F is a fence, an operation that depends on nothing there.
class litmus_test {
 public:
  explicit litmus_test(std::string_view text);
  // The same threads, created in another order: `first` before all others, and these in turn.
  [[nodiscard]] litmus_test rotated(std::size_t first) const;
  [[nodiscard]] litmus_test reversed() const;
  [[nodiscard]] std::size_t size() const noexcept { return of_.threads.size(); }
  // The body: T1.. run the threads, and nobody joins them.
  void run() const;

 private:
  litmus::program of_;
};

}  // namespace counting
