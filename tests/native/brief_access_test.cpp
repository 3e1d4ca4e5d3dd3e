// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <cstring>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include <heddle/explorers/prng.hpp>
#include <heddle/explorers/random_walk.hpp>
#include <heddle/gtest.hpp>
#include <heddle/sched/engine.hpp>

// Most accesses of plain data are only noted beside their address. Where somebody records the
// execution each is an access of an object instead, and whoever looks for races there has to find
// the same.
namespace {

namespace sched = heddle::sched;

// A program made of dice: threads that access a few bytes, alone and together, in pieces of all
// sizes, some of them under a lock or behind a flag.
class program {
 public:
  // Every other one has few threads that hand one byte to each other, again and again.
  explicit program(std::uint64_t seed)
      : dice_(seed), narrow_(seed % 2 == 0), threads_(2 + dice_.below(narrow_ ? 2 : 11)) {
    for (auto& each : steps_) {
      each.resize(1 + dice_.below(narrow_ ? 9 : 5));
      for (step& at : each) {
        // Mostly reads: then there is something left to be found out after the first access.
        at = {dice_.below(narrow_ ? 4 : 9), narrow_ ? 0 : dice_.below(4),
              narrow_ ? 0 : dice_.below(16), dice_.below(narrow_ ? 2 : 4) == 0,
              dice_.below(narrow_ ? 9 : 2) == 0};
      }
    }
  }

  void run() {
    bytes_ = std::make_unique<unsigned char[]>(24);
    flag_.store(0);
    std::vector<std::thread> all;
    for (unsigned i = 0; i < threads_; ++i) {
      all.emplace_back([this, &mine = steps_[i]] {
        for (const step& at : mine) perform(at);
      });
    }
    for (std::thread& each : all) each.join();
    bytes_.reset();
  }

 private:
  struct step {
    unsigned what;
    unsigned size;
    unsigned offset;
    bool writes;
    bool locks;
  };

  template <class T>
  static void access(unsigned char* at, bool writes) {
    auto* const value = reinterpret_cast<volatile T*>(at);
    if (writes) {
      *value = 1;
    } else {
      (void)*value;
    }
  }
  void access(const step& at) {
    unsigned char* const first = bytes_.get();
    switch (at.size) {
      case 0:
        return access<std::uint8_t>(first + at.offset, at.writes);
      case 1:
        return access<std::uint16_t>(first + (at.offset & ~1u), at.writes);
      case 2:
        return access<std::uint32_t>(first + (at.offset & ~3u), at.writes);
      default:
        return access<std::uint64_t>(first + (at.offset & ~7u), at.writes);
    }
  }
  void perform(const step& at) {
    if (at.what == 0) return flag_.store(1, std::memory_order_release);
    if (at.what == 1) return (void)flag_.load(std::memory_order_acquire);
    if (at.what == 2) return std::this_thread::yield();
    if (at.locks) {
      const std::lock_guard lock(guard_);
      access(at);
    } else {
      access(at);
    }
  }

  heddle::explorers::prng dice_;
  bool narrow_;
  unsigned threads_;
  std::vector<step> steps_[12];
  std::unique_ptr<unsigned char[]> bytes_;
  std::atomic<int> flag_{0};
  std::mutex guard_;
};

sched::outcome run(sched::engine& on, program& of, std::uint64_t seed, sched::trace* record) {
  heddle::explorers::random_walk walk(seed);
  (void)walk.begin_execution();
  return on.run({[](void* at) { static_cast<program*>(at)->run(); }, &of}, walk, record);
}

TEST(NativeBriefAccess, FindsTheRacesThatObjectsFind) {
  sched::engine engine{sched::settings{}};
  int raced = 0;
  int passed = 0;
  for (std::uint64_t seed = 1; seed <= 2'000; ++seed) {
    program of(seed);
    const sched::outcome brief = run(engine, of, seed, nullptr);
    const std::vector<std::uint32_t> choices = engine.choices();
    sched::trace record;
    const sched::outcome full = run(engine, of, seed, &record);
    ASSERT_EQ(choices, engine.choices()) << seed;
    ASSERT_EQ(brief.result, full.result) << seed;
    ASSERT_EQ(brief.failure.has_value(), full.failure.has_value()) << seed;
    ++(brief.failure ? raced : passed);
    if (!brief.failure) continue;
    const sched::failure_record& a = *brief.failure;
    const sched::failure_record& b = *full.failure;
    ASSERT_EQ(a.kind, heddle::failure_kind::data_race) << seed << a.message;
    ASSERT_EQ(a.kind, b.kind) << seed;
    ASSERT_EQ(a.message, b.message) << seed;
    ASSERT_EQ(a.thread, b.thread) << seed;
    ASSERT_EQ(a.other, b.other) << seed;
    ASSERT_EQ(a.object, b.object) << seed;
    ASSERT_EQ(a.step, b.step) << seed;
    ASSERT_EQ(a.where.site, b.where.site) << seed;
    ASSERT_EQ(a.other_where.site, b.other_where.site) << seed;
  }
  // The dice are worth something.
  EXPECT_GT(raced, 300);
  EXPECT_GT(passed, 300);
}

}  // namespace
