// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <heddle/heddle.hpp>

// Small programs whose true cause is known, and correct ones: what a diagnosis has to say about
// each. Where a file of programs is in a golden report, append to it, do not insert.
namespace corpus {

struct labelled {
  const char* name;
  void (*body)();
  heddle::failure_kind kind;
  const char* situation;  // a part of failure.situation is enough; empty: none
};
struct correct {
  const char* name;
  void (*body)();
};

[[nodiscard]] std::vector<labelled> lock_bugs();
[[nodiscard]] std::vector<labelled> condition_bugs();
[[nodiscard]] std::vector<labelled> data_bugs();
[[nodiscard]] std::vector<labelled> order_bugs();
[[nodiscard]] std::vector<labelled> other_bugs();
[[nodiscard]] std::vector<labelled> lock_free_bugs();
[[nodiscard]] std::vector<labelled> toolkit_bugs();
[[nodiscard]] std::vector<labelled> all_bugs();

[[nodiscard]] std::vector<correct> correct_locks();
[[nodiscard]] std::vector<correct> correct_conditions();
[[nodiscard]] std::vector<correct> correct_data();
[[nodiscard]] std::vector<correct> correct_lock_free();
[[nodiscard]] std::vector<correct> correct_toolkit();
[[nodiscard]] std::vector<correct> all_correct();

// Runs the functions as threads and joins them, in order.
template <class... Functions>
void together(Functions&&... functions) {
  std::vector<heddle::thread> threads;
  threads.reserve(sizeof...(functions));
  (threads.emplace_back(functions), ...);
  for (heddle::thread& one : threads) one.join();
}

// For the names of tests.
inline void PrintTo(const labelled& program, std::ostream* out) { *out << program.name; }
inline void PrintTo(const correct& program, std::ostream* out) { *out << program.name; }

}  // namespace corpus
