// SPDX-License-Identifier: MIT
#include "programs.hpp"
#include "threads.hpp"

namespace counting {

namespace {
using held = heddle::unique_lock<heddle::mutex>;
struct state {
  heddle::mutex m;
  heddle::condition_variable changed;
  heddle::condition_variable other;
  heddle::var<int> ready{0};
  heddle::var<int> count{0};
};

void gate(int n, bool notify_under_lock) {
  const auto s = std::make_shared<state>();
  threads t;
  t.start(n, [s](int) {
    held lock(s->m);
    while (s->ready == 0) s->changed.wait(lock);
    s->count += 1;
  });
  s->m.lock();
  s->ready = 1;
  if (notify_under_lock) s->changed.notify_all();
  s->m.unlock();
  if (!notify_under_lock) s->changed.notify_all();
  t.join();
  heddle::check(s->count == n, "all came through");
}
}  // namespace

void condvar1(int n) { gate(n, true); }
void cv_sigunlocked(int n) { gate(n, false); }

void condvar2(int n) {
  const auto s = std::make_shared<state>();  // changed: not empty, other: not full
  threads t;
  t.start(n, [s](int) {
    held lock(s->m);
    while (s->ready == 1) s->other.wait(lock);
    s->ready += 1;
    s->changed.notify_one();
  });
  t.start([s, n] {
    for (int i = 0; i < n; ++i) {
      held lock(s->m);
      while (s->ready == 0) s->changed.wait(lock);
      s->ready -= 1;
      s->count += 1;
      s->other.notify_one();
    }
  });
  t.join();
  heddle::check(s->count == n && s->ready == 0, "all consumed");
}

void cv_lost(int n) {
  const auto s = std::make_shared<state>();
  threads t;
  t.start(n, [s](int) {
    held lock(s->m);
    s->changed.wait(lock);
    s->count += 1;
  });
  s->m.lock();
  s->changed.notify_one();
  s->m.unlock();
}

void cv_tokens(int n) {
  const auto s = std::make_shared<state>();
  threads t;
  t.start(n, [s](int) {
    held lock(s->m);
    while (s->ready == 0) s->changed.wait(lock);
    s->ready -= 1;
  });
  for (int i = 0; i < n; ++i) {
    s->m.lock();
    s->ready += 1;
    s->changed.notify_one();
    s->m.unlock();
  }
  t.join();
}

}  // namespace counting
