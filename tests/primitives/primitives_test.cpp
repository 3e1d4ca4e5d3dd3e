// SPDX-License-Identifier: MIT
//
// For each primitive: the outcomes of programs of two to four threads are those of brute force, so
// is the number of executions, and reduction explores one execution per class.
#include <gtest/gtest.h>

#include <heddle/explorers/prng.hpp>

#include "runner.hpp"

namespace {

using namespace primitives;  // NOLINT(google-build-using-namespace)

void compare(const program& code, const settings& made = {}) {
  SCOPED_TRACE(to_string(code));
  const census expected = every_execution(code, made, 5'000);
  if (expected.capped) return;
  const observed all = run(code, made, "dfs");
  EXPECT_TRUE(all.exhaustive) << all.text;
  EXPECT_EQ(all.executions, expected.executions);
  EXPECT_EQ(all.deadlocked, expected.deadlocked);
  EXPECT_EQ(all.outcomes, expected.outcomes);
  const observed reduced = run(code, made, "dpor");
  EXPECT_TRUE(reduced.exhaustive) << reduced.text;
  EXPECT_EQ(reduced.executions, static_cast<std::int64_t>(expected.classes.size()));
  EXPECT_EQ(reduced.deadlocked != 0, expected.deadlocked != 0);
  EXPECT_EQ(reduced.outcomes.size(), expected.outcomes.size());
  for (const auto& [outcome, count] : expected.outcomes) {
    EXPECT_TRUE(reduced.outcomes.contains(outcome)) << "reduction misses " << outcome;
  }
}

using pieces = std::vector<std::vector<step>>;

// Random programs of these pieces.
void compare_random(const pieces& of, int programs, const settings& made = {}) {
  heddle::explorers::prng random(of.size());
  for (int i = 0; i < programs && !testing::Test::HasFailure(); ++i) {
    program code(2 + random.below(3));
    for (auto& thread : code) {
      for (std::uint32_t left = 1 + random.below(code.size() == 2 ? 3 : 2); left > 0; --left) {
        const auto& piece = of[random.below(static_cast<std::uint32_t>(of.size()))];
        thread.insert(thread.end(), piece.begin(), piece.end());
      }
    }
    compare(code, made);
  }
}

const std::vector<step> add{{op::add, 1}};
const std::vector<step> look{{op::load}};

TEST(Primitives, Mutex) {
  compare_random({{{op::lock}, {op::load}, {op::unlock}},
                  {{op::lock}, {op::add, 1}, {op::unlock}},
                  {{op::try_lock, 0, 1}, {op::unlock}},
                  add},
                 60);
}
TEST(Primitives, RecursiveMutex) {
  compare_random({{{op::r_lock}, {op::r_lock}, {op::r_unlock}, {op::r_unlock}},
                  {{op::r_try_lock, 0, 1}, {op::r_unlock}},
                  {{op::r_lock}, {op::add, 1}, {op::r_unlock}},
                  look},
                 60);
}
TEST(Primitives, SharedMutex) {
  compare_random({{{op::x_lock}, {op::x_unlock}},
                  {{op::x_try_lock, 0, 1}, {op::x_unlock}},
                  {{op::s_lock}, {op::s_unlock}},
                  {{op::s_try_lock, 0, 1}, {op::s_unlock}},
                  {{op::s_lock}, {op::load}, {op::s_unlock}},
                  add},
                 60);
}
TEST(Primitives, Semaphore) {
  for (int permits : {0, 1, 2}) {
    compare_random({{{op::acquire}}, {{op::release}}, {{op::try_acquire}}, add}, 30, {permits});
  }
}
TEST(Primitives, Latch) {
  // At most as many count-downs as it allows.
  const std::vector<step> down{{op::count_down}};
  for (int expected : {6, 8}) {
    compare_random({down, {{op::try_wait}}, add}, 30, {.latch = expected});
  }
  compare({{{op::count_down}, {op::await_latch}, {op::load}},
           {{op::add, 1}, {op::count_down}},
           {{op::await_latch}, {op::load}}});
  compare({{{op::count_down}}, {{op::count_down}}, {{op::await_latch}}, {{op::try_wait}}});
  compare({{{op::await_latch}}, {{op::count_down}}, {{op::try_wait}, {op::try_wait}}});
}
TEST(Primitives, Barrier) {
  const std::vector<step> meet{{op::arrive}, {op::await_barrier}};
  const std::vector<step> twice{
      {op::arrive}, {op::await_barrier}, {op::arrive}, {op::await_barrier}};
  compare({meet, meet});
  compare({twice, twice});
  compare({meet, meet, meet}, {.parties = 3});
  compare({meet, meet, meet}, {.parties = 4});  // one is missing
  compare({twice, {{op::drop}}});
  compare({{{op::add, 1}, {op::arrive}, {op::await_barrier}, {op::load}},
           {{op::add, 2}, {op::arrive}, {op::await_barrier}, {op::load}}});
  compare({{{op::arrive}, {op::add, 1}, {op::await_barrier}}, {{op::arrive}, {op::load}}});
  compare({meet, meet, {{op::drop}}}, {.parties = 3});
  compare({meet, meet, meet, meet}, {.parties = 4});
}
TEST(Primitives, CallOnce) { compare_random({{{op::call_once}}, {{op::call_throwing}}, add}, 60); }
TEST(Primitives, Future) {
  compare_random({{{op::set_value}}, {{op::get}}, {{op::get}, {op::load}}, add}, 60);
}
TEST(Primitives, StopSource) {
  compare_random({{{op::request_stop}}, {{op::stop_requested}}, add, look}, 60);
}
TEST(Primitives, Atomic) {
  compare_random({look, add, {{op::store, 2}}, {{op::store, 0}}, {{op::compare_exchange, 3}}}, 60);
}
TEST(Primitives, AtomicWait) {
  compare_random({{{op::wait}},
                  {{op::store, 1}},
                  {{op::store, 0}},
                  {{op::notify_one}},
                  {{op::notify_all}},
                  {{op::store, 1}, {op::notify_one}},
                  look},
                 100);
}
TEST(Primitives, ConditionVariableAny) {
  compare_random({{{op::lock}, {op::any_wait}, {op::unlock}},
                  {{op::lock}, {op::any_wait}, {op::load}, {op::unlock}},
                  {{op::any_notify_one}},
                  {{op::any_notify_all}},
                  {{op::lock}, {op::any_notify_one}, {op::unlock}},
                  {{op::try_lock, 0, 1}, {op::unlock}},
                  add},
                 80);
}
TEST(Primitives, Mixed) {
  compare_random({{{op::lock}, {op::unlock}},
                  {{op::release}},
                  {{op::try_acquire}},
                  {{op::call_once}},
                  {{op::set_value}},
                  {{op::get}},
                  {{op::request_stop}},
                  {{op::wait}},
                  {{op::store, 1}, {op::notify_all}},
                  {{op::s_lock}, {op::s_unlock}},
                  {{op::x_lock}, {op::x_unlock}}},
                 80);
}

}  // namespace
