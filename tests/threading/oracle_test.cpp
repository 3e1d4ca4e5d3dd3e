// SPDX-License-Identifier: MIT
//
// Random programs of toolkit calls against an interpreter that knows nothing of Heddle: it keeps
// the state of each primitive in plain numbers and tries every order of steps. Depth-first search
// must see exactly its executions, reduction exactly its ways to end.
#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "heddle/explorers/prng.hpp"
#include "heddle/explorers/wrapper.hpp"
#include "shim/counted.hpp"
#include "threading/explored.hpp"

namespace {

using namespace explored;  // NOLINT(google-build-using-namespace)

enum call : unsigned {
  lock_acquire,
  lock_try,
  lock_release,
  semaphore_acquire,
  semaphore_try,
  semaphore_release,
  event_set,
  event_clear,
  event_is_set,
  event_wait,
  latch_count_down,
  latch_wait,
  latch_count,
  queue_put,
  queue_get,
  queue_try_put,
  queue_try_get,
  queue_join,
  queue_task_done,
  barrier_wait,
  calls,
};
using program = std::vector<std::vector<call>>;
using endings = std::map<std::string, std::int64_t>;  // what the threads saw, how often

// --- the interpreter --------------------------------------------------------------------------

struct model {
  int held = 0;
  int permits = 1;
  bool set = false;
  int sets = 0;
  int latch = 2;
  std::vector<int> items;  // at most one
  int unfinished = 0;
  int arrived = 0;
  int cycle = 0;
  struct thread {
    std::size_t at = 0;
    int waits_for = -1;  // a number that must be passed: sets, or cycles
    int missing = 0;     // at the barrier
    std::string seen;
  };
  std::vector<thread> threads;
};

bool enabled(const model& in, const model::thread& thread, call next) {
  switch (next) {
    case lock_acquire:
      return in.held == 0;
    case semaphore_acquire:
      return in.permits > 0;
    case event_wait:
      return thread.waits_for < 0 || in.sets > thread.waits_for;
    case latch_wait:
      return in.latch == 0;
    case queue_put:
      return in.items.empty();
    case queue_get:
      return !in.items.empty();
    case queue_join:
      return in.unfinished == 0;
    case barrier_wait:
      return thread.waits_for < 0 || in.cycle > thread.waits_for;
    default:
      return true;
  }
}

void step(model& in, std::size_t id, call next) {
  model::thread& thread = in.threads[id];
  std::string result = "0";
  bool done = true;
  switch (next) {
    case lock_acquire:
      in.held = 1;
      break;
    case lock_try:
      result = in.held == 0 ? "1" : "0";
      in.held = 1;
      break;
    case lock_release:
      result = in.held != 0 ? "1" : "e";
      in.held = 0;
      break;
    case semaphore_acquire:
      --in.permits;
      break;
    case semaphore_try:
      if (in.permits > 0) --in.permits, result = "1";
      break;
    case semaphore_release:
      if (in.permits == 2) {
        result = "e";
      } else {
        ++in.permits;
      }
      break;
    case event_set:
      if (!in.set) ++in.sets;
      in.set = true;
      break;
    case event_clear:
      in.set = false;
      break;
    case event_is_set:
      result = in.set ? "1" : "0";
      break;
    case event_wait:
      done = thread.waits_for >= 0 || in.set;
      thread.waits_for = done ? -1 : in.sets;
      break;
    case latch_count_down:
      if (in.latch > 0) --in.latch;
      break;
    case latch_count:
      result = std::to_string(in.latch);
      break;
    case queue_put:
      in.items.push_back(static_cast<int>(id) + 1);
      ++in.unfinished;
      break;
    case queue_get:
      result = std::to_string(in.items.back());
      in.items.clear();
      break;
    case queue_try_put:
      if (in.items.empty()) {
        in.items.push_back(static_cast<int>(id) + 1);
        ++in.unfinished;
        result = "1";
      }
      break;
    case queue_try_get:
      if (!in.items.empty()) result = std::to_string(in.items.back());
      in.items.clear();
      break;
    case queue_task_done:
      if (in.unfinished == 0) {
        result = "e";
      } else {
        --in.unfinished;
      }
      break;
    case barrier_wait:
      if (thread.waits_for >= 0) {
        thread.waits_for = -1;
        result = std::to_string(thread.missing);
        break;
      }
      thread.missing = 2 - ++in.arrived;
      done = thread.missing == 0;
      if (done) {
        in.arrived = 0;
        ++in.cycle;
      } else {
        thread.waits_for = in.cycle;
      }
      break;
    default:
      break;
  }
  if (!done) return;
  thread.seen += result;
  ++thread.at;
}

// What comes after `in`, every order; returns the number of executions.
std::int64_t enumerate(const program& code, const model& in, endings& into) {
  std::int64_t executions = 0;
  for (std::size_t id = 0; id < code.size(); ++id) {
    const std::size_t at = in.threads[id].at;
    if (at == code[id].size() || !enabled(in, in.threads[id], code[id][at])) continue;
    model next = in;
    step(next, id, code[id][at]);
    executions += enumerate(code, next, into);
  }
  if (executions != 0) return executions;
  std::string way;
  for (const auto& thread : in.threads) way += thread.seen + "|";
  ++into[way];
  return 1;
}

// --- the toolkit ------------------------------------------------------------------------------

struct objects {
  th::lock gate;
  th::bounded_semaphore permits{2};
  th::event ready;
  th::countdown_latch latch{2};
  th::queue<int> items{1};
  th::barrier meeting{2};
};

std::string perform(objects& on, unsigned id, call what) {
  const auto text = [](int number) { return std::to_string(number); };
  try {
    switch (what) {
      case lock_acquire:
        return on.gate.acquire(), "0";
      case lock_try:
        return text(on.gate.try_acquire());
      case lock_release:
        return on.gate.release(), "1";
      case semaphore_acquire:
        return on.permits.acquire(), "0";
      case semaphore_try:
        return text(on.permits.try_acquire());
      case semaphore_release:
        return on.permits.release(), "0";
      case event_set:
        return on.ready.set(), "0";
      case event_clear:
        return on.ready.clear(), "0";
      case event_is_set:
        return text(on.ready.is_set());
      case event_wait:
        return on.ready.wait(), "0";
      case latch_count_down:
        return on.latch.count_down(), "0";
      case latch_wait:
        return on.latch.wait(), "0";
      case latch_count:
        return text(on.latch.count());
      case queue_put:
        return on.items.put(static_cast<int>(id) + 1), "0";
      case queue_get:
        return text(on.items.get());
      case queue_try_put:
        return text(on.items.try_put(static_cast<int>(id) + 1));
      case queue_try_get:
        return text(on.items.try_get().value_or(0));
      case queue_join:
        return on.items.join(), "0";
      case queue_task_done:
        return on.items.task_done(), "0";
      default:
        return text(on.meeting.wait());
    }
  } catch (const th::usage_error&) {
    return "e";
  }
}

// Tells how each execution of the search ended, and of no other run of the body.
class noting final : public heddle::explorers::wrapper {
 public:
  noting(heddle::sched::explorer& inner, const std::vector<std::string>& seen)
      : wrapper(inner), seen_(seen) {}
  void end_execution(const heddle::sched::outcome& of) override {
    std::string way;
    for (const auto& thread : seen_) way += thread + "|";
    ++ways[way];
    wrapper::end_execution(of);
  }
  endings ways;

 private:
  const std::vector<std::string>& seen_;
};

endings explore(const program& code, const char* explorer, std::int64_t& executions) {
  heddle::options how = by(explorer);
  how.rereads = 1'000'000;
  how.minimise = 0;
  how.diagnose = how.statistics = false;
  std::vector<std::string> seen;
  objects on;  // outside: a stuck thread may still use them; each execution finds them as if new
  const auto inner = heddle::detail::explorer_for(how);
  noting search(*inner, seen);
  const auto of = heddle::explore(how, search, [&] {
    seen.assign(code.size(), "");
    on.permits.acquire();
    counted::in_threads(static_cast<unsigned>(code.size()), [&](unsigned id) {
      for (const call what : code[id]) seen[id] += perform(on, id, what);
    });
  });
  EXPECT_EQ(of.coverage, heddle::coverage::exhaustive) << explorer << of.text();
  executions = of.executions;
  return search.ways;
}

program random_program(heddle::explorers::prng& random) {
  program made(2 + random.below(2));
  for (auto& thread : made) {
    thread.resize(1 + random.below(made.size() == 2 ? 4 : 3));
    for (call& at : thread) at = static_cast<call>(random.below(calls));
  }
  return made;
}

TEST(ToolkitOracle, BothSearchesAgreeWithAnInterpreter) {
  const char* const asked = std::getenv("HEDDLE_ORACLE_PROGRAMS");
  const int programs = asked != nullptr ? std::atoi(asked) : 400;
  heddle::explorers::prng random(11);
  for (int number = 0; number < programs && !HasFailure(); ++number) {
    const program code = random_program(random);
    std::string text = "program " + std::to_string(number) + ":";
    for (const auto& thread : code) {
      for (const call at : thread) text += " " + std::to_string(at);
      text += " /";
    }
    SCOPED_TRACE(text);
    model start;
    start.threads.resize(code.size());
    endings expected;
    const std::int64_t count = enumerate(code, start, expected);
    std::int64_t executions = 0;
    EXPECT_EQ(explore(code, "dfs", executions), expected);
    EXPECT_EQ(executions, count);
    const endings reduced = explore(code, "dpor", executions);
    EXPECT_LE(executions, count);
    for (const auto& [way, times] : expected) EXPECT_TRUE(reduced.contains(way)) << way;
    for (const auto& [way, times] : reduced) EXPECT_TRUE(expected.contains(way)) << way;
  }
}

}  // namespace
