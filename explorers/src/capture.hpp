// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace heddle::explorers {

// Redirects the process's stdout and stderr, file descriptors and all, away from the terminal while
// it exists: thousands of executions must not print thousands of times. Sanitizers keep writing to
// the real stderr. Without `enabled` it does nothing.
class output_capture {
 public:
  explicit output_capture(bool enabled);
  ~output_capture();
  output_capture(const output_capture&) = delete;
  output_capture& operator=(const output_capture&) = delete;

  void keep_from_here();             // what is printed from now on is wanted
  [[nodiscard]] std::string kept();  // what was printed since, at most 64 KiB

  // Where to write while capturing: the real stderr.
  [[nodiscard]] int terminal() const noexcept { return enabled_ ? real_[1] : 2; }

 private:
  void redirect(int to);
  static void flush();
  bool enabled_;
  int real_[2] = {-1, -1};
  int sink_ = -1;   // /dev/null
  int store_ = -1;  // an unlinked file
};

}  // namespace heddle::explorers
