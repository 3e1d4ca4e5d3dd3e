// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <functional>
#include <stdexcept>

#include "heddle/explorers/depth_first.hpp"
#include "quiet_options.hpp"

namespace {

// The complaint about options changed by `spoil`; empty where there was none.
std::string complaint(const std::function<void(heddle::options&)>& spoil) {
  heddle::options how = quiet("random", 1);
  spoil(how);
  try {
    heddle::explore(how, [] {});
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return {};
}

void expect_names(const std::string& text, std::string_view field, std::string_view value) {
  EXPECT_NE(text.find(field), std::string::npos) << "\"" << text << "\" does not name " << field;
  EXPECT_NE(text.find(value), std::string::npos) << "\"" << text << "\" does not name " << value;
}

TEST(Options, AreAllValidByDefault) {
  heddle::options how;
  how.environment = false;
  how.executions = 1;
  EXPECT_NO_THROW(heddle::explore(how, [] {}));
}

TEST(Options, OfAnUnknownExplorerAreRefused) {
  expect_names(complaint([](auto& how) { how.explorer = "nonsense"; }), "explorer", "nonsense");
  expect_names(complaint([](auto& how) { how.explorer = ""; }), "explorer", "\"\"");
  expect_names(complaint([](auto& how) { how.explorer = "DFS"; }), "explorer", "DFS");
}

TEST(Options, BelowZeroAreRefused) {
  using std::chrono::seconds;
  expect_names(complaint([](auto& how) { how.executions = -5; }), "executions", "-5");
  expect_names(complaint([](auto& how) { how.time = seconds(-1); }), "time", "-1");
  expect_names(complaint([](auto& how) { how.steps = -1; }), "steps", "-1");
  expect_names(complaint([](auto& how) { how.threads = -7; }), "threads", "-7");
  expect_names(complaint([](auto& how) { how.early_timeouts = -2; }), "early_timeouts", "-2");
  expect_names(complaint([](auto& how) { how.rereads = -3; }), "rereads", "-3");
  expect_names(complaint([](auto& how) { how.preemptions = -6; }), "preemptions", "-6");
  expect_names(complaint([](auto& how) { how.stuck = seconds(-4); }), "stuck", "-4");
}

TEST(Options, WithoutRoomToRunAreRefused) {
  expect_names(complaint([](auto& how) { how.steps = 0; }), "steps", "0");
  expect_names(complaint([](auto& how) { how.threads = 0; }), "threads", "0");
  expect_names(complaint([](auto& how) { how.rereads = 0; }), "rereads", "0");
  expect_names(complaint([](auto& how) { how.stack_bytes = 100; }), "stack_bytes", "100");
}

TEST(Options, BeyondWhatCanBeHeldAreRefused) {
  expect_names(complaint([](auto& how) { how.steps = 5'000'000'000; }), "steps", "5000000000");
  expect_names(complaint([](auto& how) { how.threads = 1LL << 40; }), "threads", "1099511627776");
  expect_names(complaint([](auto& how) { how.early_timeouts = 1LL << 33; }), "early_timeouts",
               "8589934592");
  expect_names(complaint([](auto& how) { how.rereads = 1LL << 33; }), "rereads", "8589934592");
  expect_names(complaint([](auto& how) { how.stack_bytes = std::size_t{1} << 60; }), "stack_bytes",
               "11529");
  expect_names(complaint([](auto& how) { how.stack_bytes = ~std::size_t{0}; }), "stack_bytes",
               "-1");
}

TEST(Options, AreCheckedAlsoForAnExplorerOfOnesOwn) {
  heddle::options how = quiet();
  how.executions = -1;
  heddle::explorers::depth_first search;
  EXPECT_THROW(heddle::explore(how, search, [] {}), std::invalid_argument);
}

TEST(Options, AreCheckedBeforeTheBodyRuns) {
  bool ran = false;
  heddle::options how = quiet("nonsense");
  EXPECT_THROW(heddle::explore(how, [&] { ran = true; }), std::invalid_argument);
  EXPECT_FALSE(ran);
}

}  // namespace
