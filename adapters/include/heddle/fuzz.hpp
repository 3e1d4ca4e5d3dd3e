// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <limits>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include <heddle/explorers/bytes.hpp>
#include <heddle/heddle.hpp>

// Fuzzing: a fuzzer's bytes are the input of a test and its schedule at once.
//
//   HEDDLE_FUZZ(order_book) {
//     const std::string text = input.text(16);
//     heddle::thread other([&] { ... });
//     ...
//     heddle::check(balanced, "the books are balanced");
//   }
//
// defines LLVMFuzzerTestOneInput, the entry point of libFuzzer (clang++ -fsanitize=fuzzer) and of
// AFL++. Each run is one execution of the body; one that fails prints its report and aborts, so
// that the fuzzer keeps its file. The report names a schedule, which holds the input, too: with it
// in HEDDLE_REPLAY the program, fuzzer or not, reruns exactly that execution.
//
// Linked with heddle::fuzz_main instead of a fuzzer, the program runs the files it is given, or
// standard input.
//
// HEDDLE_FUZZ(order_book, {.early_timeouts = 0}): with options. Those of the exploration are
// without meaning: every run is one execution.
namespace heddle {

// What the test reads. All of it are choices of the body, as heddle::choose makes them: small
// numbers come first when an explorer other than a fuzzer makes them.
class fuzz_input {
 public:
  [[nodiscard]] std::uint8_t byte(location where = location::current()) {
    return static_cast<std::uint8_t>(choose(256, where));
  }
  [[nodiscard]] bool flag(location where = location::current()) { return choose(2, where) != 0; }
  // One of least..most, whatever their order.
  template <class Integer>
  [[nodiscard]] Integer number(Integer least, Integer most, location where = location::current()) {
    static_assert(std::is_integral_v<Integer>);
    if (most < least) std::swap(least, most);
    const std::uint64_t span = static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least);
    return static_cast<Integer>(static_cast<std::uint64_t>(least) + below_or_equal(span, where));
  }
  // At most so many bytes.
  [[nodiscard]] std::string text(std::uint32_t most, location where = location::current()) {
    std::string made(number<std::uint32_t>(0, most, where), '\0');
    for (char& at : made) at = static_cast<char>(byte(where));
    return made;
  }

 private:
  static std::uint64_t below_or_equal(std::uint64_t most, location where) {
    constexpr std::uint64_t half = std::numeric_limits<std::uint32_t>::max();
    if (most < half) return choose(static_cast<std::uint32_t>(most) + 1, where);
    const std::uint64_t high = choose(static_cast<std::uint32_t>(half), where);
    const std::uint64_t low = choose(static_cast<std::uint32_t>(half), where);
    const std::uint64_t number = high << 32 | low;
    return most == std::numeric_limits<std::uint64_t>::max() ? number : number % (most + 1);
  }
};

namespace detail {

struct fuzz_test {
  const char* name;
  void (*body)(fuzz_input& input);
  options how;
};

inline options fuzz_options() { return {}; }
inline options fuzz_options(options given) { return given; }

inline options options_of(const fuzz_test& test) {
  options how = test.how;
  how.name = test.name;
  how.explorer = "bytes";
  how.executions = 1;
  how.time = {};
  how.statistics = how.capture = how.environment = false;
  how.stuck = {};  // fuzzers have a watch of their own
  return how;
}

// One execution that takes its choices from the bytes.
inline report fuzz_once(const fuzz_test& test, const std::uint8_t* data, std::size_t size) {
  explorers::bytes decide({data, size});
  return explore(options_of(test), decide, [&test] {
    fuzz_input input;
    test.body(input);
  });
}

inline int fuzz_one(const fuzz_test& test, const std::uint8_t* data, std::size_t size) {
  static std::unique_ptr<sched::engine> engine;  // to make one takes longer than most executions
  if (engine == nullptr) engine = engine_for(options_of(test));
  const auto body = [&test] {
    fuzz_input input;
    test.body(input);
  };
  explorers::bytes decide({data, size});
  decide.begin_execution();
  const sched::outcome seen = engine->run(reference(body), decide);
  if (!seen.failure || seen.result == sched::verdict::cut) return 0;
  engine.reset();  // and with it the handlers of signals: the fuzzer's are to see the abort
  std::fputs(fuzz_once(test, data, size).text().c_str(), stderr);
  std::abort();
}

// Where a schedule is to be replayed, replays it and ends the program.
inline void fuzz_replay(const fuzz_test& test) {
  const char* token = std::getenv("HEDDLE_REPLAY");
  if (token == nullptr || *token == '\0') return;
  try {
    options how = test.how;
    how.name = test.name;
    const report result = replay(
        token,
        [&test] {
          fuzz_input input;
          test.body(input);
        },
        how);
    std::fputs(result.text().c_str(), stderr);
    std::exit(result.passed() ? 0 : 1);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    std::exit(2);
  }
}

}  // namespace detail
}  // namespace heddle

#define HEDDLE_FUZZ(test_name, ...)                                                             \
  static void heddle_fuzz_##test_name(::heddle::fuzz_input& input);                             \
  static const ::heddle::detail::fuzz_test& heddle_fuzz_test() {                                \
    static const ::heddle::detail::fuzz_test test{#test_name, &heddle_fuzz_##test_name,         \
                                                  ::heddle::detail::fuzz_options(__VA_ARGS__)}; \
    return test;                                                                                \
  }                                                                                             \
  extern "C" int LLVMFuzzerInitialize(int*, char***) {                                          \
    ::heddle::detail::fuzz_replay(heddle_fuzz_test());                                          \
    return 0;                                                                                   \
  }                                                                                             \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {           \
    return ::heddle::detail::fuzz_one(heddle_fuzz_test(), data, size);                          \
  }                                                                                             \
  static void heddle_fuzz_##test_name([[maybe_unused]] ::heddle::fuzz_input& input)
