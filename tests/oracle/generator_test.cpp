// SPDX-License-Identifier: MIT
#include "generator.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "brute_force.hpp"
#include "known_programs.hpp"
#include "shrink.hpp"
#include "well_formed.hpp"

namespace oracle {
namespace {

bool has(const program& p, op kind) {
  return std::any_of(p.threads.begin(), p.threads.end(), [kind](const thread_code& code) {
    return std::any_of(code.begin(), code.end(),
                       [kind](const operation& o) { return o.kind == kind; });
  });
}

TEST(Splitmix64, HasItsPublishedSequence) {
  splitmix64 random(1234567);
  EXPECT_EQ(random.next(), 6457827717110365317u);
  EXPECT_EQ(random.next(), 3203168211198807973u);
  EXPECT_EQ(random.next(), 9817491932198370423u);
}

TEST(RandomProgram, IsTheSameForTheSameSeed) {
  EXPECT_EQ(random_program(7), random_program(7));
  EXPECT_NE(random_program(7), random_program(8));
}

TEST(RandomProgram, IsWellFormed) {
  for (std::uint64_t seed = 0; seed < 3'000; ++seed) {
    const program p = random_program(seed);
    ASSERT_EQ(complaint(p), "") << "seed " << seed << "\n" << to_string(p);
  }
}

TEST(RandomProgram, RelocksOnlyOnDemand) {
  int relocks = 0;
  for (std::uint64_t seed = 0; seed < 1'000; ++seed) {
    const program p = random_program(seed, {.relock = true});
    ASSERT_EQ(complaint(p, true), "") << "seed " << seed << "\n" << to_string(p);
    if (!complaint(p).empty()) ++relocks;
  }
  EXPECT_GT(relocks, 50);
}

// The generator is worth its name only if nothing of the language is rare and every ending occurs.
TEST(RandomProgram, CoversTheLanguage) {
  std::map<op, int> programs_with;
  census total;
  int small = 0;
  const int programs = 500;
  for (std::uint64_t seed = 0; seed < programs; ++seed) {
    const program p = random_program(seed);
    for (int k = 0; k <= static_cast<int>(op::assume); ++k) {
      if (has(p, static_cast<op>(k))) ++programs_with[static_cast<op>(k)];
    }
    const census c = every_execution(p, {.limit = 5'000});
    if (!c.capped) ++small;
    total.complete += c.complete > 0;
    total.failed += c.failed > 0;
    total.blocked += c.blocked > 0;
    total.deadlocked += c.deadlocked > 0;
  }
  for (int k = 0; k <= static_cast<int>(op::assume); ++k) {
    EXPECT_GE(programs_with[static_cast<op>(k)], programs / 20) << "kind " << k;
  }
  EXPECT_GT(small, programs * 3 / 4);
  EXPECT_GT(total.complete, 250u);
  EXPECT_GT(total.failed, 50u);
  EXPECT_GT(total.blocked, 25u);
  EXPECT_GT(total.deadlocked, 50u);
}

TEST(Complaint, NamesWhatIsWrong) {
  program p;
  p.variables = {{}, {.plain = true, .guard = 0}};
  p.mutexes = 2;
  p.conditions = 1;
  const auto about = [&p](thread_code code) {
    p.threads = {std::move(code)};
    return complaint(p);
  };
  EXPECT_EQ(about({lock(0), load(1), wait(0, 0), unlock(0)}), "");
  EXPECT_EQ(about({try_lock(0, 2), store(1, 1), unlock(0)}), "");
  EXPECT_EQ(about({lock(0)}), "a mutex is held at the end");
  EXPECT_EQ(about({unlock(0)}), "unlock by another than the owner");
  EXPECT_EQ(about({lock(0), lock(0), unlock(0)}), "relock by the owner");
  EXPECT_EQ(about({lock(0), try_lock(0, 0), unlock(0)}), "try_lock by the owner");
  EXPECT_EQ(about({wait(0, 0)}), "wait without its mutex");
  EXPECT_EQ(about({load(1)}), "plain access without its guard");
  EXPECT_EQ(about({load(2)}), "no such variable");
  EXPECT_EQ(about({lock(0), expect(0), unlock(0)}), "a check or assume under a lock");
  EXPECT_EQ(about({try_lock(0, 1), store(1, 1), unlock(0)}), "unlock by another than the owner");
  EXPECT_EQ(about({skip_unless(1, 2), point()}), "skip past the end");
  EXPECT_EQ(about({acquire(0)}), "no such semaphore");
  p.semaphores = {1};
  EXPECT_EQ(about({acquire(0), release(0), try_acquire(0, 1), point()}), "");
  EXPECT_EQ(about({release(0, 0)}), "release of nothing");
  EXPECT_EQ(about({start(1)}), "start of no thread with a higher number");
  EXPECT_EQ(about({join(1)}), "join of a thread that it has not started");
  p.threads = {{start(1), join(1)}, {}};
  EXPECT_EQ(complaint(p), "");
  p.threads = {{start(1), start(1)}, {}};
  EXPECT_EQ(complaint(p), "two starts of one thread");
  p.threads = {{skip_unless(0, 1), start(1)}, {}};
  EXPECT_EQ(complaint(p), "a start or join that may be skipped");
  EXPECT_EQ(about({lock(0), wait(0, 0), unlock(0), lock(1), wait(0, 1), unlock(1)}),
            "one condition with two mutexes");
}

TEST(KnownPrograms, AreWellFormed) {
  for (const program& p : {independent(3, 2),
                           points(2, 3),
                           binc(3),
                           casrot(3),
                           readers(3),
                           floatread(3),
                           race2(2),
                           corr_deep(3),
                           sb(3),
                           lb(3),
                           mp(3),
                           account(2),
                           mutexcnt(3),
                           mutexcnt2(3),
                           trylock(3),
                           philosophers(3, true),
                           philosophers(3, false),
                           prodcons_m(2),
                           condvar1(2),
                           condvar1(2, false),
                           condvar2(2),
                           cv_lost(2),
                           cv_tokens(2),
                           cv_requeue(2)}) {
    EXPECT_EQ(complaint(p), "") << to_string(p);
  }
}

TEST(Shrink, KeepsWhatMatters) {
  program p;
  p.variables = atomics(1);
  p.mutexes = 2;
  p.threads = {{point()},
               {load(0), lock(0), skip_unless(0, 2), lock(1), unlock(1), point(), unlock(0)},
               {lock(1), fetch_add(0, 1), lock(0), unlock(0), unlock(1)},
               {pick(2)}};
  ASSERT_EQ(complaint(p), "");
  const auto deadlocks = [](const program& q) { return every_execution(q).deadlocked > 0; };
  const program small = shrink(p, deadlocks);
  EXPECT_EQ(small.threads, (std::vector<thread_code>{{},
                                                     {lock(0), lock(1), unlock(1), unlock(0)},
                                                     {lock(1), lock(0), unlock(0), unlock(1)}}));
}

}  // namespace
}  // namespace oracle
