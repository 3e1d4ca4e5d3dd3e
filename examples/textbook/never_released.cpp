// SPDX-License-Identifier: MIT
// Never released: a lock after an exception or an early return, a permit, an event, a party of a
// barrier, the word that a task is done. Whoever waits for it waits for ever. Cured by a guard,
// which releases on every way out; and by counting who has to do what.
#include <stdexcept>

#include <heddle/gtest.hpp>
#include <heddle/threading.hpp>

namespace {

using namespace heddle::threading;

HEDDLE_TEST(ExceptionBug, LeavesTheLockTaken) {
  lock shared;
  const auto work = [&] {
    shared.acquire();
    throw std::runtime_error("no such file");
    shared.release();
  };
  thread worker({.name = "worker"}, [&] {
    try {
      work();
    } catch (const std::runtime_error&) {
    }
  });
  worker.start();
  worker.join();
  shared.acquire();
  shared.release();
}

HEDDLE_TEST(Exception, PassesAGuard) {
  lock shared;
  const auto work = [&] {
    guard hold(shared);
    throw std::runtime_error("no such file");
  };
  thread worker({.name = "worker"}, [&] {
    try {
      work();
    } catch (const std::runtime_error&) {
    }
  });
  worker.start();
  worker.join();
  guard hold(shared);
}

HEDDLE_TEST(EarlyReturnBug, LeavesTheLockTaken) {
  lock shared;
  const auto work = [&](bool nothing_to_do) {
    shared.acquire();
    if (nothing_to_do) return;
    shared.release();
  };
  thread one({.name = "one"}, [&] { work(true); });
  thread other({.name = "other"}, [&] { work(false); });
  one.start();
  other.start();
  one.join();
  other.join();
}

HEDDLE_TEST(EarlyReturn, PassesAGuard) {
  lock shared;
  const auto work = [&](bool nothing_to_do) {
    guard hold(shared);
    if (nothing_to_do) return;
  };
  thread one({.name = "one"}, [&] { work(true); });
  thread other({.name = "other"}, [&] { work(false); });
  one.start();
  other.start();
  one.join();
  other.join();
}

HEDDLE_TEST(PermitBug, IsKept) {
  semaphore permits(1);
  const auto download = [&](bool fails) {
    permits.acquire();
    if (fails) return;
    permits.release();
  };
  thread one({.name = "one"}, [&] { download(true); });
  thread other({.name = "other"}, [&] { download(false); });
  one.start();
  other.start();
  one.join();
  other.join();
}

HEDDLE_TEST(Permit, IsGivenBackByAGuard) {
  semaphore permits(1);
  const auto download = [&](bool fails) {
    guard hold(permits);
    if (fails) return;
  };
  thread one({.name = "one"}, [&] { download(true); });
  thread other({.name = "other"}, [&] { download(false); });
  one.start();
  other.start();
  one.join();
  other.join();
}

HEDDLE_TEST(EventBug, IsNeverSet) {
  event ready;
  thread worker({.name = "worker"}, [&] { ready.wait(); });
  worker.start();
  const bool failed = true;
  if (!failed) ready.set();
  worker.join();
}

HEDDLE_TEST(Event, IsSetWhateverHappens) {
  event ready;
  heddle::var<bool> has_failed = false;
  thread worker({.name = "worker"}, [&] {
    ready.wait();
    EXPECT_TRUE(has_failed.load());
  });
  worker.start();
  has_failed.store(true);
  ready.set();
  worker.join();
}

HEDDLE_TEST(PartyBug, IsMissing) {
  barrier meeting(3);
  thread one({.name = "one"}, [&] { meeting.wait(); });
  thread other({.name = "other"}, [&] { meeting.wait(); });
  one.start();
  other.start();
  one.join();
  other.join();
}

HEDDLE_TEST(Party, IsTheMainThread) {
  barrier meeting(3);
  thread one({.name = "one"}, [&] { meeting.wait(); });
  thread other({.name = "other"}, [&] { meeting.wait(); });
  one.start();
  other.start();
  meeting.wait();
  one.join();
  other.join();
}

HEDDLE_TEST(TaskDoneBug, IsForgotten) {
  queue<int> tasks;
  thread worker({.name = "worker"}, [&] {
    while (tasks.get() != 0) tasks.task_done();
  });
  worker.start();
  tasks.put(1);
  tasks.put(0);
  tasks.join();
  worker.join();
}

HEDDLE_TEST(TaskDone, IsSaidOfTheSentinelToo) {
  queue<int> tasks;
  thread worker({.name = "worker"}, [&] {
    for (bool more = true; more;) {
      more = tasks.get() != 0;
      tasks.task_done();
    }
  });
  worker.start();
  tasks.put(1);
  tasks.put(0);
  tasks.join();
  worker.join();
}

}  // namespace
