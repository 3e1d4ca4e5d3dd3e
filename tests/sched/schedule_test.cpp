// SPDX-License-Identifier: MIT
//
// The text form of a schedule: what is written can be read, and what is damaged is refused.
#include <gtest/gtest.h>

#include <heddle/explorers/prng.hpp>
#include <heddle/sched/schedule.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using heddle::explorers::prng;
using heddle::sched::schedule;

constexpr std::string_view hex_digits = "0123456789abcdef";

// A schedule of the given length whose indices come in runs, with the marks that belong to it.
schedule random_schedule(std::size_t choices, prng& random) {
  schedule made;
  made.test = static_cast<std::uint32_t>(random.next());
  made.shape.races = random.below(2) == 0 ? heddle::races::report : heddle::races::off;
  made.shape.early_timeouts = random.below(4);
  made.shape.rereads = 1 + random.below(1000);
  constexpr heddle::memory models[] = {heddle::memory::sc, heddle::memory::cxx,
                                       heddle::memory::rc11};
  made.shape.memory = models[random.below(3)];
  if (made.shape.memory != heddle::memory::sc) {
    made.shape.stale_reads = random.below(3) == 0 ? heddle::sched::any_number : random.below(10);
  }
  if (random.below(4) == 0) {
    made.shape.races = heddle::races::explore;
    for (std::uint32_t key = random.below(1u << 30); made.shape.racy.size() < 5; key += 77) {
      made.shape.racy.push_back(key);
    }
  }
  while (made.indices.size() < choices) {
    const std::uint32_t index = random.below(3) == 0 ? random.below(100'000) : random.below(3);
    const std::size_t run = random.below(2) == 0 ? 1 : 1 + random.below(50);
    for (std::size_t i = 0; i < run && made.indices.size() < choices; ++i) {
      made.indices.push_back(index);
    }
  }
  for (std::size_t i = 0; i < choices / schedule::stride(choices); ++i) {
    made.marks += hex_digits[random.below(16)];
  }
  return made;
}

// The checksum that belongs to a token's text, written down anew: it guards the format.
std::string sealed(const std::string& text) {
  std::uint64_t hash = text.size();
  for (const char c : text) hash = heddle::sched::mix(hash, static_cast<unsigned char>(c));
  std::string sum;
  for (int shift = 12; shift >= 0; shift -= 4) sum += hex_digits[hash >> shift & 15];
  return text + sum;
}

// What parse() says about a text; empty where it accepts it.
std::string complaint(std::string_view text) {
  try {
    static_cast<void>(schedule::parse(text));
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return {};
}

schedule small() {
  schedule made;
  made.test = 0x0b8a5e21;
  made.indices = {0, 0, 0, 1, 2, 2, 3};
  made.marks = "5e0c21f";
  return made;
}

TEST(Schedule, IsReadBackAsWritten) {
  prng random(1);
  for (const std::size_t choices : {0, 1, 2, 5, 63, 64, 65, 127, 128, 129, 1'000, 4'096}) {
    for (int i = 0; i < 20; ++i) {
      const schedule made = random_schedule(choices, random);
      EXPECT_EQ(schedule::parse(made.token()), made) << made.token();
    }
  }
}

TEST(Schedule, OfAHundredThousandChoicesIsReadBackAsWritten) {
  prng random(2);
  const schedule made = random_schedule(100'000, random);
  EXPECT_EQ(schedule::parse(made.token()), made);
}

TEST(Schedule, IsOneWordThatNoShellTouches) {
  prng random(3);
  const std::string token = random_schedule(500, random).token();
  EXPECT_EQ(token.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz:."), std::string::npos)
      << token;
}

// Tokens live in bug reports: what this version writes, later ones must read.
TEST(Schedule, HasAFormThatStays) {
  EXPECT_EQ(small().token(), sealed("hd1:0b8a5e21:sc.report.e1.r2:3x0.1.2x2.3:5e0c21f:"));
}

// A bound that is none has a word of its own, which is read as the number is.
TEST(Schedule, WritesBoundsThatAreNoneAsAll) {
  schedule made = small();
  made.shape.memory = heddle::memory::rc11;
  made.shape.stale_reads = heddle::sched::any_number;
  EXPECT_EQ(made.token(), sealed("hd1:0b8a5e21:rc11.report.e1.r2.mall:3x0.1.2x2.3:5e0c21f:"));
  EXPECT_EQ(schedule::parse(made.token()), made);
  const std::string number = "hd1:0b8a5e21:rc11.report.e1.r2.m1000000000:3x0.1.2x2.3:5e0c21f:";
  EXPECT_EQ(schedule::parse(sealed(number)), made);
}

TEST(Schedule, WritesARunOfEqualChoicesOnce) {
  schedule made;
  made.indices.assign(100'000, 0);
  made.marks.assign(100'000 / schedule::stride(100'000), '0');
  EXPECT_NE(made.token().find(":100000x0:"), std::string::npos);
  EXPECT_LT(made.token().size(), 120U);
}

TEST(Schedule, HasAMarkForEachChoiceButNeverMoreThan64) {
  for (std::size_t choices = 1; choices <= 64; ++choices) {
    EXPECT_EQ(schedule::stride(choices), 1U) << choices;
  }
  for (std::size_t choices = 65; choices < 20'000; choices += 7) {
    const std::size_t marks = choices / schedule::stride(choices);
    EXPECT_LE(marks, 64U) << choices;
    EXPECT_GE(marks, 32U) << choices;
  }
}

// As a crash handler writes it, which cannot know the fingerprints any more.
TEST(Schedule, MayHaveNoMarks) {
  schedule made = small();
  made.marks.clear();
  EXPECT_EQ(schedule::parse(made.token()), made);
}

TEST(Schedule, RefusesAnEmptyToken) {
  EXPECT_NE(complaint("").find("does not begin with \"hd1:\""), std::string::npos);
}

TEST(Schedule, RefusesForeignText) {
  using namespace std::string_view_literals;
  for (const std::string_view text : {"hd"sv,
                                      "hd:"sv,
                                      "hd1"sv,
                                      "hd1:"sv,
                                      "hd1::::"sv,
                                      "hdx:1"sv,
                                      "HD1:00"sv,
                                      "hello"sv,
                                      "0x1f"sv,
                                      "1.2.3"sv,
                                      ":"sv,
                                      "::::::"sv,
                                      "\0\0\0\0\0\0"sv,
                                      "hd1:\0:::::"sv,
                                      "hd-1:00000000::::"sv,
                                      "hd99999999999999999999:0:0:0:0:0000"sv,
                                      "MTAxMDEwMTA="sv,
                                      "seed=42"sv,
                                      " "sv,
                                      "\n"sv,
                                      "\xff\xfe\xfd\xfc\xfb"sv}) {
    EXPECT_NE(complaint(text).find("not a valid schedule token"), std::string::npos) << text;
  }
}

TEST(Schedule, RefusesEveryTruncation) {
  const std::string token = small().token();
  for (std::size_t length = 0; length < token.size(); ++length) {
    EXPECT_NE(complaint(token.substr(0, length)), "") << length;
  }
  for (std::size_t length = 1; length < token.size(); ++length) {
    EXPECT_NE(complaint(token.substr(length)), "") << length;
  }
}

TEST(Schedule, RefusesEveryChangeOfAByte) {
  const std::string token = small().token();
  for (std::size_t at = 0; at < token.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string changed = token;
      changed[at] = static_cast<char>(byte);
      if (changed == token) continue;
      EXPECT_NE(complaint(changed), "") << changed;
    }
  }
}

TEST(Schedule, RefusesInsertedDoubledAndSwappedBytes) {
  const std::string token = small().token();
  for (std::size_t at = 0; at < token.size(); ++at) {
    for (const char c : {'0', '1', 'x', '.', ':', token[at]}) {
      EXPECT_NE(complaint(std::string(token).insert(at, 1, c)), "") << at << c;
    }
    EXPECT_NE(complaint(std::string(token).erase(at, 1)), "") << at;
    std::string swapped = token;
    std::swap(swapped[at], swapped[(at + 1) % token.size()]);
    if (swapped != token) {
      EXPECT_NE(complaint(swapped), "") << swapped;
    }
  }
  EXPECT_NE(complaint(token + "\n"), "");
  EXPECT_NE(complaint(token + token), "");
}

TEST(Schedule, SaysWhichVersionItCannotRead) {
  const std::string text = complaint(sealed("hd2:0b8a5e21:sc.report.e1.r2:3x0:5e0:"));
  EXPECT_NE(text.find("version 2"), std::string::npos) << text;
  EXPECT_NE(text.find("reads version 1"), std::string::npos) << text;
}

// With a checksum that fits, as a tool that writes tokens might have it.
TEST(Schedule, SaysWhatIsWrongInsideASealedToken) {
  struct row {
    const char* text;
    const char* says;
  };
  for (const row& r : std::vector<row>{
           {"hd1:test:sc.report.e1.r2:0:5:", "its test is no number"},
           {"hd1::sc.report.e1.r2:0:5:", "its test is no number"},
           {"hd1:100000000:sc.report.e1.r2:0:5:", "its test is no number"},
           {"hd1:0:tso.report.e1.r2:0:5:", "memory model"},
           {"hd1:0::0:5:", "memory model"},
           {"hd1:0:sc:0:5:", "race setting"},
           {"hd1:0:sc.maybe.e1.r2:0:5:", "race setting"},
           {"hd1:0:sc.report.q1:0:5:", "bound in its options is unknown"},
           {"hd1:0:sc.report.e:0:5:", "bound in its options is no number"},
           {"hd1:0:sc.report.e-1:0:5:", "bound in its options is no number"},
           {"hd1:0:sc.report.e1..r2:0:5:", "bound in its options"},
           {"hd1:0:sc.report.e4294967296:0:5:", "bound in its options is no number"},
           {"hd1:0:sc.report.e1.r2.mal:0:5:", "bound in its options is no number"},
           {"hd1:0:sc.report.e1.r2.malls:0:5:", "bound in its options is no number"},
           {"hd1:0:sc.report.e1.r2:x:5:", "a run of choices has no length"},
           {"hd1:0:sc.report.e1.r2:1x:5:", "a choice is no number"},
           {"hd1:0:sc.report.e1.r2:1x1x1:5:", "a choice is no number"},
           {"hd1:0:sc.report.e1.r2:1..1:55:", "a choice is no number"},
           {"hd1:0:sc.report.e1.r2:-1:5:", "a choice is no number"},
           {"hd1:0:sc.report.e1.r2:0x7:5:", "a run of choices is too long"},
           {"hd1:0:sc.report.e1.r2:4294967295x0:5:", "a run of choices is too long"},
           {"hd1:0:sc.report.e1.r2:4294967296x0:5:", "a run of choices has no length"},
           {"hd1:0:sc.report.e1.r2:100000001x0:5:", "a run of choices is too long"},
           {"hd1:0:sc.report.e1.r2:2x0.4294967295x0:5:", "a run of choices is too long"},
           {"hd1:0:sc.report.e1.r2:3x0:55:", "its marks are incomplete"},
           {"hd1:0:sc.report.e1.r2:0:g:", "its marks are no hex digits"},
           {"hd1:0:", ""},
       }) {
    const std::string text = complaint(sealed(r.text));
    EXPECT_NE(text, "") << r.text;
    EXPECT_NE(text.find(r.says), std::string::npos) << r.text << " -> " << text;
  }
}

TEST(Schedule, TellsWhatToDoAboutADamagedToken) {
  EXPECT_NE(complaint("hd1:0b8a").find("copy the whole HEDDLE_REPLAY line"), std::string::npos);
}

TEST(HashName, TellsNamesApart) {
  EXPECT_NE(heddle::sched::hash_name("Suite.A"), heddle::sched::hash_name("Suite.B"));
  EXPECT_NE(heddle::sched::hash_name(""), heddle::sched::hash_name(std::string_view("\0", 1)));
  EXPECT_EQ(heddle::sched::hash_name("Suite.A"), heddle::sched::hash_name("Suite.A"));
}

}  // namespace
