// SPDX-License-Identifier: MIT
// Names of objects are read from the line of source that declares them.
#include "names.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <functional>

#include "golden.hpp"
#include "quiet_options.hpp"
#include "scratch_directory.hpp"

namespace heddle::explorers {
namespace {

using list = std::vector<std::string>;

TEST(DeclaredNames, FindsASimpleDeclaration) {
  EXPECT_EQ(declared_names("heddle::mutex guard;", "mutex"), list{"guard"});
  EXPECT_EQ(declared_names("  mutex guard_;", "mutex"), list{"guard_"});
  EXPECT_EQ(declared_names("static heddle::mutex guard{};", "mutex"), list{"guard"});
}

TEST(DeclaredNames, FindsSeveralDeclarators) {
  EXPECT_EQ(declared_names("heddle::mutex left, right;", "mutex"), (list{"left", "right"}));
  EXPECT_EQ(declared_names("heddle::atomic<int> x{0}, y{f(1, 2)}, z(3);", "atomic"),
            (list{"x", "y", "z"}));
}

TEST(DeclaredNames, SkipsTemplateArguments) {
  EXPECT_EQ(declared_names("heddle::var<std::map<int, std::pair<int, int>>> table;", "var"),
            list{"table"});
  EXPECT_EQ(declared_names("heddle::atomic<bool> stop_{false};", "atomic"), list{"stop_"});
}

TEST(DeclaredNames, FindsArraysAndInitialisers) {
  EXPECT_EQ(declared_names("heddle::mutex forks[3];", "mutex"),
            (list{"forks[0]", "forks[1]", "forks[2]"}));
  EXPECT_EQ(declared_names("heddle::mutex forks[count];", "mutex"), list{"forks"});
  EXPECT_EQ(declared_names("heddle::atomic<int> count = 0;", "atomic"), list{"count"});
}

TEST(DeclaredNames, FindsSeveralDeclarations) {
  EXPECT_EQ(declared_names("atomic<int> refs{2}; atomic<int> gone{0};", "atomic"),
            (list{"refs", "gone"}));
  EXPECT_EQ(declared_names("struct pair { mutex left; mutex right; };", "mutex"),
            (list{"left", "right"}));
}

TEST(DeclaredNames, LooksPastALongerTypeName) {
  EXPECT_EQ(declared_names("mutexes all; heddle::mutex guard;", "mutex"), list{"guard"});
}

TEST(DeclaredNames, FindsNothingWhereNothingIsDeclared) {
  EXPECT_EQ(declared_names("", "mutex"), list{});
  EXPECT_EQ(declared_names("int x;", "mutex"), list{});
  EXPECT_EQ(declared_names("auto p = std::make_unique<heddle::mutex>();", "mutex"), list{});
  EXPECT_EQ(declared_names("std::vector<heddle::atomic<int>> counters(3);", "mutex"), list{});
  EXPECT_EQ(declared_names("heddle::mutex guard;", ""), list{});
  EXPECT_EQ(declared_names("heddle::atomic<int", "atomic"), list{});
}

TEST(DeclaredNames, SurvivesUnbalancedLines) {
  EXPECT_EQ(declared_names("heddle::atomic<int> x{(1;", "atomic"), list{"x"});
  EXPECT_EQ(declared_names("mutex a, ", "mutex"), list{"a"});
  EXPECT_EQ(declared_names("mutex a)", "mutex"), list{"a"});
}

// A race between two threads on `object`, as a report calls it.
std::string race_on(const std::function<void(heddle::var<int>&)>& prepare, location created) {
  const heddle::report result = heddle::explore(quiet(), [&] {
    heddle::var<int> object{0, created};
    prepare(object);
    heddle::thread one([&] { object.store(1); });
    heddle::thread two([&] { object.store(2); });
    one.join();
    two.join();
  });
  return result.failure ? result.failure->message : "no failure";
}

TEST(Names, ComeFromTheDeclaration) {
  const scratch_directory directory;
  const std::string source = directory / "source.cpp";
  std::ofstream(source) << "\n\n  heddle::var<int> balance{0};\n";
  const std::string message = race_on([](auto&) {}, {source.c_str(), 3});
  EXPECT_NE(message.find("`balance`"), std::string::npos) << message;
}

TEST(Names, GivenByTheTestComeFirst) {
  const scratch_directory directory;
  const std::string source = directory / "source.cpp";
  std::ofstream(source) << "heddle::var<int> balance{0};\n";
  const std::string message =
      race_on([](auto& object) { heddle::name(object, "savings"); }, {source.c_str(), 1});
  EXPECT_NE(message.find("`savings`"), std::string::npos) << message;
}

TEST(Names, AreMadeUpWhereTheSourceIsMissing) {
  const std::string message = race_on([](auto&) {}, {"/nowhere/source.cpp", 3});
  EXPECT_NE(message.find("variable `"), std::string::npos) << message;
  const std::string nowhere = race_on([](auto&) {}, {});
  EXPECT_NE(nowhere.find("variable `"), std::string::npos) << nowhere;
}

struct account {
  heddle::mutex guard;
  heddle::var<long> balance{100};
};

std::string deadlock_of(const std::function<void()>& body) {
  const heddle::report result = heddle::explore(quiet(), body);
  return result.failure ? result.failure->message : "no failure";
}

void lock_both(heddle::mutex& first, heddle::mutex& second) {
  const heddle::lock_guard one(first);
  const heddle::lock_guard other(second);
}

TEST(Names, OfMembersComeAfterTheirParents) {
  stand_at_the_source_root();
  const std::string message = deadlock_of([] {
    account savings;
    account current;
    heddle::name(savings, "savings");
    heddle::name(current, "current");
    heddle::thread one([&] { lock_both(savings.guard, current.guard); });
    heddle::thread two([&] { lock_both(current.guard, savings.guard); });
    one.join();
    two.join();
  });
  EXPECT_NE(message.find("`savings.guard`"), std::string::npos) << message;
  EXPECT_NE(message.find("`current.guard`"), std::string::npos) << message;
}

TEST(Names, OfElementsAreNumberedAfterTheirContainer) {
  const std::string message = deadlock_of([] {
    std::array<heddle::mutex, 2> forks;
    heddle::name(forks, "forks");
    heddle::thread one([&] { lock_both(forks[0], forks[1]); });
    heddle::thread two([&] { lock_both(forks[1], forks[0]); });
    one.join();
    two.join();
  });
  EXPECT_NE(message.find("`forks[0]`"), std::string::npos) << message;
  EXPECT_NE(message.find("`forks[1]`"), std::string::npos) << message;
}

// Operators take no default argument; the debug information knows where they were used.
TEST(Places, OfOperatorsAreThoseOfTheirUse) {
  if (std::system("addr2line --version > /dev/null 2>&1") != 0) GTEST_SKIP() << "no addr2line";
  const std::uint32_t line = location::current().line + 4;
  const heddle::report result = heddle::explore(quiet(), [] {
    heddle::var<int> shared{0};
    heddle::thread one([&] {
      shared = 1;
      heddle::this_thread::yield();
    });
    heddle::thread two([&] {
      ++shared;
      heddle::this_thread::yield();
    });
    one.join();
    two.join();
  });
  ASSERT_TRUE(result.failure);
  for (const std::uint32_t at : {line, line + 4}) {
    const std::string expected = "names_test.cpp:" + std::to_string(at);
    EXPECT_NE(result.failure->message.find(expected), std::string::npos) << result.text();
  }
}

TEST(Values, OfStringsCharactersAndSmallStructsAreShown) {
  stand_at_the_source_root();
  struct point {
    std::int16_t x;
    std::int16_t y;
  };
  const heddle::report result = heddle::explore(quiet(), [] {
    heddle::var<std::string> title{"draft"};
    heddle::atomic<char> letter{'a'};
    heddle::atomic<point> where{point{1, 2}};
    title.store("final");
    letter.store('b');
    where.store({3, 4});
    heddle::check(title.load() == "draft", "the title has changed");
  });
  ASSERT_TRUE(result.failure);
  for (const char* expected : {"title = \"final\"", "letter = 'b'", "where = 0x40003"}) {
    EXPECT_NE(result.text().find(expected), std::string::npos) << expected << "\n" << result.text();
  }
}

TEST(Names, OfThreadsAreShownWithTheirNumber) {
  const heddle::report result = heddle::explore(quiet(), [] {
    heddle::thread one(heddle::named("writer"), [] { heddle::check(false, "no"); });
    one.join();
  });
  ASSERT_TRUE(result.failure);
  EXPECT_NE(result.failure->message.find("T1 'writer'"), std::string::npos)
      << result.failure->message;
}

}  // namespace
}  // namespace heddle::explorers
