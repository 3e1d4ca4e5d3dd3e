// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <thread>

#include "heddle/heddle.hpp"

// A thread that does not come back, or crashes: the report says in which call, and where that was
// made.
namespace {

using heddle::explore;
using heddle::failure_kind;
using heddle::options;
using heddle::report;

options impatient() {
  options how;
  how.stuck = std::chrono::seconds(1);
  how.minimise = 0;
  how.predict = false;
  return how;
}

int read_one(int from) {
  char got = 0;
  return static_cast<int>(::read(from, &got, 1));
}
constexpr unsigned read_line = __LINE__ - 2;

TEST(NativeInterrupted, InACallThatIsNotUnderControl) {
  const report result = explore(impatient(), [] {
    int ends[2];
    if (::pipe(ends) != 0) return;
    std::thread reader([&] { read_one(ends[0]); });
    reader.join();
  });
  ASSERT_TRUE(result.failure.has_value());
  EXPECT_EQ(result.failure->kind, failure_kind::limit);
  const std::string& message = result.failure->message;
  EXPECT_NE(message.find("in read(), called at interrupted_test.cpp:" + std::to_string(read_line)),
            std::string::npos)
      << message;
}

void spin(const volatile int& flag) {
  while (flag == 0) {
  }
}
constexpr unsigned spin_line = __LINE__ - 3;

TEST(NativeInterrupted, InAnEndlessLoop) {
  options how = impatient();
  how.races = heddle::races::off;
  const report result = explore(how, [] {
    const volatile int never = 0;
    std::thread other([&] { spin(never); });
    other.join();
  });
  ASSERT_TRUE(result.failure.has_value());
  EXPECT_EQ(result.failure->kind, failure_kind::limit);
  const std::string& message = result.failure->message;
  const std::string here = "at interrupted_test.cpp:";
  EXPECT_TRUE(message.find(here + std::to_string(spin_line)) != std::string::npos ||
              message.find(here + std::to_string(spin_line + 1)) != std::string::npos)
      << message;
}

void write_to(volatile int* where) { *where = 1; }
constexpr unsigned write_line = __LINE__ - 1;

TEST(NativeInterrupted, ByAnInvalidAccess) {
  const report result = explore(impatient(), [] {
    int* volatile nowhere = nullptr;
    std::thread other([&] { write_to(nowhere); });
    other.join();
  });
  ASSERT_TRUE(result.failure.has_value());
  EXPECT_EQ(result.failure->kind, failure_kind::crash);
  EXPECT_NE(result.failure->message.find("interrupted_test.cpp:" + std::to_string(write_line)),
            std::string::npos)
      << result.failure->message;
}

TEST(NativeInterrupted, ByAbort) {
  const unsigned line = __LINE__ + 2;
  const report result = explore(impatient(), [] {
    std::thread other([] { std::abort(); });
    other.join();
  });
  ASSERT_TRUE(result.failure.has_value());
  EXPECT_EQ(result.failure->kind, failure_kind::crash);
  EXPECT_NE(result.failure->message.find("in abort(), called at interrupted_test.cpp:" +
                                         std::to_string(line)),
            std::string::npos)
      << result.failure->message;
}

}  // namespace
