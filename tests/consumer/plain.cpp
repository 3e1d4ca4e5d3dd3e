// SPDX-License-Identifier: MIT
// Heddle without a test framework: an exploration that passes, and one that finds a race.
#include <heddle/heddle.hpp>

#include <cstdio>

namespace {

heddle::report explore_counter(bool with_mutex) {
  heddle::options options;
  options.name = with_mutex ? "consumer.counter_with_mutex" : "consumer.counter_without_mutex";
  return heddle::explore(options, [with_mutex] {
    heddle::mutex mutex;
    heddle::var<int> counter{0};
    auto add = [&] {
      if (with_mutex) {
        heddle::lock_guard<heddle::mutex> guard(mutex);
        counter.set(counter.get() + 1);
      } else {
        counter.set(counter.get() + 1);
      }
    };
    heddle::thread first(add);
    heddle::thread second(add);
    first.join();
    second.join();
    heddle::check(counter.get() == 2, "no update is lost");
  });
}

}  // namespace

int main() {
  const heddle::report correct = explore_counter(true);
  const heddle::report buggy = explore_counter(false);
  std::printf("%s\n%s\n", correct.text().c_str(), buggy.text().c_str());
  return correct.passed() && !buggy.passed() ? 0 : 1;
}
