// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace heddle {

// An estimate, and the interval that holds the true value in 95 of 100 explorations.
struct estimate {
  double low = 0;
  double value = 0;
  double high = 0;
};

// Executions that one explorer has drawn at random, independently of each other.
struct draws {
  std::string explorer;
  std::int64_t executions = 0;
  std::uint64_t distinct = 0;  // classes of executions among them
  // That the next one is of a class that none of them was of (Good and Turing).
  estimate chance_of_new;
};

// What an exploration tells about the executions of a body, beside the outcomes. The numbers of
// executions count what a depth-first search would explore: every choice, every candidate.
struct statistics {
  std::vector<std::uint64_t> preemptions;  // [k]: executions with k preemptions
  std::vector<std::uint64_t> choices;      // [k]: with fewer than 2^k choices, but not than 2^(k-1)
  std::uint32_t most_choices = 0;          // in one execution
  std::vector<draws> drawn;                // by explorer
  // How many executions there are, as a power of ten; where enough of them were drawn.
  std::optional<estimate> size;
  // Of an exhaustive search that has not finished: the share of it that was done, roughly, and how
  // long the rest would take. 0: there was none.
  double searched = 0;
  std::chrono::nanoseconds to_finish{};
};

}  // namespace heddle
