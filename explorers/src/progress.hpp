// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace heddle::explorers {

// One line on a terminal that says how far an exploration is, from its second second on. Silent
// where `descriptor` is no terminal.
class progress_line {
 public:
  using clock = std::chrono::steady_clock;
  explicit progress_line(int descriptor);
  ~progress_line();
  progress_line(const progress_line&) = delete;
  progress_line& operator=(const progress_line&) = delete;
  // `done`: the share of a search that will end by itself; 0: there is none.
  void update(std::string_view name, std::int64_t executions, std::int64_t of, double done,
              clock::time_point now);

 private:
  int descriptor_;
  bool terminal_;
  bool written_ = false;
  clock::time_point started_ = clock::now();
  clock::time_point next_;
};

}  // namespace heddle::explorers
