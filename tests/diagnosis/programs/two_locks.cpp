// SPDX-License-Identifier: MIT
// A deadlock to look at in a debugger.
#include <cstdio>

#include <heddle/heddle.hpp>

int main() {
  heddle::options how;
  how.name = "Two.Locks";
  how.environment = false;
  how.minimise = 0;
  const heddle::report found = heddle::explore(how, [] {
    heddle::mutex savings;
    heddle::mutex current;
    heddle::atomic<int> transfers{0};
    const auto move = [&](heddle::mutex& from, heddle::mutex& to) {
      const heddle::lock_guard first(from);
      transfers.fetch_add(1);
      const heddle::lock_guard second(to);
    };
    heddle::thread one(heddle::named("one"), [&] { move(savings, current); });
    heddle::thread two(heddle::named("two"), [&] { move(current, savings); });
    one.join();
    two.join();
  });
  std::puts(found.text().c_str());
  return found.failure ? 0 : 1;
}
