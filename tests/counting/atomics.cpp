// SPDX-License-Identifier: MIT
#include "programs.hpp"
#include "threads.hpp"

namespace counting {

namespace {
struct one {
  cell x{0};
};
struct two {
  cell x{0};
  cell y{0};
};
struct ring {
  explicit ring(int n) : x(n, 0) {}
  array<cell> x;
  cell& operator[](int i) { return x[i % x.size()]; }
};
}  // namespace

void ainc(int n) {
  const auto s = std::make_shared<one>();
  threads t;
  t.start(n, [s](int) { s->x.fetch_add(1); });
  t.join();
  heddle::check(s->x.load() == n, "all counted");
}

void binc(int n) {
  const auto s = std::make_shared<two>();
  threads t;
  t.start(n, [s](int) {
    s->x.fetch_add(1);
    s->y.fetch_add(1);
  });
}

void casrot(int n) {
  const auto s = std::make_shared<one>();
  threads t;
  t.start(n, [s](int i) {
    int expected = i;
    s->x.compare_exchange_strong(expected, i + 1);
  });
}

void readers(int n) {
  const auto s = std::make_shared<one>();
  threads t;
  t.start([s] { s->x.store(42); });
  t.start(n, [s](int) { s->x.load(); });
}

void nwriters(int n) {
  const auto s = std::make_shared<one>();
  threads t;
  t.start(n, [s](int i) { s->x.store(i + 1); });
}

void lastwrite(int n) {
  const auto s = std::make_shared<one>();
  threads t;
  t.start(n, [s](int i) { s->x.store(i + 1); });
  t.join();
  heddle::check(s->x.load() > 0, "written");
}

void floatread(int n) {
  const auto s = std::make_shared<one>();
  threads t;
  t.start(n, [s](int i) { s->x.store(i + 1); });
  heddle::check(s->x.load() <= n, "in range");
}

void race2(int n) {
  const auto s = std::make_shared<one>();
  threads t;
  t.start(2, [s, n](int k) {
    for (int i = 0; i < n; ++i) {
      s->x.store(k + 1);
      s->x.load();
    }
  });
}

void corr_deep(int n) {
  const auto s = std::make_shared<one>();
  threads t;
  t.start([s, n] {
    for (int v = 1; v <= n; ++v) s->x.store(v);
  });
  t.start([s, n] {
    int last = 0;
    for (int i = 0; i < n; ++i) {
      const int now = s->x.load();
      heddle::check(now >= last, "coherent");
      last = now;
    }
  });
}

void fib(int n) {
  const auto s = std::make_shared<two>();
  s->x.store(1);
  s->y.store(1);
  int most = 1;
  for (int i = 2, previous = 1; i < 2 * n + 2; ++i) {
    const int next = most + previous;
    previous = most;
    most = next;
  }
  threads t;
  t.start(2, [s, n](int k) {
    for (int i = 0; i < n; ++i) {
      const int u = s->x.load();
      const int v = s->y.load();
      (k == 0 ? s->x : s->y).store(u + v);
    }
  });
  const int u = s->x.load();
  const int v = s->y.load();
  heddle::check(u <= most && v <= most, "in range");
}

void lastzero(int n) {
  const auto a = std::make_shared<array<cell>>(n + 1, 0);
  threads t;
  t.start([a, n] {
    int i = n;
    while ((*a)[i].load() != 0) --i;
  });
  t.start(n, [a](int j) {
    const int before = (*a)[j].load();
    (*a)[j + 1].store(before + 1);
  });
}

void sb(int n) {
  const auto x = std::make_shared<ring>(n);
  threads t;
  t.start(n, [x](int i) {
    (*x)[i].store(1);
    (*x)[i + 1].load();
  });
}

void lb(int n) {
  const auto x = std::make_shared<ring>(n);
  threads t;
  t.start(n, [x](int i) {
    (*x)[i].load();
    (*x)[i + 1].store(1);
  });
}

void mp(int n) {
  const auto s = std::make_shared<two>();  // x: data, y: flag
  threads t;
  t.start([s] {
    s->x.store(1);
    s->y.store(1);
  });
  t.start(n, [s](int) {
    const bool ready = s->y.load() != 0;
    const int data = s->x.load();
    heddle::check(!ready || data == 1, "published");
  });
}

void account(int n) {
  const auto s = std::make_shared<one>();
  s->x.store(1000);
  threads t;
  const auto change = [s](int by) {
    const int v = s->x.load();
    s->x.store(v + by);
  };
  t.start(n, [change](int) { change(100); });
  t.start([change] { change(-10); });
  t.join();
  s->x.load();
}

void airline(int n) {
  const auto s = std::make_shared<two>();  // x: sold, y: stop
  threads t;
  t.start(n, [s, n](int) {
    if (s->y.load() != 0) return;
    const int v = s->x.load();
    if (v >= n - 1) {
      s->y.store(1);
    } else {
      s->x.store(v + 1);
    }
  });
  t.join();
  s->x.load();
}

void arc(int n) {
  const auto s = std::make_shared<two>();  // x: references, y: data
  s->x.store(n);
  s->y.store(1);
  threads t;
  t.start(n, [s](int) {
    heddle::check(s->y.load() == 1, "still there");
    if (s->x.fetch_sub(1) == 1) s->y.store(0);
  });
}

}  // namespace counting
