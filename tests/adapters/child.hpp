// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

// Programs run by a shell, with what they printed and how they ended.
struct finished {
  int exit_code = -1;  // 124: it hung and was killed; above 128: it died of a signal
  std::string output;  // stdout and stderr
};

// Runs `command` with sh -c, in `directory`.
finished shell(const std::string& command, const std::string& directory = "/");

// The path of a program of tests/adapters/programs, and of an example.
std::string program(const std::string& name);
std::string example(const std::string& name);
std::vector<std::string> all_examples();  // their paths

// The full names of the tests of a program that match a filter of GoogleTest.
std::vector<std::string> tests_of(const std::string& path, const std::string& filter);

std::size_t times(const std::string& text, const std::string& what);
