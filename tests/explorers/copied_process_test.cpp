// SPDX-License-Identifier: MIT
// Work in a copy of the process: what it tells arrives, what happens to it does not matter.
#include "copied_process.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <csignal>
#include <vector>

namespace heddle::explorers {
namespace {

using messages = std::vector<std::string>;

messages heard_of(const std::function<void(const teller&)>& work,
                  std::chrono::nanoseconds time = std::chrono::seconds(20)) {
  messages heard;
  in_a_copy_of_the_process(time, work, [&](const std::string& one) { heard.push_back(one); });
  return heard;
}

TEST(CopiedProcess, TellsWhatItLikes) {
  const std::string large(300'000, 'x');
  EXPECT_EQ(heard_of([&](const teller& tell) {
              tell("one");
              tell("");
              tell(large);
            }),
            (messages{"one", "", large}));
}

TEST(CopiedProcess, LeavesThisOneAsItIs) {
  int changed = 0;
  const auto self = ::getpid();
  const messages heard = heard_of([&](const teller& tell) {
    changed = 1;
    tell(::getpid() == self ? "the same" : "a copy");
  });
  EXPECT_EQ(heard, messages{"a copy"});
  EXPECT_EQ(changed, 0);
}

TEST(CopiedProcess, ThatDiesHasToldWhatItHadToldBefore) {
  EXPECT_EQ(heard_of([](const teller& tell) {
              tell("before");
              ::kill(::getpid(), SIGKILL);
              tell("after");
            }),
            messages{"before"});
}

TEST(CopiedProcess, ThatHangsIsEndedWhenTheTimeIsUp) {
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(heard_of(
                [](const teller& tell) {
                  tell("before");
                  for (;;) ::pause();
                },
                std::chrono::milliseconds(300)),
            messages{"before"});
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(20));
}

}  // namespace
}  // namespace heddle::explorers
