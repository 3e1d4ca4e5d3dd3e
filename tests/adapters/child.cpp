// SPDX-License-Identifier: MIT
#include "child.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <sstream>

finished shell(const std::string& command, const std::string& directory) {
  // Quoted for the outer shell, so that the inner one reads exactly what a person would paste.
  std::string quoted = "'";
  for (const char c : command) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  quoted += "'";
  const std::string line = "cd '" + directory + "' && timeout -k 5 60 sh -c " + quoted + " 2>&1";
  std::FILE* const pipe = ::popen(line.c_str(), "r");
  finished result;
  if (pipe == nullptr) return result;
  std::array<char, 4096> buffer;
  for (std::size_t size = 0; (size = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    result.output.append(buffer.data(), size);
  }
  const int status = ::pclose(pipe);
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

std::string program(const std::string& name) { return HEDDLE_PROGRAM_DIR "/program_" + name; }

std::string example(const std::string& name) { return HEDDLE_EXAMPLE_DIR "/example_" + name; }

std::vector<std::string> all_examples() {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(HEDDLE_EXAMPLE_DIR)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_regular_file() && name.starts_with("example_") && name.find('.') == name.npos) {
      paths.push_back(entry.path().string());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::vector<std::string> tests_of(const std::string& path, const std::string& filter) {
  std::vector<std::string> names;
  std::istringstream lines(
      shell(path + " --gtest_list_tests '--gtest_filter=" + filter + "'").output);
  std::string suite;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("  ")) {
      names.push_back(suite + line.substr(2));
    } else {
      suite = line;
    }
  }
  return names;
}

std::size_t times(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) {
    ++count;
  }
  return count;
}
