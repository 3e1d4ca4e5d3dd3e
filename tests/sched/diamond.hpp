// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <heddle/explorers/prng.hpp>
#include <heddle/heddle.hpp>
#include <heddle/sched/dependence.hpp>
#include <heddle/sched/engine.hpp>
#include <map>
#include <memory>
#include <vector>

// Random small programs, and an explorer that runs two threads in a given order at a given state.
//
//            state
//           p /  \ q            Independent operations close the diamond: both orders are possible
//            o    o             and lead to the same state.
//           q \  / p
//            state?
namespace diamond {

using heddle::sched::operation;
using heddle::sched::thread_id;

enum class step {
  load,
  store,
  add,
  exchange,
  compare,
  lock,
  unlock,
  try_lock,
  lock_both,
  wait,
  wait_a_second,
  notify_one,
  notify_all,
  sleep,
  read_clock,
  yield,
  point,
  // of the standard's other primitives
  acquire,
  try_acquire,
  release,
  count_down,
  try_wait,
  await_zero,
  lock_exclusive,
  try_lock_exclusive,
  unlock_exclusive,
  lock_shared,
  try_lock_shared,
  unlock_shared,
  atomic_wait,
  atomic_notify_one,
  atomic_notify_all,
  wait_any,  // with mutex `object`
  notify_any_one,
  notify_any_all,
  call_once,
  request_stop,
  stop_requested,
};
struct instruction {
  step what;
  int object = 0;
  int value = 0;
};
using program = std::vector<std::vector<instruction>>;  // per thread

// What the threads saw: equal logs mean that nobody could tell the two executions apart.
struct observations {
  std::map<thread_id, std::vector<std::int64_t>> by_thread;
  friend bool operator==(const observations&, const observations&) = default;
};

inline program random_program(heddle::explorers::prng& random) {
  const auto pick = [&random](std::initializer_list<step> from) {
    return *(from.begin() + random.below(static_cast<std::uint32_t>(from.size())));
  };
  program made(2 + random.below(2));
  for (auto& thread : made) {
    int held = 0;  // a lock of mutex `held - 1`, given back below
    for (std::uint32_t count = 2 + random.below(3); count > 0; --count) {
      step what = pick({step::load, step::store, step::add, step::exchange, step::compare,
                        step::lock, step::lock, step::try_lock, step::lock_both, step::notify_one,
                        step::notify_all, step::sleep, step::read_clock, step::yield, step::point});
      if (held != 0) {
        what = pick({step::load, step::store, step::unlock, step::wait, step::wait,
                     step::wait_a_second, step::wait_a_second, step::notify_one, step::notify_all,
                     step::try_lock, step::lock});
      }
      instruction next{what, static_cast<int>(random.below(2)), static_cast<int>(random.below(3))};
      if (what == step::lock && held != 0) next.object = 2 - held;  // never one that it holds
      if (what == step::try_lock && held != 0) next.object = 2 - held;
      if (what == step::wait || what == step::wait_a_second) next.value = held - 1;
      if (what == step::unlock) next.object = held - 1;
      thread.push_back(next);
      if (what == step::unlock) held = 0;
      if (what == step::lock) {
        if (held != 0) {  // the second one: back at once, in reverse order
          thread.push_back({step::unlock, next.object});
        } else {
          held = next.object + 1;
        }
      }
    }
    if (held != 0) thread.push_back({step::unlock, held - 1});
  }
  return made;
}

// On semaphores, latches, shared mutexes, waiting on atomics, condition_variable_any and what shims
// lay down by themselves.
inline program random_synchronisers(heddle::explorers::prng& random) {
  static const std::vector<std::vector<step>> pieces = {
      {step::acquire},
      {step::try_acquire},
      {step::release},
      {step::try_wait},
      {step::await_zero},
      {step::count_down},
      {step::lock_exclusive, step::load, step::unlock_exclusive},
      {step::lock_shared, step::load, step::unlock_shared},
      {step::try_lock_exclusive},
      {step::try_lock_shared},
      {step::atomic_wait},
      {step::atomic_notify_one},
      {step::atomic_notify_all},
      {step::store},
      {step::add},
      {step::load},
      {step::lock, step::wait_any, step::unlock},
      {step::notify_any_one},
      {step::notify_any_all},
      {step::call_once},
      {step::request_stop},
      {step::stop_requested},
  };
  program made(2 + random.below(2));
  int count_downs = 0;
  for (auto& thread : made) {
    for (std::uint32_t count = 1 + random.below(3); count > 0; --count) {
      const auto& piece = pieces[random.below(static_cast<std::uint32_t>(pieces.size()))];
      if (piece[0] == step::count_down && ++count_downs > 2) continue;
      const auto value = static_cast<int>(random.below(3));
      for (const step what : piece) thread.push_back({what, 0, what == step::wait_any ? 0 : value});
    }
  }
  return made;
}

struct world {
  heddle::atomic<int> atomics[2];
  heddle::mutex mutexes[2];
  heddle::condition_variable changed[2];  // each with a mutex
  heddle::condition_variable_any any;
  heddle::counting_semaphore<> permits{1};
  heddle::latch open{2};
  heddle::shared_mutex shared;
  heddle::once_flag once;
  heddle::stop_source source;
};

inline void run_thread(const std::vector<instruction>& code, world& in,
                       std::vector<std::int64_t>& log) {
  using namespace std::chrono;
  for (const instruction& at : code) {
    heddle::atomic<int>& atomic = in.atomics[at.object];
    heddle::mutex& mutex = in.mutexes[at.object];
    std::int64_t seen = -1;
    switch (at.what) {
      case step::load:
        seen = atomic.load();
        break;
      case step::store:
        atomic.store(at.value);
        break;
      case step::add:
        seen = atomic.fetch_add(at.value);
        break;
      case step::exchange:
        seen = atomic.exchange(at.value);
        break;
      case step::compare: {
        int expected = at.value;
        seen = atomic.compare_exchange_strong(expected, at.value + 1) ? 100 + expected : expected;
        break;
      }
      case step::lock:
        mutex.lock();
        break;
      case step::unlock:
        mutex.unlock();
        break;
      case step::try_lock:
        seen = mutex.try_lock() ? 1 : 0;
        if (seen == 1) mutex.unlock();
        break;
      case step::lock_both: {
        const heddle::scoped_lock both(in.mutexes[at.object], in.mutexes[1 - at.object]);
        break;
      }
      case step::wait: {
        heddle::unique_lock<heddle::mutex> held(in.mutexes[at.value], heddle::adopt_lock);
        in.changed[at.value].wait(held);
        held.release();
        break;
      }
      case step::wait_a_second: {
        heddle::unique_lock<heddle::mutex> held(in.mutexes[at.value], heddle::adopt_lock);
        seen = in.changed[at.value].wait_for(held, seconds(1)) == heddle::cv_status::timeout ? 1 : 0;
        held.release();
        break;
      }
      case step::notify_one:
        in.changed[at.object].notify_one();
        break;
      case step::notify_all:
        in.changed[at.object].notify_all();
        break;
      case step::acquire:
        in.permits.acquire();
        break;
      case step::try_acquire:
        seen = in.permits.try_acquire() ? 1 : 0;
        break;
      case step::release:
        in.permits.release();
        break;
      case step::count_down:
        in.open.count_down();
        break;
      case step::try_wait:
        seen = in.open.try_wait() ? 1 : 0;
        break;
      case step::await_zero:
        in.open.wait();
        break;
      case step::lock_exclusive:
        in.shared.lock();
        break;
      case step::try_lock_exclusive:
        seen = in.shared.try_lock() ? 1 : 0;
        if (seen == 1) in.shared.unlock();
        break;
      case step::unlock_exclusive:
        in.shared.unlock();
        break;
      case step::lock_shared:
        in.shared.lock_shared();
        break;
      case step::try_lock_shared:
        seen = in.shared.try_lock_shared() ? 1 : 0;
        if (seen == 1) in.shared.unlock_shared();
        break;
      case step::unlock_shared:
        in.shared.unlock_shared();
        break;
      case step::atomic_wait:
        atomic.wait(0);
        break;
      case step::atomic_notify_one:
        atomic.notify_one();
        break;
      case step::atomic_notify_all:
        atomic.notify_all();
        break;
      case step::wait_any:
        in.any.wait(mutex);
        break;
      case step::notify_any_one:
        in.any.notify_one();
        break;
      case step::notify_any_all:
        in.any.notify_all();
        break;
      case step::call_once:
        heddle::call_once(in.once, [&] { seen = 1; });
        break;
      case step::request_stop:
        seen = in.source.request_stop() ? 1 : 0;
        break;
      case step::stop_requested:
        seen = in.source.stop_requested() ? 1 : 0;
        break;
      case step::sleep:
        heddle::this_thread::sleep_for(milliseconds(500 * at.value));
        break;
      case step::read_clock:
        seen = heddle::steady_clock::now().time_since_epoch().count();
        break;
      case step::yield:
        heddle::this_thread::yield();
        break;
      case step::point:
        heddle::point(at.object == 0 ? "a" : "b");
        break;
    }
    log.push_back(seen);
  }
}

// The threads are T1, T2, ..; T0 only starts them and sees them out.
inline void run_program(const program& code, observations& into) {
  into = {};
  const auto shared = std::make_shared<world>();
  std::vector<heddle::thread> threads;
  for (thread_id id = 1; id <= code.size(); ++id) {
    auto& log = into.by_thread[id];
    threads.emplace_back([&code, &log, shared, id] { run_thread(code[id - 1], *shared, log); });
  }
  for (heddle::thread& each : threads) each.detach();
}

}  // namespace diamond
