// SPDX-License-Identifier: MIT
//
// Producers and consumers with condition variables that fail on every schedule.
#include "bug_programs.hpp"
#include "team.hpp"

namespace bugs {
namespace {

using heddle::check;
using heddle::mutex;
using heddle::unique_lock;
using heddle::var;

// A number of things, at most one at a time.
class slot {
 public:
  explicit slot(int things) : things_(things) {}
  void put() {
    {
      unique_lock lock(m_);
      empty_.wait(lock, [&] { return things_ == 0; });
      ++things_;
    }
    full_.notify_one();
  }
  template <class Function>
  void take(Function function) {
    {
      unique_lock lock(m_);
      full_.wait(lock, [&] { return things_ != 0; });
      function();
      --things_;
    }
    empty_.notify_one();
  }
  // Waits as take() does, but leaves the thing there.
  void look() {
    {
      unique_lock lock(m_);
      full_.wait(lock, [&] { return things_ != 0; });
    }
    empty_.notify_one();
  }

 private:
  mutex m_;
  heddle::condition_variable empty_;
  heddle::condition_variable full_;
  var<int> things_;
};

void arithmetic_prog() {
  constexpr int rounds = 3;
  slot one(0);
  var<int> total{0};
  var<bool> flag{false};
  team<2> all;
  all.start([&] {
    for (int j = 0; j < rounds; ++j) one.put();
  });
  all.start([&] {
    for (int j = 0; j < rounds; ++j) one.take([&] { total += j; });
    total += rounds;
    flag = true;
  });
  all.join();
  if (flag) check(total != rounds * (rounds + 1) / 2, "the sum is right");
}

void sync01() {
  slot one(1);
  team<2> all;
  all.start([&] { one.put(); });
  all.start([&] { one.look(); });
}

void sync02() {
  slot one(2);
  team<2> all;
  all.start([&] {
    for (int i = 0; i < 2; ++i) one.put();
  });
  all.start([&] {
    for (int i = 0; i < 2; ++i) one.take([] {});
  });
}

constexpr program all_of_them[] = {
    {"arithmetic_prog", arithmetic_prog, heddle::failure_kind::failed_check, true},
    {"sync01", sync01, heddle::failure_kind::deadlock, true},
    {"sync02", sync02, heddle::failure_kind::deadlock, true},
};

}  // namespace

std::span<const program> condition_programs() { return all_of_them; }

}  // namespace bugs
