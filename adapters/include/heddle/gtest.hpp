// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <csignal>
#include <string>
#include <string_view>
#include <utility>

#include <heddle/explorers/unit_test.hpp>
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
      const location where{unit_test::interned(part.file_name()),
                           line > 0 ? static_cast<std::uint32_t>(line) : 0u};
      sched::report(failure_kind::failed_check, part.message(), where);
      if (part.fatally_failed()) sched::end_thread();
    }
  }
  [[nodiscard]] const std::string& skip_message() const noexcept { return skipped_; }

 private:
  std::string skipped_;
};

inline constexpr std::string_view rerun_option = "--gtest_filter=";

struct end_of_arguments {};
inline options make_options(end_of_arguments) { return {}; }
inline options make_options(options given, end_of_arguments) { return given; }

// Tests of this program that have not ended, the running one among them.
inline int tests_left() {
  const ::testing::UnitTest& all = *::testing::UnitTest::GetInstance();
  return all.test_to_run_count() - all.successful_test_count() - all.failed_test_count() -
         all.skipped_test_count();
}

inline void record_property(const char* name, const std::string& value) {
  ::testing::Test::RecordProperty(name, value);
}

// Turns what an exploration has found into the result of the GoogleTest that is running.
inline void conclude(const unit_test::result& found, const std::string& skipped) {
  if (found.interrupted) std::raise(SIGINT);  // as the program would have ended
  if (found.what == unit_test::result::verdict::failed) {
    const ::testing::TestInfo& test = *::testing::UnitTest::GetInstance()->current_test_info();
    GTEST_MESSAGE_AT_(test.file(), test.line(), found.text.c_str(),
                      ::testing::TestPartResult::kFatalFailure);
  } else if (found.what == unit_test::result::verdict::skipped) {
    GTEST_SKIP() << skipped;
  }
}

// Explores `body` as the GoogleTest that is running.
inline void explore_test(options (*how)(), void (*body)()) {
  const ::testing::TestInfo& test = *::testing::UnitTest::GetInstance()->current_test_info();
  const std::string name = std::string(test.test_suite_name()) + "." + test.name();
  unit_test::result found;
  std::string skipped;
  {
    interceptor take;
    found = unit_test::explore({name, rerun_option}, how(), tests_left(), detail::reference(*body),
                               &record_property);
    skipped = take.skip_message();
  }
  conclude(found, skipped);
}

// A schedule that HEDDLE_REMEMBER holds of the test `of`, as the GoogleTest that is running.
inline void rerun_test(const std::string& of, const std::string& file, options (*how)(),
                       void (*body)()) {
  unit_test::result found;
  {
    interceptor take;
    found = unit_test::rerun({of, rerun_option}, how(), file, detail::reference(*body));
  }
  conclude(found, found.text);
}

// A test without a fixture: its body is a static function, so that an execution makes no object.
template <class Explored>
class function_test final : public ::testing::Test {
 public:
  static void execute() { Explored::heddle_body(); }
  static options how() { return Explored::heddle_options(); }

 private:
  void TestBody() override { explore_test(&how, &execute); }
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
  void TestBody() override { explore_test(&how, &execute); }
};

// A schedule that is remembered, as a test of its own.
template <class Explored>
class regression_test final : public ::testing::Test {
 public:
  regression_test(std::string of, std::string file) : of_(std::move(of)), file_(std::move(file)) {}

 private:
  void TestBody() override { rerun_test(of_, file_, &Explored::how, &Explored::execute); }
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
  struct place {
    const char* suite;
    const char* name;
    const char* file;
    int line;
    std::string full;
    const ::testing::TestInfo* add(const char* label, TestFactoryBase* factory) const {
      return MakeAndRegisterTestInfo(
          suite, label, nullptr, nullptr, CodeLocation(file, line), GetTypeId<Fixture>(),
          SuiteApiResolver<Fixture>::GetSetUpCaseOrSuite(file, line),
          SuiteApiResolver<Fixture>::GetTearDownCaseOrSuite(file, line), factory);
    }
  };
  const place at{suite, name, file, line, std::string(suite) + "." + name};
  const auto add_remembered = [](void* context, const std::string& label, const std::string& from) {
    const place& test = *static_cast<const place*>(context);
    test.add((std::string(test.name) + "/" + label).c_str(),
             new regression_factory<Test>(test.full, from));
  };
  unit_test::for_each_remembered(at.full, add_remembered,
                                 const_cast<void*>(static_cast<const void*>(&at)));
  return at.add(name, new TestFactoryImpl<Test>);
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
