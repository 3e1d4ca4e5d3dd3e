// SPDX-License-Identifier: MIT
#include "programs.hpp"
#include "threads.hpp"

namespace counting {

namespace {

struct two_flags {
  array<cell> flag{2, 0};
  cell turn{0};
  cell inside{0};
  void critical(int me) {
    inside.store(me + 1);
    heddle::check(inside.load() == me + 1, "alone");
  }
};

struct fast_mutex {
  explicit fast_mutex(int size) : n(size), b(size + 1, 0) {}
  int n;
  cell x{0};
  cell y{0};
  array<cell> b;

  void lock(int me) {
    for (;;) {
      b[me].store(1);
      x.store(me);
      if (y.load() != 0) {
        b[me].store(0);
        heddle::assume(y.load() == 0);
        continue;
      }
      y.store(me);
      if (x.load() == me) return;
      b[me].store(0);
      for (int j = 1; j <= n; ++j) heddle::assume(b[j].load() == 0);
      if (y.load() == me) return;
      heddle::assume(y.load() == 0);
    }
  }
  void unlock(int me) {
    y.store(0);
    b[me].store(0);
  }
};

struct counter {
  cell lock{0};
  cell owner{0};
  heddle::var<int> count{0};
};

}  // namespace

void peterson_a(int n) {
  const auto s = std::make_shared<two_flags>();
  threads t;
  t.start(2, [s, n](int me) {
    const int other = 1 - me;
    for (int i = 0; i < n; ++i) {
      s->flag[me].store(1);
      s->turn.store(other);
      heddle::assume(s->flag[other].load() == 0 || s->turn.load() != other);
      s->critical(me);
      s->flag[me].store(0);
    }
  });
}

void dekker_t(int n) {
  const auto s = std::make_shared<two_flags>();
  threads t;
  t.start(2, [s, n](int me) {
    for (int i = 0; i < n; ++i) {
      s->flag[me].store(1);
      if (s->flag[1 - me].load() == 0) s->critical(me);
      s->flag[me].store(0);
    }
  });
}

void lamport(int n) {
  struct state : fast_mutex {
    using fast_mutex::fast_mutex;
    cell inside{0};
  };
  const auto s = std::make_shared<state>(n);
  threads t;
  t.start(n, [s](int i) {
    const int me = i + 1;
    s->lock(me);
    s->inside.store(me);
    heddle::check(s->inside.load() == me, "alone");
    s->unlock(me);
  });
}

void ticketlock_a(int n) {
  const auto s = std::make_shared<counter>();
  threads t;
  t.start(n, [s](int) {
    const int mine = s->lock.fetch_add(1);
    heddle::assume(s->owner.load() == mine);
    s->count += 1;
    s->owner.store(mine + 1);
  });
  t.join();
  heddle::check(s->count <= n, "nobody counted twice");  // some may have been blocked
}

void caslock_a(int n) {
  const auto s = std::make_shared<counter>();
  threads t;
  t.start(n, [s](int) {
    int expected = 0;
    heddle::assume(s->lock.compare_exchange_strong(expected, 1));
    s->count += 1;
    s->lock.store(0);
  });
  t.join();
  heddle::check(s->count <= n, "nobody counted twice");  // some may have been blocked
}

void ttaslock_a(int n) {
  const auto s = std::make_shared<counter>();
  threads t;
  t.start(n, [s](int) {
    heddle::assume(s->lock.load() == 0);
    int expected = 0;
    heddle::assume(s->lock.compare_exchange_strong(expected, 1));
    s->count += 1;
    s->lock.store(0);
  });
  t.join();
  heddle::check(s->count <= n, "nobody counted twice");  // some may have been blocked
}

}  // namespace counting
