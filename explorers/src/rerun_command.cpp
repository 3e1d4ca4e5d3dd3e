// SPDX-License-Identifier: MIT
#include "rerun_command.hpp"

#include <filesystem>
#include <fstream>

#include "heddle/explorers/explore.hpp"

namespace heddle::explorers {

std::string shell_quoted(std::string_view word) {
  const auto harmless = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_-+=./:,@%").find(c) != std::string_view::npos;
  };
  bool plain = !word.empty();
  for (const char c : word) plain = plain && harmless(c);
  if (plain) return std::string(word);
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string this_program() {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) return "<this program>";
  const fs::path near = fs::proximate(program, error);
  if (error || near.empty() || near.begin()->string() == "..")
    return shell_quoted(program.string());
  return shell_quoted("./" + near.string());
}

std::string this_command() {
  std::string command = this_program();
  std::ifstream arguments("/proc/self/cmdline", std::ios::binary);
  std::string word;
  std::getline(arguments, word, '\0');  // the program
  while (std::getline(arguments, word, '\0')) command += " " + shell_quoted(word);
  return command;
}

}  // namespace heddle::explorers

namespace heddle::detail {

std::string rerun_as(std::string_view arguments) {
  return explorers::this_program() + " " + explorers::shell_quoted(arguments);
}

}  // namespace heddle::detail
