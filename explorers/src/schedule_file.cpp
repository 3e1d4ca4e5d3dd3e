// SPDX-License-Identifier: MIT
#include "schedule_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace heddle::explorers {

namespace {
constexpr std::string_view first_line = "# Heddle schedule, version 1";
constexpr std::string_view suffix = ".schedule";
}  // namespace

bool names_file(std::string_view token) noexcept { return token.ends_with(suffix); }

std::string schedule_path(const std::string& directory, std::string_view test,
                          std::string_view token) {
  std::string name;
  for (const char c : test.empty() ? std::string_view("body") : test) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '.' || c == '_' || c == '-';
    name += plain ? c : '_';
  }
  // The token ends in its checksum.
  const std::string_view mark = token.substr(token.size() < 4 ? 0 : token.size() - 4);
  const auto hash = sched::hash_name(token);
  return (std::filesystem::path(directory) / fmt::format("{}-{:08x}{}{}", name, hash, mark, suffix))
      .string();
}

std::string schedule_file::write(const std::string& directory) const {
  const std::string path = schedule_path(directory, test, token);
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  std::ofstream out(path);
  std::string cause_in_one_line = cause;  // its lines must not be taken for the ones that follow
  std::replace(cause_in_one_line.begin(), cause_in_one_line.end(), '\n', ' ');
  out << first_line << "\ntest: " << test << "\ncause: " << cause_in_one_line
      << "\ntoken: " << token << "\nchoices:\n";
  for (const std::string& choice : choices) out << choice << "\n";
  out.close();
  if (!out) {
    throw std::runtime_error("heddle: cannot write the schedule file " + path +
                             "; set HEDDLE_OUT to a directory that can be written");
  }
  return path;
}

schedule_file schedule_file::read(const std::string& path) {
  std::ifstream in(path);
  std::string line;
  if (!std::getline(in, line)) {
    throw std::invalid_argument("heddle: cannot read the schedule file " + path);
  }
  if (line != first_line) {
    throw std::invalid_argument("heddle: " + path + " is not a schedule file of this version");
  }
  schedule_file result;
  const auto value_of = [&line](std::string_view key) {
    return line.starts_with(key) ? line.substr(key.size()) : std::string();
  };
  bool in_choices = false;
  while (std::getline(in, line)) {
    if (in_choices) {
      result.choices.push_back(line);
    } else if (line == "choices:") {
      in_choices = true;
    } else if (auto test = value_of("test: "); !test.empty()) {
      result.test = test;
    } else if (auto cause = value_of("cause: "); !cause.empty()) {
      result.cause = cause;
    } else if (auto token = value_of("token: "); !token.empty()) {
      result.token = token;
    }
  }
  if (result.token.empty()) {
    throw std::invalid_argument("heddle: the schedule file " + path + " has no token");
  }
  return result;
}

}  // namespace heddle::explorers
