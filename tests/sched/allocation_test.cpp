// SPDX-License-Identifier: MIT
//
// The steady state allocates nothing.
#include <gtest/gtest.h>

#include <cstdlib>
#include <heddle/explorers/random_walk.hpp>
#include <heddle/sched/engine.hpp>
#include <new>

#include "search.hpp"

namespace {
std::size_t allocations = 0;

void* counted(std::size_t bytes) {
  ++allocations;
  if (void* memory = std::malloc(bytes == 0 ? 1 : bytes)) return memory;
  throw std::bad_alloc();
}
void* counted(std::size_t bytes, std::align_val_t alignment) {
  ++allocations;
  const auto align = static_cast<std::size_t>(alignment);
  if (void* memory = std::aligned_alloc(align, (bytes + align - 1) / align * align)) return memory;
  throw std::bad_alloc();
}
}  // namespace

// For the whole test binary; only counted, never changed.
void* operator new(std::size_t bytes) { return counted(bytes); }
void* operator new[](std::size_t bytes) { return counted(bytes); }
void* operator new(std::size_t bytes, std::align_val_t to) { return counted(bytes, to); }
void* operator new[](std::size_t bytes, std::align_val_t to) { return counted(bytes, to); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

namespace {

// Allocations of a thousand executions after a thousand others.
template <class Body>
std::size_t allocations_of(Body body) {
  heddle::sched::engine engine{heddle::sched::settings{}};
  heddle::explorers::random_walk walk(1);
  const auto run = [&] {
    for (int i = 0; i < 1'000; ++i) {
      walk.begin_execution();
      engine.run(heddle::detail::reference(body), walk);
    }
  };
  run();
  const std::size_t before = allocations;
  run();
  return allocations - before;
}

TEST(Allocations, AreCounted) {
  EXPECT_EQ(allocations_of([] { ::operator delete(::operator new(1)); }), 1'000U);
}

TEST(Allocations, OfALostUpdateAreNone) {
  EXPECT_EQ(allocations_of([] {
              heddle::atomic<int> balance{0};
              const auto add = [&] { balance.store(balance.load() + 1); };
              heddle::thread other(add);
              add();
              other.join();
            }),
            0U);
}

TEST(Allocations, OfMutexesAndPlainDataAreNone) {
  EXPECT_EQ(allocations_of([] {
              heddle::mutex guard;
              heddle::var<int> guarded{0};
              const auto add = [&] {
                for (int i = 0; i < 10; ++i) {
                  const heddle::lock_guard lock(guard);
                  ++guarded;
                }
              };
              heddle::thread first(add);
              heddle::thread second(add);
              first.join();
              second.join();
            }),
            0U);
}

TEST(Allocations, OfConditionsAndTimeAreNone) {
  EXPECT_EQ(allocations_of([] {
              heddle::mutex guard;
              heddle::condition_variable changed;
              bool ready = false;
              heddle::thread waiting([&] {
                heddle::unique_lock lock(guard);
                changed.wait_for(lock, std::chrono::seconds(1), [&] { return ready; });
              });
              heddle::thread sleeping(
                  [] { heddle::this_thread::sleep_for(std::chrono::milliseconds(1)); });
              {
                const heddle::lock_guard lock(guard);
                ready = true;
              }
              changed.notify_all();
              waiting.join();
              sleeping.join();
            }),
            0U);
}

TEST(Allocations, OfSpinningAreNone) {
  EXPECT_EQ(allocations_of([] {
              heddle::atomic<int> flag{0};
              heddle::thread setting([&] { flag.store(1); });
              while (flag.load() == 0) heddle::this_thread::yield();
              setting.join();
            }),
            0U);
}

}  // namespace
