// SPDX-License-Identifier: MIT
// What a body prints is shown for the final run only.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "quiet_options.hpp"

namespace {

std::size_t times(const std::string& text, std::string_view what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) {
    ++count;
  }
  return count;
}

TEST(Capture, KeepsTheOutputOfTheFinalRunOnly) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const heddle::report result = heddle::explore(quiet("dfs"), [] {
    const std::uint32_t drawn = heddle::choose(3'000);
    std::printf("drawn %u.\n", drawn);
    heddle::check(drawn != 2'999);
  });
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(result.executions, 3'000);
  ASSERT_TRUE(result.failure);
  EXPECT_EQ(result.failure->output, "drawn 2999.\n");
  EXPECT_EQ(times(result.text(), "drawn"), 1u) << result.text();
}

TEST(Capture, TakesEveryWayToPrint) {
  const heddle::report result = heddle::explore(quiet(), [] {
    std::printf("printf\n");
    std::cout << "cout\n";
    std::fprintf(stderr, "stderr\n");
    std::cerr << "cerr\n";
    std::clog << "clog\n";
    std::fflush(nullptr);
    std::cout.flush();
    (void)!::write(1, "write\n", 6);
    heddle::check(false);
  });
  for (const char* word : {"printf", "cout", "stderr", "cerr", "clog", "write"}) {
    EXPECT_EQ(times(result.failure.value().output, std::string(word) + "\n"), 1u) << word;
  }
}

TEST(Capture, KeepsTheOutputOfAReplay) {
  const auto body = [] {
    std::puts("hello from the body");
    heddle::check(heddle::choose(2) == 0);
  };
  const heddle::report found = heddle::explore(quiet(), body);
  const heddle::report again =
      heddle::replay(found.failure.value().schedule, body, quiet("replay"));
  EXPECT_EQ(again.failure.value().output, "hello from the body\n");
}

TEST(Capture, GivesTheTerminalBack) {
  heddle::explore(quiet(), [] { std::puts("hidden"); });
  testing::internal::CaptureStdout();
  std::puts("seen again");
  std::fflush(stdout);
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "seen again\n");
}

TEST(Capture, LosesNothingThatWasPrintedBefore) {
  testing::internal::CaptureStdout();
  std::printf("before ");
  heddle::explore(quiet(), [] { std::puts("hidden"); });
  std::printf("after");
  std::fflush(stdout);
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "before after");
}

TEST(Capture, CanBeTurnedOff) {
  heddle::options how = quiet("random", 3);
  how.capture = false;
  testing::internal::CaptureStdout();
  heddle::explore(how, [] { std::puts("seen"); });
  std::fflush(stdout);
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "seen\nseen\nseen\n");
}

TEST(Capture, CutsEndlessOutput) {
  const heddle::report result = heddle::explore(quiet(), [] {
    for (int i = 0; i < 100'000; ++i) std::puts("0123456789");
    heddle::check(false);
  });
  EXPECT_GT(result.failure.value().output.size(), 1'000u);
  EXPECT_LT(result.failure->output.size(), 200'000u);
}

TEST(Capture, LeavesNoDescriptorsOpen) {
  const auto next_free = [] {
    const int fd = ::dup(0);
    ::close(fd);
    return fd;
  };
  heddle::explore(quiet(), [] {});
  const int before = next_free();
  for (int i = 0; i < 20; ++i) heddle::explore(quiet(), [] { heddle::check(false); });
  EXPECT_EQ(next_free(), before);
}

}  // namespace
