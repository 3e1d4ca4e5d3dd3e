// SPDX-License-Identifier: MIT
#include <algorithm>

#include "programs.hpp"
#include "threads.hpp"

namespace counting {

namespace {
struct counter {
  heddle::mutex m;
  heddle::var<int> count{0};
};
struct table {
  explicit table(int n) : fork(n), meals(n, 0) {}
  array<heddle::mutex> fork;
  array<heddle::var<int>> meals;
};

void dine(int n, bool ordered) {
  const auto s = std::make_shared<table>(n);
  threads t;
  t.start(n, [s, n, ordered](int i) {
    int first = i;
    int second = (i + 1) % n;
    if (ordered && first > second) std::swap(first, second);
    s->fork[first].lock();
    s->fork[second].lock();
    s->meals[i] += 1;
    s->meals[(i + 1) % n] += 1;
    s->fork[second].unlock();
    s->fork[first].unlock();
  });
  t.join();
  for (int i = 0; i < n; ++i) heddle::check(s->meals[i] == 2, "fed");
}
}  // namespace

void mutexcnt(int n) {
  const auto s = std::make_shared<counter>();
  threads t;
  t.start(n, [s](int) {
    s->m.lock();
    s->count += 1;
    s->m.unlock();
  });
  t.join();
  heddle::check(s->count == n, "all counted");
}

void mutexcnt2(int n) {
  const auto s = std::make_shared<counter>();
  threads t;
  t.start(2, [s, n](int) {
    for (int i = 0; i < n; ++i) {
      s->m.lock();
      s->count += 1;
      s->m.unlock();
    }
  });
  t.join();
  heddle::check(s->count == 2 * n, "all counted");
}

void mutexrd(int n) {
  const auto s = std::make_shared<counter>();
  threads t;
  t.start(n, [s](int) {
    s->m.lock();
    static_cast<void>(s->count.load());
    s->m.unlock();
  });
}

void trylock(int n) {
  const auto s = std::make_shared<counter>();
  threads t;
  t.start(n, [s](int) {
    if (!s->m.try_lock()) return;
    s->count += 1;
    s->m.unlock();
  });
  t.join();
  heddle::check(s->count >= 1, "somebody counted");
}

void philo(int n) { dine(n, true); }
void philo_dl(int n) { dine(n, false); }

void prodcons_m(int n) {
  const auto s = std::make_shared<counter>();
  threads t;
  t.start(n, [s](int) {
    s->m.lock();
    if (s->count < 2) s->count += 1;
    s->m.unlock();
  });
  t.start(n, [s](int) {
    s->m.lock();
    if (s->count > 0) s->count -= 1;
    s->m.unlock();
  });
  t.join();
  heddle::check(s->count >= 0 && s->count <= 2, "in range");
}

void circbuf(int n) {
  struct state {
    heddle::mutex m;
    cell count{0};
    cell last{0};
    cell first{0};
    array<cell> ring{10, 0};
  };
  const auto s = std::make_shared<state>();
  threads t;
  t.start([s, n] {
    for (int i = 0; i < n; ++i) {
      s->m.lock();
      if (s->count.load() < 10) {
        const int at = s->last.load();
        s->ring[at].store(i + 1);
        s->last.store(at + 1);
        s->count.store(s->count.load() + 1);
      }
      s->m.unlock();
    }
  });
  t.start([s, n] {
    int taken = 0;
    for (int i = 0; i < n; ++i) {
      s->m.lock();
      if (s->count.load() > 0) {
        const int at = s->first.load();
        heddle::check(s->ring[at].load() == ++taken, "first in, first out");
        s->first.store(at + 1);
        s->count.store(s->count.load() - 1);
      }
      s->m.unlock();
    }
  });
}

void filesystem(int n) {
  constexpr int inodes = 32;
  constexpr int blocks = 26;
  struct state {
    array<heddle::mutex> inode_guard{inodes};
    array<heddle::mutex> block_guard{blocks};
    array<cell> inode{inodes, 0};
    array<cell> busy{blocks, 0};
  };
  const auto s = std::make_shared<state>();
  threads t;
  t.start(n, [s](int thread) {
    const int i = thread % inodes;
    s->inode_guard[i].lock();
    if (s->inode[i].load() == 0) {
      int b = 2 * i % blocks;
      for (int attempt = 0; attempt < 10; ++attempt) {
        s->block_guard[b].lock();
        if (s->busy[b].load() == 0) {
          s->busy[b].store(1);
          s->inode[i].store(b + 1);
          s->block_guard[b].unlock();
          break;
        }
        s->block_guard[b].unlock();
        b = (b + 1) % blocks;
      }
    }
    s->inode_guard[i].unlock();
  });
  t.join();
}

}  // namespace counting
