// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <heddle/explorers/random_walk.hpp>
#include <heddle/explorers/wrapper.hpp>
#include <heddle/gtest.hpp>

// One number for everything that happens in the executions of a body. With HEDDLE_NATIVE_PRINT the
// tests of this program print it, and do nothing else; determinism_test.cpp compares processes.
namespace hashes {

// Hashes (thread, operation, object, result) of everything that happens.
class hashing final : public heddle::explorers::wrapper {
 public:
  using wrapper::wrapper;
  [[nodiscard]] needs wants() const override {
    needs all = wrapper::wants();
    all.steps = true;
    return all;
  }
  void step(const heddle::sched::event& done, const heddle::sched::operation& next) override {
    wrapper::step(done, next);
    for (const std::uint64_t part :
         {std::uint64_t{done.thread}, static_cast<std::uint64_t>(done.op.kind), done.op.object,
          static_cast<std::uint64_t>(done.op.result)}) {
      sum = heddle::sched::mix(sum, part);
    }
    ++events;
  }
  std::uint64_t sum = 0;
  std::uint64_t events = 0;
};

[[nodiscard]] inline bool wanted() { return std::getenv("HEDDLE_NATIVE_PRINT") != nullptr; }

// With plain accesses as operations too, where `races` says so.
template <class Body>
void print(const char* name, heddle::races races, Body body) {
  heddle::options how;
  how.executions = 50;
  how.time = std::chrono::seconds(0);
  how.races = races;
  how.stop_at_first_failure = false;
  how.environment = false;
  how.capture = false;
  how.statistics = false;
  how.predict = false;
  heddle::explorers::random_walk random(7);
  hashing decide(random);
  const heddle::report found = heddle::explore(how, decide, body);
  std::printf("hash: %s %llx of %llu operations in %lld executions, %lld failed\n", name,
              static_cast<unsigned long long>(decide.sum),
              static_cast<unsigned long long>(decide.events),
              static_cast<long long>(found.executions),
              static_cast<long long>(found.failed + found.deadlocked));
}
template <class Body>
void print(const char* name, Body body) {
  print(name, heddle::races::off, body);
  print((std::string(name) + " with plain accesses").c_str(), heddle::races::explore_all, body);
}

// The bodies of tests that HEDDLE_HASHED_TEST has defined.
struct named_body {
  const char* name;
  void (*body)();
};
inline std::vector<named_body>& bodies() {
  static std::vector<named_body> all;
  return all;
}
struct addition {
  addition(const char* name, void (*body)()) { bodies().push_back({name, body}); }
};

}  // namespace hashes

// As HEDDLE_TEST, and the body is one of those that are compared between processes.
#define HEDDLE_HASHED_TEST(suite, name, how)                                                \
  void suite##_##name##_body();                                                             \
  const hashes::addition suite##_##name##_hashed(#suite "." #name, &suite##_##name##_body); \
  HEDDLE_TEST(suite, name, how) { suite##_##name##_body(); }                                \
  void suite##_##name##_body()
