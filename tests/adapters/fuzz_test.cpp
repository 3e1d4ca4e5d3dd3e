// SPDX-License-Identifier: MIT
// HEDDLE_FUZZ without a fuzzer; with one, see tests/fuzz.
#include <gtest/gtest.h>

#include <heddle/explorers/prng.hpp>
#include <heddle/fuzz.hpp>
#include <limits>
#include <string>
#include <vector>

namespace {

using heddle::fuzz_input;

heddle::report run(void (*body)(fuzz_input&), const std::vector<std::uint8_t>& data,
                   heddle::options how = {}) {
  return heddle::detail::fuzz_once({"a test", body, how}, data.data(), data.size());
}

std::string seen;

TEST(FuzzInput, TakesBytesFromTheFront) {
  run([](fuzz_input& input) { seen = input.text(100); }, {3, 'a', 'b', 'c', 'd'});
  EXPECT_EQ(seen, "abc");
  run([](fuzz_input& input) { seen = input.text(2); }, {5, 'a', 'b', 'c'});  // 5 modulo 3
  EXPECT_EQ(seen, "ab");
}

TEST(FuzzInput, IsZeroWhereThereIsNothingLeft) {
  run([](fuzz_input& input) { seen = input.text(9) + (input.flag() ? "flag" : ""); }, {});
  EXPECT_EQ(seen, "");
  run([](fuzz_input& input) { seen = input.text(9); }, {2, 'x'});
  EXPECT_EQ(seen, std::string("x\0", 2));
}

TEST(FuzzInput, HasNumbersOfEveryRange) {
  static std::int64_t wide = 0;
  static int narrow = 0;
  run(
      [](fuzz_input& input) {
        narrow = input.number(-5, 5);
        wide = input.number<std::int64_t>(std::numeric_limits<std::int64_t>::min(),
                                          std::numeric_limits<std::int64_t>::max());
      },
      {7, 0xff, 1, 2, 3, 4, 5, 6, 7});
  EXPECT_EQ(narrow, 2);
  EXPECT_NE(wide, 0);
  run([](fuzz_input& input) { narrow = input.number(5, -5); }, {0});
  EXPECT_EQ(narrow, -5);
}

void lost_update(fuzz_input& input) {
  const int by = input.number(1, 9);
  heddle::atomic<int> x{0};
  const auto add = [&] { x.store(x.load() + by); };
  heddle::thread a(add);
  heddle::thread b(add);
  a.join();
  b.join();
  heddle::check(x.load() == 2 * by, "nothing is lost");
}

TEST(Fuzz, RunsTheSimplestExecutionWithoutBytes) {
  EXPECT_TRUE(run(lost_update, {}).passed());
  EXPECT_EQ(run(lost_update, {}).executions, 1);
}

// The last byte is the first choice of a thread: after its first operation, T1 is left.
TEST(Fuzz, TakesTheScheduleFromTheBack) {
  const heddle::report r = run(lost_update, {4, 1});
  EXPECT_TRUE(r.passed()) << "at the first choice both are alike";
  EXPECT_FALSE(run(lost_update, {4, 1, 0}).passed());
}

TEST(Fuzz, FindsTheBugAndReplaysInputAndSchedule) {
  const heddle::report found = run(lost_update, {4, 1, 0});
  ASSERT_TRUE(found.failure) << found.text();
  const auto body = [] {
    fuzz_input input;
    lost_update(input);
  };
  heddle::options how;
  how.name = "a test";
  how.environment = false;
  const heddle::report again = heddle::replay(found.failure->schedule, body, how);
  ASSERT_TRUE(again.failure) << again.text();
  EXPECT_EQ(again.failure->message, found.failure->message);
}

TEST(Fuzz, TakesOptions) {
  heddle::options how;
  how.steps = 2;
  EXPECT_EQ(run(lost_update, {}, how).cut, 1);
}

// What a fuzzer does, without its cleverness.
TEST(Fuzz, SurvivesRandomBytes) {
  heddle::explorers::prng from(1);
  int failed = 0;
  for (int i = 0; i < 2'000; ++i) {
    std::vector<std::uint8_t> data(from.below(20));
    for (auto& at : data) at = static_cast<std::uint8_t>(from.below(256));
    failed += !run(lost_update, data).passed();
  }
  EXPECT_GT(failed, 200);
  EXPECT_LT(failed, 1'800);
}

TEST(Bytes, IsAnExplorerByName) {
  heddle::options how;
  how.explorer = "bytes";
  how.bytes = "\x02\x01";
  how.environment = false;
  std::vector<std::uint32_t> chosen;
  const heddle::report r = heddle::explore(how, [&] {
    for (int i = 0; i < 3; ++i) chosen.push_back(heddle::choose(3));
  });
  EXPECT_EQ(chosen, (std::vector<std::uint32_t>{2, 1, 0}));
  EXPECT_EQ(r.executions, 1);
  EXPECT_EQ(r.coverage, heddle::coverage::sampled);
}

TEST(Bytes, TakesTwoWhereOneIsNotEnough) {
  heddle::options how;
  how.explorer = "bytes";
  how.bytes = "\x01\x02\x03";
  how.environment = false;
  std::vector<std::uint32_t> chosen;
  heddle::explore(how, [&] {
    chosen.push_back(heddle::choose(1'000));
    chosen.push_back(heddle::choose(256));
  });
  EXPECT_EQ(chosen, (std::vector<std::uint32_t>{0x102, 3}));
}

}  // namespace
