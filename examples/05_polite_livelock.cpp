// SPDX-License-Identifier: MIT
// Two polite threads: each takes its own lock, tries for the other's, and on a failure gives its
// own back and tries again. Nothing blocks, and yet it may never end: if they keep step, each finds
// the other's lock taken every time. With one order for both there is nobody to be polite to.
#include <heddle/gtest.hpp>

namespace {

void politely(heddle::mutex& mine, heddle::mutex& theirs) {
  for (;;) {
    heddle::unique_lock first(mine);
    heddle::unique_lock second(theirs, heddle::try_to_lock);
    if (second.owns_lock()) return;
    first.unlock();
    heddle::this_thread::yield();
  }
}

HEDDLE_TEST(PoliteBug, NeverGetPastEachOther) {
  heddle::mutex left;
  heddle::mutex right;
  heddle::thread one([&] { politely(left, right); });
  heddle::thread other([&] { politely(right, left); });
  one.join();
  other.join();
}

// The same with a pause instead of a yield: sleeping does not help those who keep step.
HEDDLE_TEST(SleepyPoliteBug, NeverGetPastEachOther) {
  heddle::mutex left;
  heddle::mutex right;
  const auto politely_with_pause = [](heddle::mutex& mine, heddle::mutex& theirs) {
    for (;;) {
      heddle::unique_lock first(mine);
      heddle::unique_lock second(theirs, heddle::try_to_lock);
      if (second.owns_lock()) return;
      first.unlock();
      heddle::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  };
  heddle::thread one([&] { politely_with_pause(left, right); });
  heddle::thread other([&] { politely_with_pause(right, left); });
  one.join();
  other.join();
}

HEDDLE_TEST(Polite, OneOrderForBoth) {
  heddle::mutex left;
  heddle::mutex right;
  heddle::thread one([&] { politely(left, right); });
  heddle::thread other([&] { politely(left, right); });
  one.join();
  other.join();
}

}  // namespace
