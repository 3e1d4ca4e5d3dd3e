// SPDX-License-Identifier: MIT
// Memory is freed, or a handle closed, while another thread still uses it. Cured by joining the
// users first; or by sharing the ownership, so that the last user frees it.
#include <memory>

#include <heddle/gtest.hpp>
#include <heddle/threading.hpp>

namespace {

using namespace heddle::threading;

// A file as the kernel sees it: using it after it was closed is an error.
class handle {
 public:
  void use() { heddle::check(open_.load(), "a handle is used after it was closed"); }
  void close() { open_.store(false); }
  ~handle() { close(); }

 private:
  heddle::atomic<bool> open_ = true;
};

HEDDLE_TEST(HandleBug, IsClosedWhileInUse) {
  handle file;
  thread reader({.name = "reader"}, [&] { file.use(); });
  reader.start();
  file.close();
  reader.join();
}

HEDDLE_TEST(Handle, IsClosedAfterTheJoin) {
  handle file;
  thread reader({.name = "reader"}, [&] { file.use(); });
  reader.start();
  reader.join();
  file.close();
}

HEDDLE_TEST(Handle, IsClosedByItsLastUser) {
  auto file = std::make_shared<handle>();
  thread reader({.name = "reader"}, [mine = file] { mine->use(); });
  reader.start();
  file.reset();  // closed here, or when the reader lets go of it
  reader.join();
}

// The freeing is a write like any other: nothing orders it after the last read.
struct record {
  heddle::var<int> value = 1;
  void free() { value.store(0); }  // stands for what the allocator writes there
};

HEDDLE_TEST(MemoryBug, IsFreedWhileInUse) {
  record shared;
  thread reader({.name = "reader"}, [&] { EXPECT_EQ(shared.value.load(), 1); });
  reader.start();
  shared.free();
  reader.join();
}

HEDDLE_TEST(Memory, IsFreedAfterTheJoin) {
  record shared;
  thread reader({.name = "reader"}, [&] { EXPECT_EQ(shared.value.load(), 1); });
  reader.start();
  reader.join();
  shared.free();
}

// A primitive dies while a thread waits in it.
HEDDLE_TEST(BarrierDeathBug, ComesWhileSomebodyWaits) {
  auto meeting = std::make_unique<barrier>(2);
  thread waiter({.name = "waiter"}, [at = meeting.get()] { at->wait(); });
  waiter.start();
  while (meeting->n_waiting() == 0) yield();
  meeting.reset();
  waiter.join();
}

HEDDLE_TEST(BarrierDeath, ComesAfterTheJoin) {
  auto meeting = std::make_unique<barrier>(2);
  thread waiter({.name = "waiter"}, [at = meeting.get()] { at->wait(); });
  waiter.start();
  meeting->wait();
  waiter.join();
  meeting.reset();
}

}  // namespace
