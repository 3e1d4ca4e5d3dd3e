// SPDX-License-Identifier: MIT
//
// The two functions of dependence, guarded on the real engine: from random reachable states every
// pair called independent is run in both orders.
#include "diamond.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace {

using namespace diamond;  // NOLINT(google-build-using-namespace)
using heddle::sched::choice;
using heddle::sched::choice_kind;
using heddle::sched::event;
using heddle::sched::execution_state;
using heddle::sched::thread_status;

bool enabled(const execution_state& in, thread_id thread) {
  const thread_status status = in.thread(thread).status;
  return status == thread_status::enabled || status == thread_status::parked;
}

// Goes on with one thread, wakes the first waiter by id, never early: the same whatever came
// before.
std::uint32_t canonical(const choice& where) {
  std::uint32_t best = 0;
  if (where.kind == choice_kind::value) return 0;
  for (std::uint32_t i = 1; i < where.count; ++i) {
    if (!where[i].early_timeout && where[i].thread < where[best].thread) best = i;
  }
  return best;
}

// Follows a prefix of choices; then lets the threads of `order` make one step each; then goes on
// canonically. Without an order it draws the prefix at random, up to the place where it stops.
class surveyor final : public heddle::sched::explorer {
 public:
  surveyor(std::vector<std::uint32_t> prefix, std::vector<thread_id> order)
      : prefix_(std::move(prefix)), order_(std::move(order)) {}
  surveyor(heddle::explorers::prng& random, std::uint32_t stop_after)
      : random_(&random), stop_after_(stop_after) {}

  needs wants() const override { return {true, true}; }
  bool begin_execution() override { return true; }
  heddle::coverage claim() const override { return heddle::coverage::sampled; }

  std::uint32_t choose(const choice& where) override {
    const std::size_t at = choices_++;
    if (random_ != nullptr) return draw(where);
    if (at < prefix_.size()) return prefix_[at];
    if (where.kind != choice_kind::thread) return canonical(where);
    reached(*where.state);
    if (performed_ < order_.size()) {
      for (std::uint32_t i = 0; i < where.count; ++i) {
        if (where[i].thread == order_[performed_] && !where[i].early_timeout) return i;
      }
    }
    return canonical(where);
  }

  bool permits(const execution_state& state, thread_id next) override {
    if (random_ != nullptr) return true;
    if (choices_ >= prefix_.size() && order_begun_) reached(state);
    if (order_begun_ && performed_ < order_.size()) {
      if (order_[performed_] != next) was_disabled = true;
      ++performed_;
    }
    return true;
  }

  void step(const event& done, const operation&) override {
    if (order_begun_ && events.size() < order_.size() && performed_ > events.size()) {
      events.push_back(done);
    }
  }
  void end_execution(const heddle::sched::outcome& of) override {
    verdict = of.result;
    if (order_begun_ && performed_ < order_.size()) was_disabled = true;  // nobody could go on
  }

  // where a random prefix stopped
  std::vector<std::uint32_t> drawn;
  std::vector<thread_id> candidates;
  std::vector<operation> pending;
  std::string strange;  // an operation pair that cannot be enabled together, and is

  // what came of an order
  bool was_disabled = false;
  std::optional<std::uint64_t> fingerprint;  // after both steps
  std::vector<event> events;                 // of the two steps
  heddle::sched::verdict verdict{};

 private:
  // The state before the next step after the prefix.
  void reached(const execution_state& state) {
    order_begun_ = true;
    if (performed_ == order_.size() && !fingerprint) fingerprint = state.fingerprint();
    if (performed_ < order_.size() && !enabled(state, order_[performed_])) was_disabled = true;
  }
  std::uint32_t draw(const choice& where) {
    if (where.kind == choice_kind::thread) {
      check_coenabled(*where.state);
      if (candidates.empty() && choices_ > stop_after_) {
        for (std::uint32_t i = 0; i < where.count; ++i) {
          if (where[i].early_timeout) continue;
          candidates.push_back(where[i].thread);
          pending.push_back(*where.state->thread(where[i].thread).pending);
        }
        if (candidates.size() < 2) candidates.clear(), pending.clear();
      }
    }
    const std::uint32_t index = random_->below(where.count);
    if (candidates.empty()) drawn.push_back(index);
    return index;
  }
  void check_coenabled(const execution_state& state) {
    for (thread_id a = 0; a < state.thread_count(); ++a) {
      for (thread_id b = 0; b < a; ++b) {
        if (!enabled(state, a) || !enabled(state, b)) continue;
        const operation& of_a = *state.thread(a).pending;
        const operation& of_b = *state.thread(b).pending;
        if (!heddle::sched::may_be_coenabled(of_a, of_b)) {
          strange = std::string(to_string(of_a.kind)) + " and " + std::string(to_string(of_b.kind));
        }
      }
    }
  }

  std::vector<std::uint32_t> prefix_;
  std::vector<thread_id> order_;
  heddle::explorers::prng* random_ = nullptr;
  std::uint32_t stop_after_ = 0;
  std::size_t choices_ = 0;
  std::size_t performed_ = 0;
  bool order_begun_ = false;
};

// A program under one engine, run as often as wanted.
class laboratory {
 public:
  explicit laboratory(program code) : code_(std::move(code)), engine_(settings()) {}

  observations run(surveyor& with) {
    observations seen;
    const auto body = [&] { run_program(code_, seen); };
    engine_.run(heddle::detail::reference(body), with);
    return seen;
  }

 private:
  static heddle::sched::settings settings() {
    heddle::sched::settings made;
    made.shape.early_timeouts = 2;
    made.shape.rereads = 1'000'000;  // parking is no matter of enabledness
    made.stuck_seconds = 0;
    return made;
  }
  program code_;
  heddle::sched::engine engine_;
};

struct tally {
  int pairs = 0;
  int independent_as_pending = 0;
  int independent_as_resolved = 0;
  std::map<std::string, int> kinds;
};

std::string words(const operation& a, const operation& b) {
  std::string first(to_string(a.kind));
  std::string second(to_string(b.kind));
  if (second < first) std::swap(first, second);
  return first + "/" + second;
}

void survey_pair(laboratory& in, const surveyor& at, std::size_t p, std::size_t q, tally& count) {
  const thread_id first = at.candidates[p];
  const thread_id second = at.candidates[q];
  surveyor forward(at.drawn, {first, second});
  surveyor backward(at.drawn, {second, first});
  const observations one = in.run(forward);
  const observations other = in.run(backward);
  ++count.pairs;
  const std::string pair = words(at.pending[p], at.pending[q]);
  const bool pending = !heddle::sched::dependent(at.pending[p], at.pending[q]);
  if (pending) {
    EXPECT_FALSE(forward.was_disabled) << pair << ": the first disables the second";
    EXPECT_FALSE(backward.was_disabled) << pair << ": the second disables the first";
  }
  if (forward.was_disabled) return;
  ASSERT_EQ(forward.events.size(), 2U) << pair;
  ASSERT_EQ(forward.events[0].thread, first);
  ASSERT_EQ(forward.events[1].thread, second);
  const bool resolved = !heddle::sched::dependent(forward.events[0].op, forward.events[1].op);
  EXPECT_TRUE(resolved || !pending) << pair << ": more independent than its worst case";
  if (!resolved) return;
  count.independent_as_pending += pending ? 1 : 0;
  ++count.independent_as_resolved;
  ++count.kinds[pair];
  EXPECT_FALSE(backward.was_disabled) << pair;
  ASSERT_EQ(backward.events.size(), 2U) << pair;
  EXPECT_EQ(forward.events[0].op.result, backward.events[1].op.result) << pair;
  EXPECT_EQ(forward.events[1].op.result, backward.events[0].op.result) << pair;
  EXPECT_EQ(forward.fingerprint, backward.fingerprint) << pair;
  EXPECT_EQ(forward.verdict, backward.verdict) << pair;
  EXPECT_EQ(one, other) << pair << ": somebody can tell";
}

void survey(program (*draw)(heddle::explorers::prng&), int programs, tally& count) {
  heddle::explorers::prng random(1);
  for (int i = 0; i < programs && !testing::Test::HasFailure(); ++i) {
    laboratory in(draw(random));
    for (int j = 0; j < 4; ++j) {
      surveyor scout(random, random.below(12));
      in.run(scout);
      EXPECT_EQ(scout.strange, "") << "called never co-enabled";
      for (std::size_t p = 0; p < scout.candidates.size(); ++p) {
        for (std::size_t q = 0; q < p; ++q) survey_pair(in, scout, p, q, count);
      }
    }
  }
}

TEST(Diamond, ClosesForEveryPairCalledIndependent) {
  tally count;
  survey(&random_program, 6'000, count);
  EXPECT_GT(count.pairs, 10'000);
  EXPECT_GT(count.independent_as_pending, 10'000);
  EXPECT_GT(count.independent_as_resolved, count.independent_as_pending);
  // The pairs that are easy to get wrong did occur.
  for (const char* pair : {"lock/notify_one", "notify_one/wake", "notify_one/try_lock",
                           "try_lock/try_lock", "wait/wait", "unlock/unlock", "lock/wake",
                           "compare-exchange/load", "sleep/wait", "sleep/store"}) {
    EXPECT_GT(count.kinds[pair], 0) << pair;
  }
}

TEST(Diamond, ClosesForTheOtherPrimitivesOfTheStandard) {
  tally count;
  survey(&random_synchronisers, 6'000, count);
  EXPECT_GT(count.independent_as_pending, 10'000);
  for (const char* pair : {"release/release", "count_down/count_down", "lock_shared/unlock_shared",
                           "try_wait/try_wait", "load/notify_one", "wait/wait", "call/call",
                           "lock_shared/lock_shared"}) {
    EXPECT_GT(count.kinds[pair], 0) << pair;
  }
}

}  // namespace
