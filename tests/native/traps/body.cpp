// SPDX-License-Identifier: MIT
// A program that explores something and says how that went. It is compiled or linked in ways that
// do not work, of which the tests expect to be told: see CMakeLists.txt.
#include <cstdio>
#include <exception>
#include <thread>

#include <heddle/heddle.hpp>

int main() {
  try {
    const heddle::report result = heddle::explore({}, [] {
      int count = 0;
      std::thread other([&] { ++count; });
      ++count;
      other.join();
    });
    std::printf("explored: %s\n", result.passed() ? "passed" : "failed");
  } catch (const std::exception& problem) {
    std::printf("not explored: %s\n", problem.what());
  }
}
