// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "heddle/sched/schedule.hpp"

namespace heddle::explorers {

// A schedule on disk: the token, and every choice in words, so that a divergence can name what was
// expected. Plain text; docs/schedules.md describes it.
struct schedule_file {
  std::string test;
  std::string cause;
  std::string token;
  std::vector<std::string> choices;

  // Writes it below `directory` (made if need be) under a name made of the test and the token.
  // Returns the path; throws std::runtime_error.
  [[nodiscard]] std::string write(const std::string& directory) const;
  // Throws std::invalid_argument where the file cannot be read or is none of ours.
  [[nodiscard]] static schedule_file read(const std::string& path);
};

// Where the schedule of `token` is or would be written below `directory`.
[[nodiscard]] std::string schedule_path(const std::string& directory, std::string_view test,
                                        std::string_view token);

// A token longer than this goes to a file, and the command line names the file.
inline constexpr std::size_t longest_inline_token = 2'000;

// Is this the path of a file rather than a token?
[[nodiscard]] bool names_file(std::string_view token) noexcept;

}  // namespace heddle::explorers
