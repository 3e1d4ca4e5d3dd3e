// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <heddle/explorers/options.hpp>
#include <heddle/sched/engine.hpp>

// An exploration as a test of a framework for unit tests: what an adapter to any of them needs.
// Every file with tests includes an adapter, so what can be compiled once is not in headers.
namespace heddle::unit_test {

// What the framework is to be told.
struct result {
  enum class verdict : std::uint8_t { passed, failed, skipped };
  verdict what = verdict::passed;
  bool interrupted = false;  // by Ctrl-C: `text` has been printed, the program is to end
  std::string text;          // of a failure: the report, or why the options make no sense
};

// The test as its framework knows it.
struct identity {
  std::string_view name;          // in full: Suite.Name
  std::string_view rerun_option;  // of the test program, to run that test alone: "--gtest_filter="
};

// Told about the result, before a test ends: a name and a value.
using property_sink = void (*)(const char* name, const std::string& value);

// Explores `body`, the next of `tests_left` tests that share a time limit. Throws nothing.
[[nodiscard]] result explore(const identity& test, options how, std::int64_t tests_left,
                             sched::body_ref body, property_sink property);

// Reruns a schedule file of HEDDLE_REMEMBER as a test of its own. It passes once the failure is
// mended; a schedule that cannot be read or does not fit any more is skipped, and says so.
[[nodiscard]] result rerun(const identity& test, options how, const std::string& file,
                           sched::body_ref body);

// Calls visit(context, label, file) for each schedule that HEDDLE_REMEMBER holds of a test; the
// label tells it apart from the others.
void for_each_remembered(std::string_view test,
                         void (*visit)(void* context, const std::string& label,
                                       const std::string& file),
                         void* context);

// Places outlive results: a report keeps pointers to the few file names there are. Null for null.
[[nodiscard]] const char* interned(const char* file);

}  // namespace heddle::unit_test
