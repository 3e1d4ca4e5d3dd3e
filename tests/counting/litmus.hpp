// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace counting {

// A litmus test in the notation of the literature, as something that can be run:
//
//   W x 1; a=R y || FADD y 1; IF r0==0; W x r0+1; F
//
// Threads are separated by ||, operations by ;. R, FADD, XCHG and CAS <object> <expected> <desired>
// put the value found into the next of the registers r0, r1, .. of the thread, or into the one that
// is named. IF ends the thread unless the condition holds, ASM blocks the execution. F is a
// fence, an operation that depends on nothing where all accesses are sequentially consistent.
class litmus_test {
 public:
  explicit litmus_test(std::string_view text);
  // The same threads, created in another order: `first` before all others, and these in turn.
  [[nodiscard]] litmus_test rotated(std::size_t first) const;
  [[nodiscard]] litmus_test reversed() const;
  [[nodiscard]] std::size_t size() const noexcept { return threads_.size(); }
  // The body: T1.. run the threads, and nobody joins them.
  void run() const;

 private:
  struct term {  // a register plus a number, or a number
    int reg = -1;
    int number = 0;
  };
  struct condition {
    term left;
    char compare = '!';  // ! (not zero) = < >
    int right = 0;
  };
  struct operation {
    enum class kind { write, read, add, exchange, cas, fence, go_on, asm_ };
    kind what = kind::fence;
    int object = 0;
    int reg = -1;  // where a result goes
    term value;
    int expected = 0;
    std::vector<condition> any;  // one of these must hold
  };
  using thread = std::vector<operation>;
  struct parser;
  friend struct parser;
  static bool holds(const operation& of, const std::vector<int>& registers);

  std::vector<thread> threads_;
  int objects_ = 0;
};

}  // namespace counting
