// SPDX-License-Identifier: MIT
//
// Things happen in an order that nobody thought of.
#include "bug_programs.hpp"
#include "team.hpp"

namespace bugs {
namespace {

using heddle::check;
using heddle::lock_guard;
using heddle::mutex;
using heddle::var;

// A checker looks between the two stores of some setter, before any setter has finished.
template <int Setters, int Checkers, starts Starts = starts::invisible>
void reorder() {
  racy a{0};
  racy b{0};
  team<Setters + Checkers, Starts> all;
  all.start(Setters, [&] {
    a.store(1);
    b.store(-1);
  });
  all.start(Checkers, [&] {
    check((a.load() == 0 && b.load() == 0) || (a.load() == 1 && b.load() == -1), "half set");
  });
}

// The second stage of one thread reads what the first stage of another one has set, unlocked.
template <int First, starts Starts = starts::invisible>
void twostage() {
  mutex m1;
  mutex m2;
  racy d1{0};
  var<int> d2{0};
  team<First + 1, Starts> all;
  all.start(First, [&] {
    {
      const lock_guard stage(m1);
      d1.store(1);
    }
    const lock_guard stage(m2);
    d2 = d1.load() + 1;
  });
  all.start([&] {
    int t1 = 0;
    {
      const lock_guard stage(m1);
      if (d1.load() == 0) return;
      t1 = d1.load();
    }
    const lock_guard stage(m2);
    check(d2 == t1 + 1, "the second stage is behind the first");
  });
}

// The check comes last.
void account() {
  constexpr int x = 1;
  constexpr int y = 2;
  constexpr int z = 4;
  mutex m;
  var<int> balance{x};
  var<bool> deposited{false};
  var<bool> withdrawn{false};
  team<3> all;
  all.start([&] {
    const lock_guard hold(m);
    if (deposited && withdrawn) check(balance == x - y - z, "the balance is wrong");
  });
  all.start([&] {
    const lock_guard hold(m);
    balance += y;
    deposited = true;
  });
  all.start([&] {
    const lock_guard hold(m);
    balance -= z;
    withdrawn = true;
  });
}

void lazy01() {
  mutex m;
  var<int> data{0};
  const auto add = [&](int what) {
    const lock_guard hold(m);
    data += what;
  };
  team<3> all;
  all.start([&] { add(1); });
  all.start([&] { add(2); });
  all.start([&] {
    const lock_guard hold(m);
    check(data < 3, "everything was added");
  });
}

// Each passes on what it finds; out of order, the last sees different tokens.
void token_ring() {
  mutex m;
  var<int> x1{1};
  var<int> x2{2};
  var<int> x3{1};
  var<int> passed{0};
  team<4> all;
  const auto pass = [&](var<int>& to, const var<int>& from, int more) {
    const lock_guard hold(m);
    to = (from + more) % 4;
    ++passed;
  };
  all.start([&] { pass(x1, x3, 1); });
  all.start([&] { pass(x2, x1, 0); });
  all.start([&] { pass(x3, x2, 0); });
  all.start([&] {
    const lock_guard hold(m);
    if (passed == 3) check(x1 == x2 && x2 == x3, "the tokens differ");
  });
}

// A driver is stopped between the test whether it stops and the entry of a new request.
void bluetooth_driver() {
  mutex m;
  var<int> pending{1};
  racy stopping{0};
  racy stopping_event{0};
  racy stopped{0};
  const auto release = [&] {
    int left = 0;
    {
      const lock_guard hold(m);
      left = --pending;
    }
    if (left == 0) stopping_event.store(1);
  };
  team<1> all;
  all.start([&] {
    stopping.store(1);
    release();
    if (stopping_event.load() != 0) stopped.store(1);
  });
  if (stopping.load() == 0) {
    {
      const lock_guard hold(m);
      ++pending;
    }
    check(stopped.load() == 0, "used after it was stopped");
  }
  release();
}

// One writer locks another mutex than the others.
template <int Wrong>
void wronglock() {
  mutex data;
  mutex other;
  racy value{0};
  team<1 + Wrong> all;
  all.start([&] {
    const lock_guard hold(data);
    const int before = value.load();
    increment(value);
    check(value.load() == before + 1, "somebody else wrote");
  });
  all.start(Wrong, [&] {
    const lock_guard hold(other);
    increment(value);
  });
}

constexpr auto failed_check = heddle::failure_kind::failed_check;
constexpr program all_of_them[] = {
    {"reorder_3", reorder<2, 1>, failed_check},
    {"reorder_4", reorder<3, 1>, failed_check},
    {"reorder_5", reorder<4, 1>, failed_check},
    {"reorder_10", reorder<9, 1>, failed_check},
    {"reorder_20", reorder<10, 10>, failed_check},
    {"reorder_50", reorder<49, 1>, failed_check},
    {"reorder_100", reorder<99, 1>, failed_check},
    {"twostage", twostage<1>, failed_check},
    {"twostage_20", twostage<19>, failed_check},
    {"twostage_50", twostage<49>, failed_check},
    {"twostage_100", twostage<99>, failed_check},
    {"reorder_10/starts", reorder<9, 1, starts::visible>, failed_check},
    {"reorder_20/starts", reorder<10, 10, starts::visible>, failed_check},
    {"twostage_20/starts", twostage<19, starts::visible>, failed_check},
    {"account", account, failed_check},
    {"lazy01", lazy01, failed_check, true},
    {"token_ring", token_ring, failed_check},
    {"bluetooth_driver", bluetooth_driver, failed_check},
    {"wronglock_3", wronglock<3>, failed_check},
    {"wronglock", wronglock<7>, failed_check},
};

}  // namespace

std::span<const program> order_programs() { return all_of_them; }

}  // namespace bugs
