// SPDX-License-Identifier: MIT
//
// Reduction where time passes or threads spin. Depth-first search says what can happen at all.
// HEDDLE_ORACLE_PROGRAMS says how many random programs, HEDDLE_ORACLE_SEED from where.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <heddle/explorers/depth_first.hpp>
#include <heddle/explorers/dpor.hpp>
#include <heddle/explorers/prng.hpp>
#include <set>
#include <string>
#include <vector>

#include "threads.hpp"

namespace counting {
namespace {

using namespace std::chrono_literals;
using heddle::explorers::dpor;

struct instruction {
  enum class kind { load, store, add, sleep, wait_for, notify, now, lock, yield, spin, pick } what;
  int value;
};
using code = std::vector<std::vector<instruction>>;

std::uint64_t environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

code random_code(std::uint64_t seed, bool timed) {
  heddle::explorers::prng random(seed);
  using kind = instruction::kind;
  const std::vector<kind> kinds =
      timed ? std::vector<kind>{kind::load,   kind::store,    kind::add,      kind::sleep,
                                kind::sleep,  kind::wait_for, kind::wait_for, kind::notify,
                                kind::notify, kind::now,      kind::lock,     kind::pick}
            : std::vector<kind>{kind::load, kind::store, kind::add,  kind::spin,
                                kind::spin, kind::lock,  kind::yield};
  code made(2 + random.below(2));
  for (auto& thread : made) {
    const std::uint32_t length = 1 + random.below(3);
    for (std::uint32_t i = 0; i < length; ++i) {
      thread.push_back({kinds[random.below(static_cast<std::uint32_t>(kinds.size()))],
                        static_cast<int>(1 + random.below(2))});
    }
  }
  return made;
}

std::string to_string(const code& of) {
  static const char* const names[] = {"load", "store", "add",   "sleep", "wait_for", "notify",
                                      "now",  "lock",  "yield", "spin",  "pick"};
  std::string text;
  for (const auto& thread : of) {
    for (const instruction& at : thread) {
      text += std::string(names[static_cast<int>(at.what)]) + " " + std::to_string(at.value) + "; ";
    }
    text += "\n";
  }
  return text;
}

struct shared {
  cell x{0};
  heddle::mutex m;
  heddle::condition_variable changed;
  heddle::var<int> count{0};
};

void run(const std::vector<instruction>& thread, shared& s, std::string& log) {
  using kind = instruction::kind;
  const auto note = [&log](int value) { log += std::to_string(value) + ","; };
  for (const instruction& at : thread) {
    switch (at.what) {
      case kind::load:
        note(s.x.load());
        break;
      case kind::store:
        s.x.store(at.value);
        break;
      case kind::add:
        note(s.x.fetch_add(at.value));
        break;
      case kind::sleep:
        heddle::this_thread::sleep_for(at.value * 1ms);
        break;
      case kind::wait_for: {
        heddle::unique_lock<heddle::mutex> lock(s.m);
        note(s.changed.wait_for(lock, at.value * 1ms) == heddle::cv_status::timeout ? 1 : 0);
        note(s.count += 1);
        break;
      }
      case kind::notify:
        s.changed.notify_one();
        break;
      case kind::now:
        note(static_cast<int>(heddle::steady_clock::now().time_since_epoch() / 1ms));
        break;
      case kind::lock: {
        heddle::lock_guard<heddle::mutex> lock(s.m);
        note(s.count += 1);
        break;
      }
      case kind::yield:
        heddle::this_thread::yield();
        break;
      case kind::spin:
        for (int i = 0; i < 3 && s.x.load() != at.value; ++i) {
        }
        note(s.x.load());
        break;
      case kind::pick:
        note(static_cast<int>(heddle::choose(2)));
        break;
    }
  }
}

struct found {
  heddle::report report;
  std::set<std::string> outcomes;
};

found explore(const code& of, heddle::sched::explorer& decide, int early, int rereads) {
  heddle::options how;
  how.executions = 20'000;
  how.time = {};
  how.stop_at_first_failure = false;
  how.early_timeouts = early;
  how.rereads = rereads;
  how.environment = false;
  found result;
  result.report = heddle::explore(how, decide, [&] {
    std::vector<std::string> logs(of.size());
    std::string all;
    {
      shared s;
      threads t;
      for (std::size_t i = 0; i < of.size(); ++i) {
        t.start([&, i] { run(of[i], s, logs[i]); });
      }
      t.join();
      all = std::to_string(s.x.load()) + " " + std::to_string(s.count);
    }
    for (const std::string& log : logs) all += " " + log;
    result.outcomes.insert(all);
  });
  return result;
}

std::string differences(const found& truth, const found& reduced) {
  std::string text;
  for (const std::string& at : truth.outcomes) {
    if (reduced.outcomes.count(at) == 0) text += "missed: " + at + "\n";
  }
  for (const std::string& at : reduced.outcomes) {
    if (truth.outcomes.count(at) == 0) text += "impossible: " + at + "\n";
  }
  return text;
}

void compare(bool timed, int early, int rereads, dpor::mode how) {
  const std::uint64_t first = environment("HEDDLE_ORACLE_SEED", 1);
  const std::uint64_t programs = environment("HEDDLE_ORACLE_PROGRAMS", 300);
  std::uint64_t tested = 0;
  std::int64_t all_executions = 0;
  std::int64_t reduced_executions = 0;
  std::int64_t redundant = 0;
  int failures = 0;
  for (std::uint64_t seed = first; tested < programs && failures < 3; ++seed) {
    const code program = random_code(seed, timed);
    heddle::explorers::depth_first all;
    const found truth = explore(program, all, early, rereads);
    if (!truth.report.stopped_by.empty()) continue;
    ++tested;
    dpor search(how);
    const found reduced = explore(program, search, early, rereads);
    const std::string text = differences(truth, reduced);
    if (!text.empty()) {
      ++failures;
      ADD_FAILURE() << "seed " << seed << "\n" << to_string(program) << text;
    }
    EXPECT_EQ(search.complaint(), "") << "seed " << seed << "\n" << to_string(program);
    EXPECT_TRUE(search.finished()) << "seed " << seed << "\n" << to_string(program);
    all_executions += truth.report.executions;
    reduced_executions += reduced.report.executions;
    redundant += reduced.report.redundant;
  }
  std::printf("%ld executions by depth-first search, %ld with reduction, of them %ld redundant\n",
              static_cast<long>(all_executions), static_cast<long>(reduced_executions),
              static_cast<long>(redundant));
}

constexpr int never_parked = 1'000'000;

TEST(Timed, OptimalFindsAllOutcomes) { compare(true, 0, never_parked, dpor::mode::optimal); }
TEST(Timed, SourceFindsAllOutcomes) { compare(true, 0, never_parked, dpor::mode::source); }
// Early clock advances and parking depend on more than the class of an execution: where they were
// possible, exhaustiveness is not claimed, and nothing impossible is found. What is claimed at most
// is that all was found that takes no early advance.
void expect_honesty(bool timed, int early, int rereads, dpor::mode how) {
  const std::uint64_t first = environment("HEDDLE_ORACLE_SEED", 1);
  const std::uint64_t programs = environment("HEDDLE_ORACLE_PROGRAMS", 300);
  int incomplete = 0;
  int bounded = 0;
  for (std::uint64_t seed = first; seed < first + programs; ++seed) {
    const code program = random_code(seed, timed);
    heddle::explorers::depth_first all;
    const found truth = explore(program, all, early, rereads);
    if (!truth.report.stopped_by.empty()) continue;
    dpor search(how);
    const found reduced = explore(program, search, early, rereads);
    EXPECT_TRUE(search.finished()) << "seed " << seed;
    const std::string text = differences(truth, reduced);
    EXPECT_EQ(text.find("impossible"), std::string::npos) << "seed " << seed << "\n" << text;
    incomplete += text.empty() ? 0 : 1;
    EXPECT_TRUE(text.empty() || reduced.report.coverage != heddle::coverage::exhaustive)
        << "seed " << seed << "\n"
        << to_string(program) << text;
    if (reduced.report.coverage != heddle::coverage::bounded) continue;
    ++bounded;
    heddle::explorers::depth_first patient;
    const found least = explore(program, patient, 0, rereads);
    for (const std::string& at : least.outcomes) {
      EXPECT_TRUE(reduced.outcomes.contains(at)) << "seed " << seed << " misses " << at << "\n"
                                                 << to_string(program);
    }
  }
  testing::Test::RecordProperty("incomplete", incomplete);
  EXPECT_EQ(bounded > 0, early != 0);
}

TEST(TimedEarly, OptimalIsHonest) { expect_honesty(true, 1, never_parked, dpor::mode::optimal); }
TEST(TimedEarly, SourceIsHonest) { expect_honesty(true, 1, never_parked, dpor::mode::source); }
TEST(Spinning, OptimalIsHonest) { expect_honesty(false, 0, 2, dpor::mode::optimal); }
TEST(Spinning, SourceIsHonest) { expect_honesty(false, 0, 2, dpor::mode::source); }

}  // namespace
}  // namespace counting
