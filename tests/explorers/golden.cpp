// SPDX-License-Identifier: MIT
#include "golden.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>

#include "scratch_directory.hpp"

namespace {

namespace fs = std::filesystem;

// The root of the sources. __FILE__ does not tell: it is relative to the root on purpose. The build
// directory knows where it came from.
fs::path source_directory() {
#ifdef HEDDLE_SOURCE_DIR
  return HEDDLE_SOURCE_DIR;
#else
  for (fs::path at = HEDDLE_PROGRAM_DIR; at.has_relative_path(); at = at.parent_path()) {
    std::ifstream cache(at / "CMakeCache.txt");
    for (std::string line; std::getline(cache, line);) {
      const std::string key = "heddle_SOURCE_DIR:STATIC=";
      if (line.starts_with(key)) return line.substr(key.size());
    }
  }
  return {};
#endif
}

}  // namespace

void expect_golden(const std::string& name, const std::string& actual) {
  const fs::path root = source_directory();
  ASSERT_FALSE(root.empty()) << "where are the sources?";
  const fs::path path = root / "tests" / "golden" / (name + ".txt");
  if (const char* update = std::getenv("HEDDLE_UPDATE_GOLDEN");
      update != nullptr && *update != '\0') {
    std::ofstream(path, std::ios::binary) << actual;
    return;
  }
  ASSERT_TRUE(fs::exists(path)) << path << " is missing; make it with HEDDLE_UPDATE_GOLDEN=1\n"
                                << actual;
  EXPECT_EQ(actual, text_of_file(path.string()))
      << "if the new text is better, run again with HEDDLE_UPDATE_GOLDEN=1";
}

void stand_at_the_source_root() { fs::current_path(source_directory()); }

std::string without_times(std::string text) {
  return std::regex_replace(text, std::regex(" in [0-9]+\\.[0-9]+ s"), " in N s");
}
