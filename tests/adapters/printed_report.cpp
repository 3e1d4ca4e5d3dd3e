// SPDX-License-Identifier: MIT
#include "printed_report.hpp"

#include <cstdlib>

std::string replay_line(const std::string& output) {
  const std::size_t at = output.find("HEDDLE_REPLAY=");
  return at == std::string::npos ? std::string() : output.substr(at, output.find('\n', at) - at);
}

std::string token_of(const std::string& replay_line) {
  const std::size_t begin = replay_line.find('=') + 1;
  return replay_line.substr(begin, replay_line.find(' ', begin) - begin);
}

std::string thread_columns(const std::string& output) {
  const std::size_t at = output.find("\n  step  ");
  return at == std::string::npos ? std::string() : output.substr(at, output.find("\n\n", at) - at);
}

long executions_of(const std::string& output) {
  const std::size_t end = output.find(" execution", output.find("explored by"));
  if (end == std::string::npos) return -1;
  const std::size_t begin = output.rfind(' ', end - 1);
  return std::strtol(output.c_str() + begin, nullptr, 10);
}
