// SPDX-License-Identifier: MIT
// The explorer and the wrapper that docs/own-explorer.md goes through. What stands between the
// marks stands there, too.
#include <gtest/gtest.h>

#include <cstdint>
#include <heddle/explorers/wrapper.hpp>
#include <heddle/heddle.hpp>

#include "quiet_options.hpp"

namespace {

// [own-explorer]
// Stays with a thread for a while: it leaves it at one choice of four only.
class sticky_walk final : public heddle::sched::explorer {
 public:
  explicit sticky_walk(std::uint64_t seed) : state_(seed) {}
  bool begin_execution() override { return true; }
  std::uint32_t choose(const heddle::sched::choice& where) override {
    const bool stays = where.kind == heddle::sched::choice_kind::thread && where.acting_enabled;
    if (stays && draw(4) != 0) return 0;
    return draw(where.count);
  }
  heddle::coverage claim() const override { return heddle::coverage::sampled; }

 private:
  std::uint32_t draw(std::uint32_t bound) {
    state_ = heddle::sched::mix(state_);
    return static_cast<std::uint32_t>(state_ % bound);
  }
  std::uint64_t state_;
};
// [own-explorer]

// [own-wrapper]
// Counts the choices in which the explorer inside leaves a thread that could go on.
class counting_switches final : public heddle::explorers::wrapper {
 public:
  using wrapper::wrapper;
  std::uint32_t choose(const heddle::sched::choice& where) override {
    const std::uint32_t index = wrapper::choose(where);
    switches += where.acting_enabled && index != 0;
    return index;
  }
  std::int64_t switches = 0;
};
// [own-wrapper]

int sum_of_two_unguarded_increments() {
  heddle::atomic<int> sum{0};
  const auto increment = [&] { sum.store(sum.load() + 1); };
  heddle::thread first(increment);
  heddle::thread second(increment);
  first.join();
  second.join();
  return sum.load();
}

TEST(DocumentedExplorer, FindsALostUpdate) {
  sticky_walk decide(1);
  const heddle::options how = quiet("sticky walk", 1'000);
  const heddle::report result = heddle::explore(
      how, decide, [] { heddle::check(sum_of_two_unguarded_increments() == 2, "an update"); });
  EXPECT_TRUE(result.failure.has_value()) << result.text();
}

TEST(DocumentedExplorer, GoesIntoAWrapper) {
  sticky_walk decide(1);
  counting_switches counted(decide);
  heddle::explore(quiet("sticky walk", 100), counted, [] { sum_of_two_unguarded_increments(); });
  EXPECT_GT(counted.switches, 0);
}

}  // namespace
