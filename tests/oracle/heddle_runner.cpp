// SPDX-License-Identifier: MIT
#include "heddle_runner.hpp"

#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "common/without_limits.hpp"
#include "recorder.hpp"

namespace oracle {
namespace {

// A variable of either kind.
struct cell {
  explicit cell(const variable& v) : plain(v.plain), shared(v.initial), data(v.initial) {}

  int load() { return plain ? data.load() : shared.load(); }
  void store(int v) { plain ? data.store(v) : shared.store(v); }
  int fetch_add(int v) {
    if (!plain) return shared.fetch_add(v);
    const int old = data.load();
    data.store(old + v);
    return old;
  }

  bool plain;
  heddle::atomic<int> shared;
  heddle::var<int> data;
};

// The objects of one execution. Shared by its threads: a body whose check failed ends before them.
struct world {
  explicit world(const program& p)
      : cells(p.variables.begin(), p.variables.end()),
        mutexes(static_cast<std::size_t>(p.mutexes)),
        conditions(static_cast<std::size_t>(p.conditions)),
        semaphores(p.semaphores.begin(), p.semaphores.end()),
        threads(p.threads.size()) {}
  // Where a check failed, nobody joins; the others run on.
  ~world() {
    for (heddle::thread& t : threads) {
      if (t.joinable()) t.detach();
    }
  }
  world(const world&) = delete;
  world& operator=(const world&) = delete;

  std::deque<cell> cells;
  std::deque<heddle::mutex> mutexes;
  std::deque<heddle::condition_variable> conditions;
  std::deque<heddle::counting_semaphore<>> semaphores;
  std::vector<heddle::thread> threads;  // by number, once started
};

// Points of one name depend on each other; the oracle's do not.
constexpr std::array<const char*, 5> point_names = {"T0", "T1", "T2", "T3", "T4"};

class thread_runner {
 public:
  thread_runner(const program& p, std::size_t index, std::shared_ptr<world> w, recorder& r)
      : program_(p), code_(p.threads[index]), index_(index), world_(std::move(w)), recorder_(r) {}

  void start(std::size_t thread) {
    world_->threads[thread] = heddle::thread([&p = program_, &r = recorder_, w = world_, thread] {
      thread_runner(p, thread, w, r).run();
      r.end(thread, thread_end::finished);
    });
  }

  void run() {
    for (std::size_t pc = 0; pc < code_.size(); ++pc) {
      const operation& o = code_[pc];
      if (!step(o)) pc += static_cast<std::size_t>(o.skip);
    }
  }

 private:
  // False: what follows is to be passed over.
  bool step(const operation& o) {
    switch (o.kind) {
      case op::load:
        result(cell_of(o).load());
        break;
      case op::store: {
        const int value = o.value + (o.plus_last ? last_ : 0);
        cell_of(o).store(value);
        recorder_.remember(o.object, value);
        break;
      }
      case op::fetch_add:
        result(cell_of(o).fetch_add(o.value));
        recorder_.remember(o.object, last_ + o.value);
        break;
      case op::compare_exchange: {
        int seen = o.expected;
        const bool done = cell_of(o).shared.compare_exchange_strong(seen, o.value);
        result(seen);
        if (done) recorder_.remember(o.object, o.value);
        break;
      }
      case op::lock:
        mutex(o.object).lock();
        break;
      case op::unlock:
        mutex(o.object).unlock();
        break;
      case op::try_lock:
        result(mutex(o.object).try_lock() ? 1 : 0);
        return last_ == 1;
      case op::wait:
        wait(o);
        break;
      case op::wait_while_zero:
        while (result(cell_of(o).load()) == 0) wait(o);
        break;
      case op::notify_one:
        condition(o).notify_one();
        break;
      case op::notify_all:
        condition(o).notify_all();
        break;
      case op::acquire:
        semaphore(o).acquire();
        break;
      case op::try_acquire:
        result(semaphore(o).try_acquire() ? 1 : 0);
        return last_ == 1;
      case op::release:
        semaphore(o).release(o.value);
        break;
      case op::start:
        start(static_cast<std::size_t>(o.object));
        break;
      case op::join:
        world_->threads[static_cast<std::size_t>(o.object)].join();
        break;
      case op::point:
        heddle::point(point_names.at(index_ % point_names.size()));
        break;
      case op::pick:
        result(static_cast<int>(heddle::choose(static_cast<unsigned>(o.value))));
        break;
      case op::skip_unless:
        return last_ == o.value;
      case op::expect:
        if (last_ != o.value) recorder_.end(index_, thread_end::failed);
        heddle::check(last_ == o.value, "expect");
        break;
      case op::assume:
        if (last_ != o.value) recorder_.end(index_, thread_end::assumed);
        heddle::assume(last_ == o.value);
        break;
    }
    return true;
  }

  int result(int value) { return last_ = recorder_.log(index_, value); }

  void wait(const operation& o) {
    heddle::unique_lock<heddle::mutex> held(mutex(o.mutex), std::adopt_lock);
    condition(o).wait(held);
    held.release();
  }

  cell& cell_of(const operation& o) { return world_->cells[static_cast<std::size_t>(o.object)]; }
  heddle::mutex& mutex(int m) { return world_->mutexes[static_cast<std::size_t>(m)]; }
  heddle::condition_variable& condition(const operation& o) {
    return world_->conditions[static_cast<std::size_t>(o.condition)];
  }

  heddle::counting_semaphore<>& semaphore(const operation& o) {
    return world_->semaphores[static_cast<std::size_t>(o.object)];
  }

  const program& program_;
  const thread_code& code_;
  std::size_t index_;
  std::shared_ptr<world> world_;
  recorder& recorder_;
  int last_ = 0;
};

void body(const program& p, recorder& r) {
  r.begin();
  const auto w = std::make_shared<world>(p);
  thread_runner body_of(p, 0, w, r);
  for (std::size_t t = 1; t < p.threads.size(); ++t) {
    if (!started_late(p, static_cast<int>(t))) body_of.start(t);
  }
  body_of.run();
  // Whoever is started by another thread is so when that one has been joined, or never.
  for (heddle::thread& t : w->threads) {
    if (t.joinable()) t.join();
  }
  // Nobody else is left, so these loads are forced: they add no execution.
  for (std::size_t x = 0; x < w->cells.size(); ++x) {
    r.remember(static_cast<int>(x), w->cells[x].load());
  }
  r.end(0, thread_end::finished);
}

heddle_run record(const program& p,
                  const std::function<heddle::report(const std::function<void()>&)>& explore) {
  recorder r(p);
  heddle_run run;
  run.report = explore([&p, &r] { body(p, r); });
  r.finish();
  run.outcomes = std::move(r.outcomes());
  run.bodies = r.bodies();
  return run;
}

}  // namespace

heddle::options unlimited(const std::string& explorer) {
  heddle::options o = nothing_beside("oracle", explorer);
  o.stop_at_first_failure = false;
  o.minimise = 0;
  o.diagnose = false;
  o.early_timeouts = 0;
  o.rereads = 1'000'000;
  o.capture = false;
  return o;
}

heddle_run explore_on_heddle(const program& p, const heddle::options& options) {
  return record(p,
                [&options](const std::function<void()>& f) { return heddle::explore(options, f); });
}

heddle_run explore_on_heddle(const program& p, const heddle::options& options,
                             heddle::sched::explorer& decide) {
  return record(
      p, [&](const std::function<void()>& f) { return heddle::explore(options, decide, f); });
}

heddle_run replay_on_heddle(const program& p, const std::string& token,
                            const heddle::options& options) {
  return record(p,
                [&](const std::function<void()>& f) { return heddle::replay(token, f, options); });
}

}  // namespace oracle
