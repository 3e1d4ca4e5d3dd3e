// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <type_traits>
#include <utility>

#include <heddle/gtest/outcomes.hpp>
#include <heddle/heddle.hpp>

// GoogleTest: tests whose bodies are explored.
//
//   HEDDLE_TEST(Bank, KeepsItsMoney) { ... }
//   HEDDLE_TEST(Bank, KeepsItsMoney, {.executions = 1'000}) { ... }
//   HEDDLE_TEST_F(BankFixture, KeepsItsMoney) { ... }
//
// The body runs once per execution, on thread T0, and so do the fixture's constructor, SetUp and
// TearDown. EXPECT_* and ASSERT_* work in every thread of the test: an EXPECT goes on, a fatal
// failure ends its thread. An exploration makes at most one GoogleTest failure: the report of its
// first failing execution, with the command that reruns it. GTEST_SKIP() in the body ends the
// exploration. Inside the body SCOPED_TRACE is unreliable where threads interleave, and
// HasFailure() sees nothing: failures are collected until the end.
namespace heddle::gtest {

// Takes GoogleTest's results while an exploration runs on this OS thread.
class interceptor final : public ::testing::ScopedFakeTestPartResultReporter {
 public:
  interceptor() : ScopedFakeTestPartResultReporter(INTERCEPT_ONLY_CURRENT_THREAD, nullptr) {}

  void ReportTestPartResult(const ::testing::TestPartResult& part) override {
    if (part.skipped()) {
      skipped_ = part.message();
      sched::skip(part.message());
      sched::end_thread();  // a skip in SetUp must not go on to the body
    } else if (part.failed()) {
      const int line = part.line_number();
      const location where{interned(part.file_name()),
                           line > 0 ? static_cast<std::uint32_t>(line) : 0u};
      sched::report(failure_kind::failed_check, part.message(), where);
      if (part.fatally_failed()) sched::end_thread();
    }
  }
  [[nodiscard]] const std::string& skip_message() const noexcept { return skipped_; }

 private:
  // Places outlive results: a report keeps pointers to the few file names there are.
  static const char* interned(const char* file) {
    static std::set<std::string> files;
    return file == nullptr ? nullptr : files.emplace(file).first->c_str();
  }
  std::string skipped_;
};

struct end_of_arguments {};
inline options make_options(end_of_arguments) { return {}; }
inline options make_options(options given, end_of_arguments) { return given; }

// Tests of this program that have not ended, the running one among them.
inline int tests_left() {
  const ::testing::UnitTest& all = *::testing::UnitTest::GetInstance();
  return all.test_to_run_count() - all.successful_test_count() - all.failed_test_count() -
         all.skipped_test_count();
}

// Explores `body` as the GoogleTest that is running, and turns the report into its result.
template <class Body>
void explore_test(options how, Body&& body) {
  const ::testing::TestInfo* const test = ::testing::UnitTest::GetInstance()->current_test_info();
  const std::string name = std::string(test->test_suite_name()) + "." + test->name();
  if (how.name.empty()) how.name = name;
  if (how.rerun.empty()) how.rerun = detail::rerun_as("--gtest_filter=" + name);
  report result;
  std::string skipped;
  try {
    interceptor take;
    share_total_time(how, tests_left());
    result = explore(how, body);
    skipped = take.skip_message();
  } catch (const std::exception& error) {
    GTEST_MESSAGE_AT_(test->file(), test->line(), error.what(),
                      ::testing::TestPartResult::kFatalFailure);
    return;
  }
  if (result.interrupted) {
    // Whoever interrupts a test means the program: it ends as it would have, after a last word.
    std::fprintf(stderr, "%s\n", result.text().c_str());
    std::raise(SIGINT);
  }
  ::testing::Test::RecordProperty("heddle_executions", std::to_string(result.executions));
  ::testing::Test::RecordProperty("heddle_explorer", result.explorer);
  ::testing::Test::RecordProperty("heddle_coverage", std::string(to_string(result.coverage)));
  ::testing::Test::RecordProperty("heddle_distinct", std::to_string(result.distinct));
  if (const auto& size = result.statistics.size) {
    ::testing::Test::RecordProperty("heddle_size", "10^" + std::to_string(size->value));
  }
  for (const draws& by : result.statistics.drawn) {
    ::testing::Test::RecordProperty("heddle_chance_of_new_" + by.explorer,
                                    std::to_string(by.chance_of_new.value));
  }
  if (result.failure) {
    ::testing::Test::RecordProperty("heddle_verdict", std::string(to_string(result.failure->kind)));
    ::testing::Test::RecordProperty("heddle_schedule", result.failure->schedule);
    GTEST_MESSAGE_AT_(test->file(), test->line(), result.text().c_str(),
                      ::testing::TestPartResult::kFatalFailure);
  } else if (result.skipped) {
    GTEST_SKIP() << skipped;
  } else {
    ::testing::Test::RecordProperty("heddle_verdict", "passed");
  }
}

// A test without a fixture: its body is a static function, so that an execution makes no object.
template <class Explored>
class function_test final : public ::testing::Test {
 public:
  static void execute() { Explored::heddle_body(); }
  static options how() { return Explored::heddle_options(); }

 private:
  void TestBody() override { explore_test(how(), &execute); }
};

// A test with a fixture, which is made anew in every execution.
template <class Explored>
class fixture_test final : public ::testing::Test {
 public:
  static void execute() {
    Explored test;
    test.heddle_run();
  }
  static options how() { return Explored::heddle_options(); }

 private:
  void TestBody() override { explore_test(how(), &execute); }
};

// A schedule that HEDDLE_REMEMBER holds of `Explored`, as a test of its own. It passes once the
// failure is mended; a schedule that cannot be read or does not fit any more is skipped, and says
// so.
template <class Explored>
class regression_test final : public ::testing::Test {
 public:
  regression_test(std::string of, std::string file) : of_(std::move(of)), file_(std::move(file)) {}

 private:
  void TestBody() override {
    options how = Explored::how();
    how.name = of_;
    if (how.rerun.empty()) how.rerun = detail::rerun_as("--gtest_filter=" + of_);
    report result;
    {
      interceptor take;
      result = recall(file_, &Explored::execute, how);
    }
    if (result.failure) {
      GTEST_FAIL() << result.text();
    } else if (result.remembered.front().now != remembered::state::fixed) {
      GTEST_SKIP() << file_ << ": " << result.remembered.front().why;
    }
  }
  std::string of_;
  std::string file_;
};

template <class Explored>
class regression_factory final : public ::testing::internal::TestFactoryBase {
 public:
  regression_factory(std::string of, std::string file)
      : of_(std::move(of)), file_(std::move(file)) {}
  ::testing::Test* CreateTest() override { return new regression_test<Explored>(of_, file_); }

 private:
  std::string of_;
  std::string file_;
};

// As GoogleTest does it, and one more for each schedule that is remembered: Suite.Name/<schedule>.
template <class Test, class Fixture>
const ::testing::TestInfo* register_test(const char* suite, const char* name, const char* file,
                                         int line) {
  using namespace ::testing::internal;
  const auto add = [&](const std::string& label, TestFactoryBase* factory) {
    return MakeAndRegisterTestInfo(
        suite, label.c_str(), nullptr, nullptr, CodeLocation(file, line), GetTypeId<Fixture>(),
        SuiteApiResolver<Fixture>::GetSetUpCaseOrSuite(file, line),
        SuiteApiResolver<Fixture>::GetTearDownCaseOrSuite(file, line), factory);
  };
  const std::string full = std::string(suite) + "." + name;
  const char* directory = std::getenv("HEDDLE_REMEMBER");
  for (const std::string& schedule :
       remembered_schedules(directory == nullptr ? "" : directory, full)) {
    const std::size_t begin = schedule.rfind('-') + 1;
    add(std::string(name) + "/" + schedule.substr(begin, schedule.rfind('.') - begin),
        new regression_factory<Test>(full, schedule));
  }
  return add(name, new TestFactoryImpl<Test>);
}

}  // namespace heddle::gtest

// HEDDLE_TEST(Suite, Name) or HEDDLE_TEST(Suite, Name, options)
#define HEDDLE_TEST(suite, ...)                                  \
  HEDDLE_DETAIL_TEST(suite, HEDDLE_DETAIL_FIRST(__VA_ARGS__, ~), \
                     HEDDLE_DETAIL_REST(__VA_ARGS__, ::heddle::gtest::end_of_arguments{}))

// HEDDLE_TEST_F(Fixture, Name) or HEDDLE_TEST_F(Fixture, Name, options)
#define HEDDLE_TEST_F(fixture, ...)                                  \
  HEDDLE_DETAIL_TEST_F(fixture, HEDDLE_DETAIL_FIRST(__VA_ARGS__, ~), \
                       HEDDLE_DETAIL_REST(__VA_ARGS__, ::heddle::gtest::end_of_arguments{}))

#define HEDDLE_DETAIL_FIRST(first, ...) first
#define HEDDLE_DETAIL_REST(first, ...) __VA_ARGS__
#define HEDDLE_DETAIL_TEST(...) HEDDLE_DETAIL_DEFINE_TEST(__VA_ARGS__)
#define HEDDLE_DETAIL_TEST_F(...) HEDDLE_DETAIL_DEFINE_TEST_F(__VA_ARGS__)

#define HEDDLE_DETAIL_DEFINE_TEST(suite, name, ...)                                         \
  class suite##_##name##_Test : public ::testing::Test {                                    \
   public:                                                                                  \
    static void heddle_body();                                                              \
    static ::heddle::options heddle_options() {                                             \
      return ::heddle::gtest::make_options(__VA_ARGS__);                                    \
    }                                                                                       \
    void TestBody() override {}                                                             \
    static const ::testing::TestInfo* const heddle_info;                                    \
  };                                                                                        \
  const ::testing::TestInfo* const suite##_##name##_Test::heddle_info =                     \
      ::heddle::gtest::register_test<::heddle::gtest::function_test<suite##_##name##_Test>, \
                                     ::testing::Test>(#suite, #name, __FILE__, __LINE__);   \
  void suite##_##name##_Test::heddle_body()

#define HEDDLE_DETAIL_DEFINE_TEST_F(fixture, name, ...)                                      \
  class fixture##_##name##_Test : public fixture {                                           \
   public:                                                                                   \
    void TestBody() override;                                                                \
    void heddle_run() {                                                                      \
      try {                                                                                  \
        this->SetUp();                                                                       \
        this->TestBody();                                                                    \
      } catch (...) {                                                                        \
        this->TearDown();                                                                    \
        throw;                                                                               \
      }                                                                                      \
      this->TearDown();                                                                      \
    }                                                                                        \
    static ::heddle::options heddle_options() {                                              \
      return ::heddle::gtest::make_options(__VA_ARGS__);                                     \
    }                                                                                        \
    static const ::testing::TestInfo* const heddle_info;                                     \
  };                                                                                         \
  const ::testing::TestInfo* const fixture##_##name##_Test::heddle_info =                    \
      ::heddle::gtest::register_test<::heddle::gtest::fixture_test<fixture##_##name##_Test>, \
                                     fixture>(#fixture, #name, __FILE__, __LINE__);          \
  void fixture##_##name##_Test::TestBody()
