// SPDX-License-Identifier: MIT
#include "programs.hpp"
#include "threads.hpp"

namespace counting {

void sem_writes(int permits) {
  struct state {
    explicit state(int n) : s(n) {}
    heddle::counting_semaphore<8> s;
    cell x{0};
  };
  const auto s = std::make_shared<state>(permits);
  threads t;
  t.start([s] {
    s->x.store(1);
    s->s.release();
  });
  t.start([s] {
    s->s.acquire();
    s->x.store(2);
  });
}

void sem_tokens(int n) {
  struct state {
    heddle::counting_semaphore<8> s{0};
    cell x{0};
  };
  const auto s = std::make_shared<state>();
  threads t;
  t.start(n, [s](int) {
    s->s.acquire();
    s->x.fetch_add(1);
  });
  for (int i = 0; i < n; ++i) s->s.release();
}

void sem_greedy(int n) {
  struct state {
    heddle::counting_semaphore<8> s{1};
    cell x{0};
  };
  const auto s = std::make_shared<state>();
  threads t;
  t.start(n, [s](int) {
    s->s.acquire();
    s->x.fetch_add(1);
  });
}

void sem_try(int n) {
  struct state {
    heddle::counting_semaphore<8> s{1};
    cell x{0};
  };
  const auto s = std::make_shared<state>();
  threads t;
  t.start(n, [s](int) {
    if (!s->s.try_acquire()) return;
    s->x.fetch_add(1);
    s->s.release();
  });
}

void shared_greedy(int n) {
  struct state {
    heddle::shared_mutex m;
    cell x{0};
  };
  const auto s = std::make_shared<state>();
  threads t;
  t.start(n, [s](int i) {
    if (i == 0) {
      s->m.lock();
    } else {
      s->m.lock_shared();
    }
    s->x.fetch_add(1);
  });
}

void shared_mixed(int n) {
  struct state {
    heddle::shared_mutex m;
    cell x{0};
  };
  const auto s = std::make_shared<state>();
  threads t;
  t.start(n, [s](int i) {
    if (i == 0) {
      s->m.lock();
      s->x.store(1);
      s->m.unlock();
    } else if (s->m.try_lock_shared()) {
      s->x.load();
      s->m.unlock_shared();
    }
  });
}

}  // namespace counting
