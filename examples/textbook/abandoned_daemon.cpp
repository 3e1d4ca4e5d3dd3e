// SPDX-License-Identifier: MIT
// A daemon is abandoned at the end of the program, wherever it is. If it holds a lock, what that
// lock guards stays half done. Cured by an event that tells it to stop, and a join; daemons are for
// work that may be cut anywhere.
#include <memory>

#include <heddle/gtest.hpp>
#include <heddle/threading.hpp>

namespace {

using namespace heddle::threading;
using namespace std::chrono_literals;

struct journal {
  lock guard_of_lines;
  heddle::var<int> lines = 0;
  event stop;
  queue<int> work;
};

HEDDLE_TEST(DaemonBug, IsAbandonedWithALock) {
  const auto shared = std::make_shared<journal>();
  thread writer({.name = "writer", .daemon = true}, [shared] {
    guard hold(shared->guard_of_lines);
    const int line = shared->work.get();
    shared->lines.store(shared->lines.load() + line);
  });
  writer.start();
  sleep(1s);
}

HEDDLE_TEST(Daemon, HoldsNothingWhileItWaits) {
  const auto shared = std::make_shared<journal>();
  thread writer({.name = "writer", .daemon = true}, [shared] {
    const int line = shared->work.get();
    guard hold(shared->guard_of_lines);
    shared->lines.store(shared->lines.load() + line);
  });
  writer.start();
  sleep(1s);
}

HEDDLE_TEST(Daemon, IsToldToStop) {
  const auto shared = std::make_shared<journal>();
  thread writer({.name = "writer", .daemon = true}, [shared] {
    guard hold(shared->guard_of_lines);
    shared->stop.wait();
  });
  writer.start();
  shared->stop.set();
  writer.join();
}

}  // namespace
