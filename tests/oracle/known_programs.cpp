// SPDX-License-Identifier: MIT
#include "known_programs.hpp"

#include <algorithm>
#include <utility>

namespace oracle {
namespace {

// The body, then n threads of what `code(i)` gives.
template <class Code>
program of(std::vector<variable> variables, int n, Code code) {
  program p;
  p.variables = std::move(variables);
  p.threads.emplace_back();
  for (int i = 0; i < n; ++i) p.threads.push_back(code(i));
  return p;
}

void repeat(thread_code& code, int n, const thread_code& part) {
  for (int i = 0; i < n; ++i) code.insert(code.end(), part.begin(), part.end());
}

}  // namespace

program independent(int n, int k) {
  return of(atomics(n), n, [k](int i) {
    thread_code code;
    repeat(code, k, {store(i, 1)});
    return code;
  });
}

program points(int n, int k) {
  return of({}, n, [k](int) {
    thread_code code;
    repeat(code, k, {point()});
    return code;
  });
}

program ainc(int n) {
  return of(atomics(1), n, [](int) { return thread_code{fetch_add(0, 1)}; });
}

program binc(int n) {
  return of(atomics(2), n, [](int) { return thread_code{fetch_add(0, 1), fetch_add(1, 1)}; });
}

program casrot(int n) {
  return of(atomics(1), n, [](int i) { return thread_code{compare_exchange(0, i, i + 1)}; });
}

program readers(int n) {
  return of(atomics(1), n + 1, [](int i) { return thread_code{i == 0 ? store(0, 42) : load(0)}; });
}

program nwriters(int n) {
  return of(atomics(1), n, [](int i) { return thread_code{store(0, i + 1)}; });
}

program lastwrite(int n) { return nwriters(n); }

program floatread(int n) {
  program p = nwriters(n);
  p.threads[0] = {load(0)};
  return p;
}

program race2(int n) {
  return of(atomics(1), 2, [n](int i) {
    thread_code code;
    repeat(code, n, {store(0, i + 1), load(0)});
    return code;
  });
}

program corr_deep(int n) {
  return of(atomics(1), 2, [n](int i) {
    thread_code code;
    for (int v = 1; v <= n; ++v) code.push_back(i == 0 ? store(0, v) : load(0));
    return code;
  });
}

program sb(int n) {
  return of(atomics(n), n, [n](int i) { return thread_code{store(i, 1), load((i + 1) % n)}; });
}

program lb(int n) {
  return of(atomics(n), n, [n](int i) { return thread_code{load(i), store((i + 1) % n, 1)}; });
}

program mp(int n) {
  return of(atomics(2), n + 1, [](int i) {
    return i == 0 ? thread_code{store(0, 1), store(1, 1)} : thread_code{load(1), load(0)};
  });
}

program account(int n) {
  return of({{.initial = 1000}}, n + 1, [n](int i) {
    return thread_code{load(0), store_last_plus(0, i < n ? 100 : -10)};
  });
}

program mutexcnt(int n) {
  program p = of({{.plain = true}}, n, [](int) {
    return thread_code{lock(0), fetch_add(0, 1), unlock(0)};
  });
  p.mutexes = 1;
  return p;
}

program mutexcnt2(int n) {
  program p = of({{.plain = true}}, 2, [n](int) {
    thread_code code;
    repeat(code, n, {lock(0), fetch_add(0, 1), unlock(0)});
    return code;
  });
  p.mutexes = 1;
  return p;
}

program trylock(int n) {
  program p = of({{.plain = true}}, n, [](int) {
    return thread_code{try_lock(0, 2), fetch_add(0, 1), unlock(0)};
  });
  p.mutexes = 1;
  return p;
}

program philosophers(int n, bool ordered) {
  program p = of({}, n, [n, ordered](int i) {
    int first = i;
    int second = (i + 1) % n;
    if (ordered && first > second) std::swap(first, second);
    return thread_code{lock(first), lock(second), unlock(second), unlock(first)};
  });
  p.mutexes = n;
  return p;
}

program prodcons_m(int n) {
  program p = of({{.plain = true}}, 2 * n, [n](int i) {
    if (i < n) {  // if q < 2 then q++
      return thread_code{
          lock(0),  load(0), skip_unless(2, 1), skip_unless(-1, 1), store_last_plus(0, 1),
          unlock(0)};
    }
    return thread_code{
        lock(0), load(0), skip_unless(0, 1), skip_unless(-1, 1), store_last_plus(0, -1), unlock(0)};
  });
  p.mutexes = 1;
  return p;
}

program condvar1(int n, bool notify_under_lock) {
  program p = of({{.plain = true}, {.plain = true}}, n, [](int) {
    return thread_code{lock(0), wait_while_zero(0, 0, 0), fetch_add(1, 1), unlock(0)};
  });
  p.threads[0] = {lock(0), store(0, 1), notify_all(0), unlock(0)};
  if (!notify_under_lock) std::swap(p.threads[0][2], p.threads[0][3]);
  p.mutexes = 1;
  p.conditions = 1;
  return p;
}

program condvar2(int n) {
  // Variable 0: free slots, 1: full slots. Condition 0: not full, 1: not empty.
  program p = of({{.initial = 1, .plain = true}, {.plain = true}}, n + 1, [n](int i) {
    if (i < n) {
      return thread_code{
          lock(0), wait_while_zero(0, 0, 0), store(0, 0), store(1, 1), notify_one(1), unlock(0)};
    }
    thread_code code;
    repeat(code, n,
           {lock(0), wait_while_zero(1, 1, 0), store(1, 0), store(0, 1), notify_one(0), unlock(0)});
    return code;
  });
  p.mutexes = 1;
  p.conditions = 2;
  return p;
}

program cv_lost(int n) {
  program p = of({{.plain = true}}, n, [](int) {
    return thread_code{lock(0), wait(0, 0), fetch_add(0, 1), unlock(0)};
  });
  p.threads[0] = {lock(0), notify_one(0), unlock(0)};
  p.mutexes = 1;
  p.conditions = 1;
  return p;
}

program cv_tokens(int n) {
  program p = of({{.plain = true}}, n, [](int) {
    return thread_code{lock(0), wait_while_zero(0, 0, 0), fetch_add(0, -1), unlock(0)};
  });
  repeat(p.threads[0], n, {lock(0), fetch_add(0, 1), notify_one(0), unlock(0)});
  p.mutexes = 1;
  p.conditions = 1;
  return p;
}

program cv_requeue(int n) {
  program p = of({}, n, [](int) {
    return thread_code{lock(0), wait(0, 0), wait(0, 0), unlock(0)};
  });
  repeat(p.threads[0], n + 1, {lock(0), notify_one(0), unlock(0)});
  p.mutexes = 1;
  p.conditions = 1;
  return p;
}

}  // namespace oracle
