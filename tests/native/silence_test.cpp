// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <functional>
#include <future>
#include <iomanip>
#include <iostream>
#include <locale>
#include <map>
#include <memory>
#include <memory_resource>
#include <mutex>
#include <random>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include <heddle/gtest.hpp>

// What the standard library does behind its functions, in code that is not instrumented, makes no
// false alarm: correct programs that use it from several threads stay silent.
namespace {

heddle::options quick() {
  heddle::options made;
  made.executions = 200;
  made.time = std::chrono::seconds(3);
  return made;
}

template <class F>
void in_two_threads(F f) {
  std::thread a(f);
  std::thread b(f);
  a.join();
  b.join();
}

// --- shared_ptr: who counts last destroys, and must see what the others did ---

struct record {
  explicit record(int with) : value(with) {}
  ~record() { value = -1; }
  int value;
  std::string text = "a text that does not fit into the object";
};

HEDDLE_TEST(NativeSilence, LastOwnerDestroysWhatAnotherWrote, quick()) {
  auto first = std::make_shared<record>(1);
  std::thread a([mine = first]() mutable {
    mine->value = 2;
    mine.reset();
  });
  first.reset();
  a.join();
}

HEDDLE_TEST(NativeSilence, ReadersShareAnObject, quick()) {
  auto shared = std::make_shared<const record>(3);
  std::thread a([copy = shared] { EXPECT_EQ(copy->value, 3); });
  std::thread b([copy = shared] { EXPECT_EQ(copy->text.size(), 40u); });
  shared.reset();
  a.join();
  b.join();
}

HEDDLE_TEST(NativeSilence, WeakPointersOutliveTheObject, quick()) {
  auto shared = std::make_shared<record>(4);
  std::thread a([weak = std::weak_ptr<record>(shared)] {
    if (const auto locked = weak.lock()) {
      EXPECT_EQ(locked->value, 4);
    }
  });
  std::thread b([weak = std::weak_ptr<record>(shared)]() mutable { weak.reset(); });
  shared.reset();
  a.join();
  b.join();
}

HEDDLE_TEST(NativeSilence, ControlBlockBesideTheObject, quick()) {
  std::shared_ptr<record> shared(new record(5), [](record* of) { delete of; });
  std::thread a([copy = shared] { EXPECT_EQ(copy->value, 5); });
  shared.reset();
  a.join();
}

HEDDLE_TEST(NativeSilence, AliasesAndObjectsThatKnowThemselves, quick()) {
  struct itself : std::enable_shared_from_this<itself> {
    int part = 6;
  };
  auto whole = std::make_shared<itself>();
  std::thread a([part = std::shared_ptr<int>(whole, &whole->part)] { EXPECT_EQ(*part, 6); });
  std::thread b([copy = whole] { EXPECT_EQ(copy->shared_from_this()->part, 6); });
  whole.reset();
  a.join();
  b.join();
}

HEDDLE_TEST(NativeSilence, FunctionsOverOneSharedPointer, quick()) {
  std::shared_ptr<record> slot = std::make_shared<record>(7);
  std::thread writer([&] { std::atomic_store(&slot, std::make_shared<record>(8)); });
  std::thread reader([&] {
    const auto seen = std::atomic_load(&slot);
    EXPECT_GE(seen->value, 7);
  });
  writer.join();
  reader.join();
  EXPECT_EQ(slot->value, 8);
}

HEDDLE_TEST(NativeSilence, CompareExchangeOfOneSharedPointer, quick()) {
  std::shared_ptr<int> slot = std::make_shared<int>(0);
  in_two_threads([&] {
    auto seen = std::atomic_load(&slot);
    while (!std::atomic_compare_exchange_strong(&slot, &seen, std::make_shared<int>(*seen + 1))) {
    }
  });
  EXPECT_EQ(*slot, 2);
}

// --- exceptions: counted as well, in the library ---

struct failure : std::runtime_error {
  explicit failure(int with) : runtime_error("failed"), code(with) {}
  ~failure() override { code = -1; }
  int code;
  std::string detail = "a detail that does not fit into the object";
};

HEDDLE_TEST(NativeSilence, ExceptionThatTwoThreadsHold, quick()) {
  std::exception_ptr shared = std::make_exception_ptr(failure(3));
  std::thread a([mine = shared] {
    try {
      std::rethrow_exception(mine);
    } catch (const failure& error) {
      EXPECT_EQ(error.code, 3);
      EXPECT_EQ(error.detail.size(), 42u);
    }
  });
  std::thread b([mine = shared]() mutable {
    EXPECT_TRUE(mine != nullptr);
    mine = nullptr;
  });
  shared = nullptr;
  a.join();
  b.join();
}

HEDDLE_TEST(NativeSilence, ExceptionIsCaughtElsewhereThanItWasMade, quick()) {
  std::exception_ptr from;
  std::mutex mutex;
  std::thread maker([&] {
    try {
      throw failure(4);
    } catch (...) {
      const std::lock_guard lock(mutex);
      from = std::current_exception();
    }
  });
  std::exception_ptr mine;
  {
    const std::lock_guard lock(mutex);
    mine = std::exchange(from, nullptr);
  }
  if (mine) {
    try {
      std::rethrow_exception(std::exchange(mine, nullptr));
    } catch (const failure& error) {
      EXPECT_EQ(error.code, 4);
    }
  }
  maker.join();
}

HEDDLE_TEST(NativeSilence, FutureHandsAnExceptionToTwo, quick()) {
  std::promise<int> promise;
  std::shared_future<int> result = promise.get_future().share();
  const auto look = [](std::shared_future<int> mine) {
    try {
      mine.get();
      ADD_FAILURE();
    } catch (const failure& error) {
      EXPECT_EQ(error.code, 5);
    }
  };
  std::thread a(look, result);
  std::thread b(look, std::move(result));
  promise.set_exception(std::make_exception_ptr(failure(5)));
  a.join();
  b.join();
}

HEDDLE_TEST(NativeSilence, NestedExceptions, quick()) {
  auto failing = std::async(std::launch::async, [] {
    try {
      throw failure(6);
    } catch (...) {
      std::throw_with_nested(std::runtime_error("outer"));
    }
  });
  try {
    failing.get();
  } catch (const std::exception& outer) {
    EXPECT_THROW(std::rethrow_if_nested(outer), failure);
  }
}

// --- what is made at its first use ---

std::string& with_a_lock_of_its_own(std::mutex*& guard) {
  static std::mutex mutex;
  static std::string text = "what several threads append to, each under the lock";
  guard = &mutex;
  return text;
}
HEDDLE_TEST(NativeSilence, LocalStatics, quick()) {
  in_two_threads([] {
    std::mutex* guard = nullptr;
    std::string& text = with_a_lock_of_its_own(guard);
    const std::lock_guard lock(*guard);
    text = "another text, which also has to be allocated somewhere";
  });
}

HEDDLE_TEST(NativeSilence, WhatCallOnceHasMade, quick()) {
  std::once_flag once;
  std::unique_ptr<std::vector<int>> made;
  in_two_threads([&] {
    std::call_once(once, [&] { made = std::make_unique<std::vector<int>>(3, 1); });
    EXPECT_EQ(made->size(), 3u);
  });
}

// --- streams, locales, texts ---

HEDDLE_TEST(NativeSilence, StandardStreams, quick()) {
  in_two_threads([] {
    std::cout << "one " << 2 << ' ' << 3.5 << '\n';
    std::clog << std::hex << "of two threads" << std::endl;
  });
}

HEDDLE_TEST(NativeSilence, StringStreams, quick()) {
  in_two_threads([] {
    std::stringstream text;
    text << std::setw(8) << std::setfill('.') << 42 << ' ' << std::boolalpha << true;
    std::string dots;
    bool truth = false;
    text >> dots >> truth;
    EXPECT_EQ(dots, "......42");
    EXPECT_TRUE(truth);
  });
}

HEDDLE_TEST(NativeSilence, Locales, quick()) {
  const std::locale shared = std::locale::classic();
  in_two_threads([&] {
    const std::locale mine(shared);
    EXPECT_TRUE(std::isalpha('a', mine));
    const std::locale combined(mine, new std::numpunct<char>);
    std::ostringstream text;
    text.imbue(combined);
    text << 1'000'000;
    EXPECT_EQ(text.str(), "1000000");
  });
}

HEDDLE_TEST(NativeSilence, NumbersAndTheirTexts, quick()) {
  in_two_threads([] {
    EXPECT_EQ(std::to_string(1.5), "1.500000");
    EXPECT_EQ(std::strtod("2.25", nullptr), 2.25);
    EXPECT_EQ(std::stoi("17"), 17);
    std::array<char, 32> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.3f|%s", 3.14159, "text");
    EXPECT_STREQ(buffer.data(), "3.142|text");
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), 255, 16);
    EXPECT_EQ(std::string(buffer.data(), end.ptr), "ff");
  });
}

HEDDLE_TEST(NativeSilence, RegularExpressions, quick()) {
  const std::regex shared("([a-z]+)=([0-9]+)");
  in_two_threads([&] {
    std::smatch parts;
    const std::string text = "answer=42";
    EXPECT_TRUE(std::regex_match(text, parts, shared));
    EXPECT_EQ(parts[2], "42");
  });
}

HEDDLE_TEST(NativeSilence, RegularExpressionsOfTheirOwn, quick()) {
  in_two_threads([] { EXPECT_TRUE(std::regex_search("one two", std::regex("\\bt[w-z]o\\b"))); });
}

// --- containers, memory, the rest ---

HEDDLE_TEST(NativeSilence, ContainersUnderALock, quick()) {
  std::mutex mutex;
  std::map<std::string, std::vector<int>> all;
  in_two_threads([&] {
    for (int i = 0; i < 2; ++i) {
      const std::lock_guard lock(mutex);
      all["a key that does not fit into the string " + std::to_string(i)].push_back(i);
    }
  });
  EXPECT_EQ(all.size(), 2u);
}

HEDDLE_TEST(NativeSilence, ConstContainersWithoutOne, quick()) {
  const std::map<int, std::string> all{{1, "one"}, {2, "two"}};
  in_two_threads([&] {
    EXPECT_EQ(all.at(1), "one");
    EXPECT_EQ(std::count_if(all.begin(), all.end(), [](const auto& of) { return of.first > 1; }),
              1);
  });
}

HEDDLE_TEST(NativeSilence, RandomNumbers, quick()) {
  in_two_threads([] {
    std::mt19937 engine(std::random_device{}());
    std::uniform_int_distribution<int> die(1, 6);
    EXPECT_LE(die(engine), 6);
    std::default_random_engine small(1);
    std::normal_distribution<double> bell;
    bell(small);
  });
}

HEDDLE_TEST(NativeSilence, MemoryResources, quick()) {
  std::pmr::synchronized_pool_resource pool;
  in_two_threads([&] {
    std::pmr::vector<std::pmr::string> texts(&pool);
    texts.emplace_back("a text that does not fit into the object itself");
    texts.emplace_back("another one");
  });
  in_two_threads([] {
    std::array<std::byte, 256> buffer{};
    std::pmr::monotonic_buffer_resource on_stack(buffer.data(), buffer.size());
    std::pmr::vector<int> numbers({1, 2, 3}, &on_stack);
    EXPECT_EQ(numbers.size(), 3u);
  });
}

HEDDLE_TEST(NativeSilence, ResourceOfEverybody, quick()) {
  in_two_threads([] {
    std::pmr::string text("a text that does not fit into the object itself",
                          std::pmr::get_default_resource());
    EXPECT_EQ(text.size(), 47u);
  });
}

HEDDLE_TEST(NativeSilence, PathsAndErrorCodes, quick()) {
  const std::filesystem::path shared = "/a/directory/and/a/file.txt";
  in_two_threads([&] {
    EXPECT_EQ(shared.extension(), ".txt");
    EXPECT_EQ((shared.parent_path() / "..").lexically_normal(), "/a/directory/and/");
    std::error_code error;
    EXPECT_FALSE(std::filesystem::exists("/no/such/file", error));
    std::filesystem::directory_iterator(shared, error);
    EXPECT_EQ(error, std::errc::no_such_file_or_directory);
    EXPECT_FALSE(error.message().empty());
    EXPECT_EQ(std::make_error_code(std::future_errc::no_state).category(), std::future_category());
  });
}

HEDDLE_TEST(NativeSilence, FunctionObjects, quick()) {
  const std::function<int(int)> twice = [factor = std::make_shared<int>(2)](int of) {
    return of * *factor;
  };
  in_two_threads([copy = twice] { EXPECT_EQ(copy(3), 6); });
}

HEDDLE_TEST(NativeSilence, TimesOfDay, quick()) {
  in_two_threads([] {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::ostringstream text;
    text << std::put_time(&parts, "%Y-%m-%d");
    EXPECT_EQ(text.str(), "2000-01-01");
  });
}

}  // namespace
