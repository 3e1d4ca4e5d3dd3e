// SPDX-License-Identifier: MIT
// A test whose body is another one when CHANGED is set: as if somebody had edited it since its
// schedule was recorded.
#include <cstdlib>
#include <string_view>

#include <heddle/gtest.hpp>

namespace {

bool changed_to(std::string_view what) {
  const char* value = std::getenv("CHANGED");
  return value != nullptr && value == what;
}

HEDDLE_TEST(Changeable, LosesAnUpdate, {.steps = 100'000}) {
  heddle::atomic<int> balance{0};
  heddle::mutex guard;
  const auto work = [&] {
    if (changed_to("locks")) guard.lock();
    const int read = balance.load();
    if (changed_to("shorter")) return;
    if (changed_to("longer")) heddle::point("new");
    balance.store(read + 1);
    if (changed_to("locks")) guard.unlock();
  };
  if (changed_to("endless")) {
    for (;;) balance.fetch_add(1);
  }
  if (changed_to("throws")) throw 42;
  if (changed_to("empty")) return;
  heddle::thread one(work);
  heddle::thread two(work);
  if (changed_to("more_threads")) {
    heddle::thread three(work);
    three.join();
  }
  one.join();
  two.join();
  EXPECT_GE(balance.load(), changed_to("mended") ? 1 : 2);
}

HEDDLE_TEST(Changeable, IsAnotherTest) { heddle::check(heddle::choose(3) != 2, "it was 2"); }

}  // namespace
