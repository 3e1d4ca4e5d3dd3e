// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace litmus {

enum class order { relaxed, acquire, release, acq_rel, seq_cst };
[[nodiscard]] inline bool acquires(order of) {
  return of == order::acquire || of == order::acq_rel || of == order::seq_cst;
}
[[nodiscard]] inline bool releases(order of) {
  return of == order::release || of == order::acq_rel || of == order::seq_cst;
}

struct term {  // a register plus a number, or a number
  int reg = -1;
  int number = 0;
  [[nodiscard]] int in(const std::vector<int>& registers) const {
    return number + (reg < 0 ? 0 : registers[static_cast<std::size_t>(reg)]);
  }
};

struct condition {
  term left;
  char compare = '!';  // ! (not zero) = < >
  int right = 0;
};

struct instruction {
  enum class kind { write, read, add, exchange, cas, fence, go_on, assume };
  kind what = kind::fence;
  int object = 0;
  int reg = -1;  // where a result goes
  term value;
  int expected = 0;
  order with = order::seq_cst;
  order on_failure = order::seq_cst;
  std::vector<condition> any;  // one of these must hold

  [[nodiscard]] bool holds(const std::vector<int>& registers) const;
};

// A litmus test in the notation of the literature:
//
//   W x 1 rlx; F sc; a=R y acq || FADD y 1 ar; IF r0==0; CAS x 0 1 ar rlx; W z r0+1 rel
//
// Threads are separated by ||, instructions by ;. What R, FADD, XCHG and CAS <object> <expected>
// <desired> find goes into the next of the registers r0, r1, .. of the thread, or the one that is
// named. IF ends the thread unless the condition holds, ASM blocks the execution. Orders: rlx acq
// rel ar sc; na, plain data, is taken for rlx. All objects start at 0.
struct program {
  // `otherwise`: the order where none is written; without it that is an error.
  explicit program(std::string_view text, std::optional<order> otherwise = {});
  program() = default;

  std::vector<std::vector<instruction>> threads;
  int objects = 0;
  static constexpr int registers = 16;

  // In the same notation, objects called x0, x1, ..
  [[nodiscard]] std::string text() const;
};

// What is compared: the values found, thread by thread, then the last values of the objects.
using outcome = std::vector<int>;

}  // namespace litmus
