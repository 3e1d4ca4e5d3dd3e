// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>

namespace heddle::explorers {

// By how much the memory of the process has grown since this was made. Threads that can never go on
// are dropped without unwinding: what they had allocated stays, execution after execution. Where
// the system does not tell (there is no /proc/self/statm), it has not grown.
class memory_growth {
 public:
  memory_growth() : at_first_(resident_megabytes()) {}

  // In MB (10^6 bytes). Asks the system a hundred times a second at most.
  [[nodiscard]] std::int64_t megabytes(std::chrono::steady_clock::time_point now) {
    if (now >= next_) {
      next_ = now + std::chrono::milliseconds(10);
      known_ = resident_megabytes() - at_first_;
    }
    return known_;
  }

 private:
  [[nodiscard]] static std::int64_t resident_megabytes();
  std::int64_t at_first_;
  std::int64_t known_ = 0;
  std::chrono::steady_clock::time_point next_{};
};

}  // namespace heddle::explorers
