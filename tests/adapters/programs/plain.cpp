// SPDX-License-Identifier: MIT
// The plain function form: no test framework, the report decides the exit code.
#include <cstdio>

#include <heddle/heddle.hpp>

int main(int count, char**) {
  heddle::options how;
  how.name = "plain";
  const heddle::report result = heddle::explore(how, [] {
    heddle::atomic<int> balance{0};
    const auto work = [&] { balance.store(balance.load() + 1); };
    heddle::thread one(work);
    heddle::thread two(work);
    one.join();
    two.join();
    heddle::check(balance.load() == 2, "an update was lost");
  });
  std::printf("%d arguments\n%s", count - 1, result.text().c_str());
  return result.passed() ? 0 : 1;
}
