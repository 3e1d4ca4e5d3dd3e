// SPDX-License-Identifier: MIT
#include "model.hpp"

#include <algorithm>

namespace primitives {

namespace {

enum class object {
  mutex,
  recursive,
  shared,
  semaphore,
  latch,
  barrier,
  once,
  future,
  stop,
  atomic,
  condition,
};
// How an operation counts for dependence.
enum class nature { changes, reads, adds_up, shares, peeks, wakes };
struct event {
  int thread;
  object on;
  nature how;
  int way;
};

// Do the two commute, whatever the state?
bool dependent(const event& a, const event& b) {
  if (a.thread == b.thread) return true;
  if (a.on != b.on) return false;
  if (a.how == nature::reads && b.how == nature::reads) return false;
  if (a.how == nature::adds_up && b.how == nature::adds_up) return false;  // releases, count-downs
  if (a.how == nature::shares && b.how == nature::shares) return false;    // readers
  // A reader that could not get in: neither for other readers nor for others that failed.
  const auto for_peeks = [](const event& e) {
    return e.how == nature::peeks || e.how == nature::reads || e.how == nature::shares;
  };
  if (a.how == nature::peeks || b.how == nature::peeks) return !for_peeks(a) || !for_peeks(b);
  // A notify concerns waits and changes, not plain loads.
  if (a.how == nature::wakes && b.how == nature::shares) return false;
  if (b.how == nature::wakes && a.how == nature::shares) return false;
  if (a.on == object::atomic && (a.how == nature::shares || b.how == nature::shares)) {
    return a.how == nature::changes || b.how == nature::changes;
  }
  return true;
}

struct thread_state {
  std::size_t at = 0;
  int phase = 0;  // within an operation that is several
  int token = 0;
  std::string log;
};
struct waiter {
  int thread;
  int version;
};
struct state {
  std::vector<thread_state> threads;
  int owner = -1;
  int r_owner = -1, r_depth = 0;
  int x_owner = -1;
  std::vector<int> readers;
  int permits = 0;
  int latch = 0;
  int missing = 0, expected = 0, phase = 0;
  int once = 0;  // 1 under way, 2 done
  bool ready = false;
  bool stop = false;
  int value = 0, version = 0;
  std::vector<waiter> atomic_queue;
  std::vector<int> any_queue;
};

bool waits_in(const std::vector<int>& queue, int thread) {
  return std::find(queue.begin(), queue.end(), thread) != queue.end();
}

class search {
 public:
  search(const program& code, int limit) : code_(code), limit_(limit) {}

  void run(const state& now) {
    if (found.capped) return;
    bool anybody = false;
    for (int t = 0; t < static_cast<int>(code_.size()); ++t) {
      if (!active(now, t) || !enabled(now, t)) continue;
      anybody = true;
      const int ways = ways_of(now, t);
      for (int way = 0; way < ways; ++way) {
        state next = now;
        past_.push_back(perform(next, t, way));
        run(next);
        past_.pop_back();
      }
    }
    if (!anybody) end(now);
  }
  census found;

 private:
  const step& next(const state& s, int t) const {
    return code_[static_cast<std::size_t>(t)][s.threads[static_cast<std::size_t>(t)].at];
  }
  bool active(const state& s, int t) const {
    return s.threads[static_cast<std::size_t>(t)].at < code_[static_cast<std::size_t>(t)].size();
  }
  bool enabled(const state& s, int t) const {
    const thread_state& self = s.threads[static_cast<std::size_t>(t)];
    switch (next(s, t).what) {
      case op::lock:
        return s.owner == -1;
      case op::r_lock:
        return s.r_owner == -1 || s.r_owner == t;
      case op::x_lock:
        return s.x_owner == -1 && s.readers.empty();
      case op::s_lock:
        return s.x_owner == -1;
      case op::acquire:
        return s.permits > 0;
      case op::await_latch:
        return s.latch == 0;
      case op::await_barrier:
        return s.phase != self.token;
      case op::call_once:
      case op::call_throwing:
        return self.phase == 1 || s.once != 1;
      case op::get:
        return s.ready;
      case op::wait:
        return std::none_of(s.atomic_queue.begin(), s.atomic_queue.end(),
                            [t](const waiter& w) { return w.thread == t; });
      case op::any_wait:
        return self.phase == 2 ? !waits_in(s.any_queue, t) : self.phase == 3 ? s.owner == -1 : true;
      default:
        return true;
    }
  }
  static int eligible(const state& s) {
    return static_cast<int>(std::count_if(s.atomic_queue.begin(), s.atomic_queue.end(),
                                          [&](const waiter& w) { return w.version != s.version; }));
  }
  int ways_of(const state& s, int t) const {
    switch (next(s, t).what) {
      case op::notify_one:
        return std::max(1, eligible(s));
      case op::any_notify_one:
        return std::max(1, static_cast<int>(s.any_queue.size()));
      default:
        return 1;
    }
  }

  event perform(state& s, int t, int way) const {
    thread_state& self = s.threads[static_cast<std::size_t>(t)];
    const step& now = next(s, t);
    event e{t, object::mutex, nature::changes, 0};
    bool done = true;
    const auto tried = [&](bool success, nature failed = nature::reads) {
      self.log += success ? '1' : '0';
      if (!success) {
        e.how = failed;
        self.at += static_cast<std::size_t>(now.skip);
      }
    };
    switch (now.what) {
      case op::lock:
        s.owner = t;
        break;
      case op::try_lock:
        tried(s.owner == -1);
        if (self.log.back() == '1') s.owner = t;
        break;
      case op::unlock:
        s.owner = -1;
        break;
      case op::r_lock:
      case op::r_try_lock: {
        e.on = object::recursive;
        const bool success = s.r_owner == -1 || s.r_owner == t;
        if (now.what == op::r_try_lock) tried(success);
        if (success) s.r_owner = t, ++s.r_depth;
        break;
      }
      case op::r_unlock:
        e.on = object::recursive;
        if (--s.r_depth == 0) s.r_owner = -1;
        break;
      case op::x_lock:
      case op::x_try_lock: {
        e.on = object::shared;
        const bool success = s.x_owner == -1 && s.readers.empty();
        if (now.what == op::x_try_lock) tried(success);
        if (success) s.x_owner = t;
        break;
      }
      case op::x_unlock:
        e.on = object::shared;
        s.x_owner = -1;
        break;
      case op::s_lock:
      case op::s_try_lock: {
        e.on = object::shared;
        e.how = nature::shares;
        const bool success = s.x_owner == -1;
        if (now.what == op::s_try_lock) tried(success, nature::peeks);
        if (success) s.readers.push_back(t);
        break;
      }
      case op::s_unlock:
        e.on = object::shared;
        e.how = nature::shares;
        s.readers.erase(std::find(s.readers.begin(), s.readers.end(), t));
        break;
      case op::acquire:
        e.on = object::semaphore;
        --s.permits;
        break;
      case op::try_acquire:
        e.on = object::semaphore;
        tried(s.permits > 0);
        if (self.log.back() == '1') --s.permits;
        break;
      case op::release:
        e.on = object::semaphore;
        e.how = nature::adds_up;
        ++s.permits;
        break;
      case op::count_down:
        e.on = object::latch;
        e.how = nature::adds_up;
        --s.latch;
        break;
      case op::try_wait:
        e.on = object::latch;
        e.how = nature::reads;
        tried(s.latch == 0);
        break;
      case op::await_latch:
        e.on = object::latch;
        e.how = nature::reads;
        break;
      case op::arrive:
      case op::drop:
        e.on = object::barrier;
        self.token = s.phase;
        if (now.what == op::drop) --s.expected;
        if (--s.missing == 0) {
          ++s.phase;
          s.missing = s.expected;
        }
        break;
      case op::await_barrier:
        e.on = object::barrier;
        e.how = nature::reads;
        break;
      case op::call_once:
      case op::call_throwing:
        e.on = object::once;
        if (self.phase == 0) {
          if (s.once == 2) {
            self.log += 'p';
            break;
          }
          s.once = 1;
          self.phase = 1;
          done = false;
        } else {
          const bool throws = now.what == op::call_throwing;
          s.once = throws ? 0 : 2;
          self.phase = 0;
          self.log += throws ? 't' : 'c';
        }
        break;
      case op::set_value:
        e.on = object::future;
        tried(!s.ready);
        s.ready = true;
        break;
      case op::get:
        e.on = object::future;
        e.how = nature::reads;
        break;
      case op::request_stop:
        e.on = object::stop;
        tried(!s.stop);
        s.stop = true;
        break;
      case op::stop_requested:
        e.on = object::stop;
        e.how = nature::reads;
        tried(s.stop);
        break;
      case op::load:
        e.on = object::atomic;
        e.how = nature::shares;
        self.log += std::to_string(s.value);
        break;
      case op::store:
        e.on = object::atomic;
        if (s.value != now.value) ++s.version;
        s.value = now.value;
        break;
      case op::add:
        e.on = object::atomic;
        self.log += std::to_string(s.value);
        if (now.value != 0) ++s.version;
        s.value += now.value;
        break;
      case op::compare_exchange: {
        e.on = object::atomic;
        const bool success = s.value == 0;
        tried(success, nature::shares);
        if (success && now.value != 0) s.value = now.value, ++s.version;
        break;
      }
      case op::wait:
        e.on = object::atomic;
        e.how = nature::reads;
        if (s.value != 0) break;
        s.atomic_queue.push_back({t, s.version});
        done = false;
        break;
      case op::notify_one:
      case op::notify_all: {
        e.on = object::atomic;
        e.how = nature::wakes;
        const int count = eligible(s);
        if (count == 0) break;
        if (now.what == op::notify_one) {
          e.way = s.atomic_queue[static_cast<std::size_t>(way)].thread + 1;
          s.atomic_queue.erase(s.atomic_queue.begin() + way);
        } else {
          s.atomic_queue.erase(s.atomic_queue.begin(), s.atomic_queue.begin() + count);
        }
        break;
      }
      case op::any_wait:
        done = false;
        if (self.phase == 0) {
          e.on = object::condition;
          e.how = nature::reads;
          s.any_queue.push_back(t);
        } else if (self.phase == 1) {
          s.owner = -1;
        } else if (self.phase == 2) {
          e.on = object::condition;
          e.how = nature::reads;
        } else {
          s.owner = t;
          self.phase = -1;
          done = true;
        }
        ++self.phase;
        break;
      case op::any_notify_one:
      case op::any_notify_all:
        e.on = object::condition;
        e.how = nature::wakes;
        if (s.any_queue.empty()) break;
        if (now.what == op::any_notify_one) {
          e.way = s.any_queue[static_cast<std::size_t>(way)] + 1;
          s.any_queue.erase(s.any_queue.begin() + way);
        } else {
          s.any_queue.clear();
        }
        break;
    }
    if (done) ++self.at;
    return e;
  }

  void end(const state& s) {
    if (++found.executions >= limit_) found.capped = true;
    std::string logs;
    bool stuck = false;
    for (std::size_t t = 0; t < code_.size(); ++t) {
      const bool ended = s.threads[t].at >= code_[t].size();
      stuck |= !ended;
      logs += s.threads[t].log + (ended ? "." : "") + "|";
    }
    if (stuck) ++found.deadlocked;
    ++found.outcomes[logs];
    found.classes.insert(normal_form());
  }

  // The least linearisation of the order that dependence makes of the events.
  std::string normal_form() const {
    std::vector<bool> used(past_.size());
    std::string text;
    for (std::size_t count = 0; count < past_.size(); ++count) {
      std::size_t best = past_.size();
      for (std::size_t i = 0; i < past_.size(); ++i) {
        if (used[i] || (best != past_.size() && past_[i].thread >= past_[best].thread)) continue;
        bool minimal = true;
        for (std::size_t j = 0; j < i && minimal; ++j) {
          minimal = used[j] || !dependent(past_[j], past_[i]);
        }
        if (minimal) best = i;
      }
      used[best] = true;
      text += static_cast<char>('0' + past_[best].thread);
      if (past_[best].way != 0) text += static_cast<char>('a' + past_[best].way);
    }
    return text;
  }

  const program& code_;
  const int limit_;
  std::vector<event> past_;
};

}  // namespace

census every_execution(const program& code, const settings& made, int limit) {
  state first;
  first.threads.resize(code.size());
  first.permits = made.permits;
  first.latch = made.latch;
  first.missing = first.expected = made.parties;
  search all(code, limit);
  all.run(first);
  return all.found;
}

std::string to_string(const program& code) {
  static const char* const names[] = {"lock",          "try_lock",      "unlock",
                                      "r_lock",        "r_try_lock",    "r_unlock",
                                      "x_lock",        "x_try_lock",    "x_unlock",
                                      "s_lock",        "s_try_lock",    "s_unlock",
                                      "acquire",       "try_acquire",   "release",
                                      "count_down",    "try_wait",      "await_latch",
                                      "arrive",        "await_barrier", "drop",
                                      "call_once",     "call_throwing", "set_value",
                                      "get",           "request_stop",  "stop_requested",
                                      "load",          "store",         "add",
                                      "cas",           "wait",          "notify_one",
                                      "notify_all",    "any_wait",      "any_notify_one",
                                      "any_notify_all"};
  std::string text;
  for (const auto& thread : code) {
    text += "[";
    for (const step& at : thread) text += std::string(" ") + names[static_cast<int>(at.what)];
    text += " ] ";
  }
  return text;
}

}  // namespace primitives
