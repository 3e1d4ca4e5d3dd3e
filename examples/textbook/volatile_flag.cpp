// SPDX-License-Identifier: MIT
// A volatile flag as synchronisation: volatile is for device registers. It orders nothing between
// threads, and such an access is a data race like that of any plain variable, which heddle::var
// stands for. Cured by an event, or by an atomic flag.
#include <heddle/gtest.hpp>
#include <heddle/threading.hpp>

namespace {

using namespace heddle::threading;

HEDDLE_TEST(VolatileFlagBug, OrdersNothing) {
  heddle::var<int> data = 0;
  heddle::var<bool> ready = false;  // volatile bool ready = false;
  thread writer({.name = "writer"}, [&] {
    data.store(42);
    ready.store(true);
  });
  writer.start();
  while (!ready.load()) yield();
  EXPECT_EQ(data.load(), 42);
  writer.join();
}

HEDDLE_TEST(Flag, IsAtomic) {
  heddle::var<int> data = 0;
  heddle::atomic<bool> ready = false;
  thread writer({.name = "writer"}, [&] {
    data.store(42);
    ready.store(true);
  });
  writer.start();
  heddle::check(!ready.load() || data.load() == 42, "ready, but without data");
  writer.join();
}

HEDDLE_TEST(Flag, IsAnEvent) {
  heddle::var<int> data = 0;
  event ready;
  thread writer({.name = "writer"}, [&] {
    data.store(42);
    ready.set();
  });
  writer.start();
  ready.wait();
  EXPECT_EQ(data.load(), 42);
  writer.join();
}

}  // namespace
