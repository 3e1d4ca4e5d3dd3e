// SPDX-License-Identifier: MIT
//
// Locks taken in the wrong order, kept, or taken twice; and programs about locks that always fail.
#include <array>

#include "bug_programs.hpp"
#include "team.hpp"

namespace bugs {
namespace {

using heddle::check;
using heddle::lock_guard;
using heddle::mutex;
using heddle::var;

void deadlock01() {
  mutex a;
  mutex b;
  var<int> count{0};
  team<2> all;
  all.start([&] {
    const lock_guard outer(a);
    const lock_guard inner(b);
    ++count;
  });
  all.start([&] {
    const lock_guard outer(b);
    const lock_guard inner(a);
    --count;
  });
}

// Each first one in takes l for all of its kind, and its last one out gives it back.
void carter01() {
  mutex m;
  mutex l;
  var<int> a{0};
  var<int> b{0};
  const auto visit = [&](var<int>& inside) {
    {
      const lock_guard hold(m);
      if (++inside == 1) l.lock();
    }
    const lock_guard hold(m);
    if (--inside == 0) l.unlock();
  };
  team<4> all;
  all.start([&] { visit(a); });
  all.start([&] { visit(b); });
  all.start(2, [] {});
}

// "All have eaten" is the bug, so that nearly every schedule has it.
template <int Seats>
void philosophers() {
  constexpr bool counts_in_block = Seats > 4;
  std::array<mutex, Seats> forks;
  mutex block;
  racy fed{0};
  team<Seats> all;
  for (int i = 0; i < Seats; ++i) {
    all.start([&, i] {
      {
        const lock_guard hold(block);
        const lock_guard left(forks[static_cast<std::size_t>((i + 1) % Seats)]);
        const lock_guard right(forks[static_cast<std::size_t>(i)]);
      }
      heddle::unique_lock hold(block, heddle::defer_lock);
      if (counts_in_block) hold.lock();
      increment(fed);
      check(fed.load() != Seats, "all have eaten");
    });
  }
}

void philosophers_7_relocking() {
  mutex block;
  team<7> all;
  all.start(7, [&] {
    const lock_guard hold(block);
    const lock_guard again(block);
  });
}

// A file system with more threads than locks for its inodes.
void fsbench() {
  constexpr int threads = 27;
  constexpr int inodes = 32;
  constexpr int blocks = 26;
  std::array<mutex, blocks> inode_locks;
  std::array<mutex, blocks> block_locks;
  std::array<var<bool>, blocks> busy;
  std::array<var<int>, inodes> inode;
  team<threads> all;
  for (int t = 0; t < threads; ++t) {
    all.start([&, t] {
      const auto i = static_cast<std::size_t>(t % inodes);
      check(i < blocks, "no lock for this inode");
      const lock_guard hold(inode_locks[i]);
      if (inode[i] != 0) return;
      for (std::size_t b = i * 2 % blocks;; b = (b + 1) % blocks) {
        const lock_guard take(block_locks[b]);
        if (busy[b]) continue;
        busy[b] = true;
        inode[i] = static_cast<int>(b) + 1;
        return;
      }
    });
  }
}

void phase01() {
  mutex x;
  mutex y;
  team<2> all;
  all.start(2, [&] {
    x.lock();
    x.unlock();
    x.lock();  // for ever
    y.lock();
    y.unlock();
    y.lock();
    y.unlock();
  });
}

constexpr auto deadlock = heddle::failure_kind::deadlock;
constexpr auto failed_check = heddle::failure_kind::failed_check;
constexpr program all_of_them[] = {
    {"deadlock01", deadlock01, deadlock},
    {"carter01", carter01, deadlock},
    {"din_phil2", philosophers<2>, failed_check, true},
    {"din_phil3", philosophers<3>, failed_check, true},
    {"din_phil4", philosophers<4>, failed_check, true},
    {"din_phil5", philosophers<5>, failed_check, true},
    {"din_phil6", philosophers<6>, failed_check, true},
    {"din_phil7", philosophers<7>, failed_check, true},
    {"din_phil7_relocking", philosophers_7_relocking, deadlock, true},
    {"fsbench", fsbench, failed_check, true},
    {"phase01", phase01, deadlock, true},
};

}  // namespace

std::span<const program> lock_programs() { return all_of_them; }

}  // namespace bugs
