// SPDX-License-Identifier: MIT
// A program as it ships: it sees the headers of heddle::library and links none of Heddle's
// libraries.
#include "mailbox.hpp"

#if __has_include(<heddle/shim/mutex.hpp>) || __has_include(<heddle/sched/point.hpp>)
#error "production code sees the headers of the controlled side"
#endif

static_assert(std::is_same_v<heddle::real::mutex, std::mutex>);
static_assert(std::is_same_v<conc::mutex, std::mutex>);
static_assert(std::is_same_v<heddle::real::atomic<int>, std::atomic<int>>);
static_assert(sizeof(heddle::plain_var<int>) == sizeof(int));
static_assert(std::is_trivially_copyable_v<heddle::plain_var<int>>);

int main() {
  mailbox<> box;
  counter all;
  heddle::real::jthread writer([&] {
    for (int i = 1; i <= 10; ++i) box.put(i), all.add();
  });
  int sum = 0;
  for (int i = 0; i < 10; ++i) sum += box.take();
  writer.join();
  return sum == 55 && all.get() == 10 ? 0 : 1;
}
