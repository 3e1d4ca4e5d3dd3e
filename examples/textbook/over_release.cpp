// SPDX-License-Identifier: MIT
// Over-release: a permit is given back twice, and from then on there are more inside than allowed.
// A bounded semaphore throws at the release that is one too many. Cured by a guard.
#include <heddle/gtest.hpp>
#include <heddle/threading.hpp>

namespace {

using namespace heddle::threading;

HEDDLE_TEST(PermitTwiceBug, IsGivenBackToABoundedSemaphore) {
  bounded_semaphore permits(1);
  const auto work = [&] {
    permits.acquire();
    permits.release();
    permits.release();  // of an error path, say
  };
  thread worker({.name = "worker"}, work);
  worker.start();
  worker.join();
}

// A plain semaphore says nothing: two are inside where one is allowed.
HEDDLE_TEST(PermitTwiceBug, IsGivenBackToAPlainSemaphore) {
  semaphore permits(1);
  heddle::atomic<int> inside = 0;
  const auto work = [&] {
    permits.acquire();
    heddle::check(inside.fetch_add(1) == 0, "more threads inside than there are permits");
    inside.fetch_sub(1);
    permits.release();
  };
  permits.acquire();
  permits.release(2);
  thread one({.name = "one"}, work);
  thread other({.name = "other"}, work);
  one.start();
  other.start();
  one.join();
  other.join();
}

HEDDLE_TEST(PermitOnce, IsGivenBackByAGuard) {
  bounded_semaphore permits(1);
  heddle::atomic<int> inside = 0;
  const auto work = [&] {
    guard hold(permits);
    heddle::check(inside.fetch_add(1) == 0, "more threads inside than there are permits");
    inside.fetch_sub(1);
  };
  thread one({.name = "one"}, work);
  thread other({.name = "other"}, work);
  one.start();
  other.start();
  one.join();
  other.join();
}

}  // namespace
