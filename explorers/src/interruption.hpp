// SPDX-License-Identifier: MIT
#pragma once

#include <signal.h>

namespace heddle::explorers {

// While it exists, the first Ctrl-C (SIGINT) asks the exploration to end after the execution that
// runs; the second one ends the process (if it comes some tenths of a second later). A program that
// handles SIGINT itself keeps its handler.
class interruption {
 public:
  interruption() noexcept;
  ~interruption();
  interruption(const interruption&) = delete;
  interruption& operator=(const interruption&) = delete;

  [[nodiscard]] static bool requested() noexcept;

 private:
  struct sigaction before_;
  bool installed_ = false;
};

}  // namespace heddle::explorers
