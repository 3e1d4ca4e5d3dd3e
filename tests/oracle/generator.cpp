// SPDX-License-Identifier: MIT
#include "generator.hpp"

#include <algorithm>
#include <vector>

namespace oracle {
namespace {

class writer {
 public:
  writer(std::uint64_t seed, const generator_options& options) : random_(seed), options_(options) {}

  program run() {
    if (random_.chance(10)) return crowd();
    draw_flavour();
    const int others = 1 + random_.below(options_.most_threads);
    int budget = std::max(others, 3 + random_.below(std::max(1, options_.most_operations - 2)));
    program_.threads.resize(static_cast<std::size_t>(others) + 1);
    draw_starters();
    // The body takes part in one program of three; otherwise it only starts and joins.
    const int first = random_.chance(33) ? 0 : 1;
    const int writers = others + 1 - first;
    for (int t = 0; t <= others; ++t) {
      code_ = &program_.threads[static_cast<std::size_t>(t)];
      const int share = t < first ? 0 : std::max(1, budget / writers + random_.below(3) - 1);
      while (static_cast<int>(code_->size()) < share) {
        start_or_join(t, 30);
        statement();
      }
      while (start_or_join(t, 100)) {
      }
    }
    return std::move(program_);
  }

 private:
  void draw_flavour() {
    const int flavour = random_.below(4);
    late_starts_ = random_.chance(33);
    with_mutexes_ = flavour != 0;
    with_conditions_ = flavour >= 2;
    atomics_ = 1 + random_.below(2);
    program_.variables = atomics(atomics_);
    if (random_.chance(30)) program_.variables[0].initial = 1;
    if (random_.chance(40)) {
      with_semaphores_ = true;
      for (int n = random_.below(2); n >= 0; --n) program_.semaphores.push_back(random_.below(3));
    }
    if (!with_mutexes_) return;
    program_.mutexes = 1 + random_.below(2);
    const int plain = random_.below(2);
    for (int i = 0; i < plain; ++i) {
      program_.variables.push_back({.plain = true, .guard = random_.below(program_.mutexes)});
    }
    if (with_conditions_) program_.conditions = 1 + random_.below(2);
  }

  // In one program of three some threads are started by others than the body, or later.
  void draw_starters() {
    const auto threads = static_cast<int>(program_.threads.size());
    starter_.assign(program_.threads.size(), nobody);
    for (int t = 1; t < threads && late_starts_; ++t) {
      if (random_.chance(50)) starter_[static_cast<std::size_t>(t)] = random_.below(t);
    }
  }

  // With that chance starts a thread that `starter` has to start, or joins one that it has started.
  // True: perhaps there is more to be done.
  bool start_or_join(int starter, int percent) {
    for (std::size_t t = 1; t < starter_.size(); ++t) {
      if (starter_[t] != starter || !random_.chance(percent)) continue;
      const auto thread = static_cast<int>(t);
      const bool started = std::count(code_->begin(), code_->end(), start(thread)) != 0;
      if (started) starter_[t] = nobody;
      if (started && random_.chance(50)) return true;  // the body joins it
      emit(started ? join(thread) : start(thread));
      return true;
    }
    return false;
  }

  // Many threads that wait on one condition, again and again, and a body that wakes them: long
  // queues, which the other programs rarely have.
  program crowd() {
    program_.variables = atomics(1);
    program_.mutexes = 1;
    program_.conditions = 1;
    program_.threads.resize(static_cast<std::size_t>(std::min(options_.most_threads, 3)) + 1);
    for (thread_code& code : program_.threads) {
      if (&code == &program_.threads[0]) continue;
      code = {lock(0)};
      for (int n = random_.below(2); n >= 0; --n) code.push_back(wait(0, 0));
      if (random_.chance(30)) code.push_back(notify_one(0));
      code.push_back(unlock(0));
    }
    thread_code& body = program_.threads[0];
    body = {lock(0)};
    for (int n = random_.below(3); n >= 0; --n) {
      body.push_back(random_.chance(90) ? notify_one(0) : notify_all(0));
      if (random_.chance(50)) body.insert(body.end(), {unlock(0), lock(0)});
    }
    body.push_back(unlock(0));
    return std::move(program_);
  }

  // Outside all locks, or inside those in held_.
  void statement() {
    const int dice = random_.below(100);
    const bool outside = held_.empty();
    if (with_conditions_ && dice < 25) return outside && dice >= 12 ? section() : signal();
    if (with_conditions_ && !outside && dice < 55) return waiting();
    if (with_mutexes_ && dice < 50 && held_.size() < 2) return dice < 40 ? section() : attempt();
    if (with_semaphores_ && dice >= 80) return permit();
    if (dice < 56) return emit(point());
    if (dice < 62 && options_.picks) return emit(pick(2));
    if (dice < 68) return conditional();
    if (dice < 78 && outside && options_.checks) {
      return emit(random_.chance(60) ? expect(random_.below(3)) : assume(random_.below(2)));
    }
    access();
  }

  void emit(const operation& o) { code_->push_back(o); }

  void access() {
    std::vector<int> allowed;
    for (int x = 0; x < static_cast<int>(program_.variables.size()); ++x) {
      const variable& v = program_.variables[static_cast<std::size_t>(x)];
      if (!v.plain || holds(v.guard)) allowed.push_back(x);
    }
    const int x =
        allowed[static_cast<std::size_t>(random_.below(static_cast<int>(allowed.size())))];
    const int kinds = program_.variables[static_cast<std::size_t>(x)].plain ? 4 : 5;
    switch (random_.below(kinds)) {
      case 0:
        return emit(load(x));
      case 1:
        return emit(store(x, 1 + random_.below(2)));
      case 2:
        return emit(fetch_add(x, 1));
      case 3:
        return emit(store_last_plus(x, 1));
      default:
        return emit(compare_exchange(x, random_.below(2), 1 + random_.below(2)));
    }
  }

  bool holds(int m) const { return std::count(held_.begin(), held_.end(), m) > 0; }

  // A mutex that this thread may lock now, or -1.
  int another_mutex() {
    const int m = random_.below(program_.mutexes);
    if (!holds(m) || options_.relock) return m;
    for (int other = 0; other < program_.mutexes; ++other) {
      if (!holds(other)) return other;
    }
    return -1;
  }

  void inside(int m) {
    held_.push_back(m);
    for (int n = random_.below(3); n >= 0; --n) statement();
    held_.pop_back();
    // After a relock nothing runs, and the outer section will unlock.
    if (!holds(m)) emit(unlock(m));
  }

  void section() {
    const int m = another_mutex();
    if (m < 0) return access();
    emit(lock(m));
    inside(m);
  }

  void attempt() {
    const int m = another_mutex();
    if (m < 0 || holds(m)) return access();
    const std::size_t at = code_->size();
    emit(try_lock(m, 0));
    inside(m);
    (*code_)[at].skip = static_cast<int>(code_->size() - at) - 1;
  }

  void permit() {
    const int s = random_.below(static_cast<int>(program_.semaphores.size()));
    const int dice = random_.below(10);
    if (dice < 3) return emit(acquire(s));
    if (dice < 7) return emit(release(s, 1 + random_.below(2)));
    const std::size_t at = code_->size();
    emit(try_acquire(s, 0));
    if (random_.chance(60)) access();
    (*code_)[at].skip = static_cast<int>(code_->size() - at) - 1;
  }

  void conditional() {
    const std::size_t at = code_->size();
    emit(skip_unless(random_.below(2), 0));
    access();
    (*code_)[at].skip = static_cast<int>(code_->size() - at) - 1;
  }

  // Condition c always goes with mutex c modulo the number of mutexes.
  void waiting() {
    const int c = random_.below(program_.conditions);
    const int m = c % program_.mutexes;
    if (!holds(m)) return access();
    if (random_.chance(50)) return emit(wait(c, m));
    const variable& newest = program_.variables.back();
    const bool ready = newest.plain && newest.guard == m;
    emit(wait_while_zero(
        ready ? static_cast<int>(program_.variables.size()) - 1 : random_.below(atomics_), c, m));
  }

  void signal() {
    const int c = random_.below(program_.conditions);
    emit(random_.chance(65) ? notify_one(c) : notify_all(c));
  }

  splitmix64 random_;
  const generator_options& options_;
  program program_;
  thread_code* code_ = nullptr;
  std::vector<int> held_;
  static constexpr int nobody = -1;
  std::vector<int> starter_;  // by thread: who has to start it, or to decide about its join
  int atomics_ = 0;
  bool with_mutexes_ = false;
  bool with_conditions_ = false;
  bool with_semaphores_ = false;
  bool late_starts_ = false;
};

}  // namespace

program random_program(std::uint64_t seed, const generator_options& options) {
  return writer(seed, options).run();
}

}  // namespace oracle
