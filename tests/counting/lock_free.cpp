// SPDX-License-Identifier: MIT
#include "programs.hpp"
#include "threads.hpp"

namespace counting {

namespace {
constexpr int slots = 128;
struct locked_table {
  array<cell> entry{slots, 0};
  array<heddle::mutex> guard{slots};
};
}  // namespace

void indexer(int n) {
  const auto s = std::make_shared<locked_table>();
  threads t;
  t.start(n, [s](int i) {
    for (int k = 1; k <= 4; ++k) {
      const int w = 11 * k + i;
      for (int h = 7 * w % slots;; h = (h + 1) % slots) {
        bool done = false;
        s->guard[h].lock();
        if (s->entry[h].load() == 0) {
          s->entry[h].store(w);
          done = true;
        }
        s->guard[h].unlock();
        if (done) break;
      }
    }
  });
  t.join();
}

void indexer_cas(int n) {
  const auto s = std::make_shared<array<cell>>(slots, 0);
  threads t;
  t.start(n, [s](int i) {
    for (int k = 1; k <= 4; ++k) {
      const int w = 11 * k + i;
      for (int h = 7 * w % slots;; h = (h + 1) % slots) {
        int expected = 0;
        if ((*s)[h].compare_exchange_strong(expected, w)) break;
      }
    }
  });
  t.join();
}

void treiber(int n) {
  struct state {
    explicit state(int size) : next(size + 1, 0), got(size + 1, 0) {}
    cell top{0};
    array<cell> next;
    array<cell> got;
  };
  const auto s = std::make_shared<state>(n);
  threads t;
  t.start(n, [s](int i) {
    const int node = i + 1;
    for (;;) {
      int top = s->top.load();
      s->next[node].store(top);
      if (s->top.compare_exchange_strong(top, node)) break;
    }
    int popped = 0;
    for (;;) {
      int top = s->top.load();
      if (top == 0) break;
      const int after = s->next[top].load();
      const int candidate = top;
      if (s->top.compare_exchange_strong(top, after)) {
        popped = candidate;
        break;
      }
    }
    const int before = s->got[popped].fetch_add(1);
    heddle::check(popped != 0 && before == 0, "each node is popped once");
  });
}

void dcl(int n) {
  struct state {
    heddle::mutex m;
    cell ready{0};
    heddle::var<int> value{0};
    heddle::var<int> times{0};
  };
  const auto s = std::make_shared<state>();
  threads t;
  t.start(n, [s](int) {
    if (s->ready.load() == 0) {
      s->m.lock();
      if (s->ready.load() == 0) {
        s->value = 42;
        s->times += 1;
        s->ready.store(1);
      }
      s->m.unlock();
    }
    heddle::check(s->value == 42, "initialised");
  });
  t.join();
  heddle::check(s->times == 1, "once");
}

void spsc(int n) {
  struct state {
    cell head{0};
    cell tail{0};
    array<heddle::var<int>> ring{2, 0};
  };
  const auto s = std::make_shared<state>();
  threads t;
  t.start([s, n] {
    for (int i = 0; i < n; ++i) {
      const int tail = s->tail.load();
      heddle::assume(tail - s->head.load() < 2);
      s->ring[tail % 2] = i + 1;
      s->tail.store(tail + 1);
    }
  });
  t.start([s, n] {
    for (int i = 0; i < n; ++i) {
      const int head = s->head.load();
      heddle::assume(s->tail.load() > head);
      heddle::check(s->ring[head % 2] == i + 1, "first in, first out");
      s->head.store(head + 1);
    }
  });
}

void seqlock_a(int n) {
  struct state {
    cell sequence{0};
    cell x{0};
    cell y{0};
  };
  const auto s = std::make_shared<state>();
  threads t;
  t.start(n, [s](int) {
    int before = s->sequence.load();
    heddle::assume(before % 2 == 0);
    const int even = before;
    heddle::assume(s->sequence.compare_exchange_strong(before, even + 1));
    s->x.store(even + 1);
    s->y.store(even + 1);
    s->sequence.store(even + 2);
  });
  t.start([s] {
    const int before = s->sequence.load();
    heddle::assume(before % 2 == 0);
    const int u = s->x.load();
    const int v = s->y.load();
    heddle::assume(s->sequence.load() == before);
    heddle::check(u == v, "consistent");
  });
}

void barrier_a(int n) {
  struct state {
    explicit state(int size) : d(size, 0), count(size) {}
    array<cell> d;
    cell count;
    cell sense{0};
  };
  const auto s = std::make_shared<state>(n);
  threads t;
  t.start(n, [s, n](int i) {
    s->d[i].store(1);
    if (s->count.fetch_sub(1) == 1) {
      s->count.store(n);
      s->sense.store(1);
    } else {
      heddle::assume(s->sense.load() == 1);
    }
    heddle::check(s->d[(i + 1) % n].load() == 1, "everybody has come");
  });
}

}  // namespace counting
