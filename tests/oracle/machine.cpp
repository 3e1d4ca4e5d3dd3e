// SPDX-License-Identifier: MIT
#include "machine.hpp"

namespace oracle {

machine::machine(const program& p)
    : program_(&p),
      threads_(p.threads.size()),
      owners_(static_cast<std::size_t>(p.mutexes), -1),
      permits_(p.semaphores),
      waiters_(static_cast<std::size_t>(p.conditions)) {
  for (const variable& v : p.variables) memory_.push_back(v.initial);
  for (int t = 0; t < threads(); ++t) {
    threads_[static_cast<std::size_t>(t)].started = !started_late(p, t);
    settle(t);
  }
}

bool machine::active(int t) const {
  const thread_state& s = threads_[static_cast<std::size_t>(t)];
  return s.started && !s.ended && s.pc < program_->threads[static_cast<std::size_t>(t)].size();
}

const operation& machine::next(int t) const {
  const auto i = static_cast<std::size_t>(t);
  return program_->threads[i][threads_[i].pc];
}

bool machine::visible(int t) const {
  const operation& o = next(t);
  switch (o.kind) {
    case op::load:
    case op::store:
    case op::fetch_add:
      return atomic(o.object);
    case op::wait_while_zero:
      return threads_[static_cast<std::size_t>(t)].at != phase::start || atomic(o.object);
    case op::start:
    case op::join:
    case op::pick:
    case op::skip_unless:
    case op::expect:
    case op::assume:
      return false;
    default:
      return true;
  }
}

bool machine::enabled(int t) const {
  const operation& o = next(t);
  if (o.kind == op::lock) return free(o.object);
  if (o.kind == op::acquire) return permits_[static_cast<std::size_t>(o.object)] > 0;
  if (o.kind == op::join) return threads_[static_cast<std::size_t>(o.object)].ended;
  switch (threads_[static_cast<std::size_t>(t)].at) {
    case phase::asleep:
      return false;
    case phase::reacquire:
      return free(o.mutex);
    default:
      return true;
  }
}

int machine::ways(int t) const {
  const operation& o = next(t);
  if (o.kind == op::pick) return o.value;
  if (o.kind != op::notify_one) return 1;
  const auto waiting = static_cast<int>(waiters_[static_cast<std::size_t>(o.object)].size());
  return waiting > 1 ? waiting : 1;
}

event machine::step(int t, int way) {
  const operation& o = next(t);
  thread_state& s = threads_[static_cast<std::size_t>(t)];
  event e;
  e.thread = t;
  e.object = o.object;
  switch (o.kind) {
    case op::load:
    case op::store:
    case op::fetch_add:
    case op::compare_exchange:
      e = step_variable(s, o, e);
      break;
    case op::lock:
    case op::unlock:
    case op::try_lock:
      e = step_mutex(s, o, e);
      break;
    case op::acquire:
    case op::try_acquire:
    case op::release:
      e = step_semaphore(s, o, e);
      break;
    case op::wait:
    case op::wait_while_zero:
      e = step_wait(s, o, e);
      break;
    case op::notify_one:
    case op::notify_all:
      e = step_notify(o, e, way);
      ++s.pc;
      break;
    case op::point:
      e.what = access::point;
      ++s.pc;
      break;
    default:
      e = step_hidden(s, o, e, way);
      break;
  }
  if (e.logged) s.last = e.result;
  settle(t);
  return e;
}

event machine::step_variable(thread_state& s, const operation& o, event e) {
  int& x = memory_[static_cast<std::size_t>(o.object)];
  e.what = access::write;
  e.logged = o.kind != op::store;
  e.result = x;
  switch (o.kind) {
    case op::store:
      x = o.value + (o.plus_last ? s.last : 0);
      break;
    case op::fetch_add:
      x += o.value;
      break;
    case op::compare_exchange:
      if (x == o.expected) {
        x = o.value;
      } else {
        e.what = access::read;
      }
      break;
    default:
      e.what = access::read;
      break;
  }
  if (!atomic(o.object)) e.what = access::hidden;
  ++s.pc;
  return e;
}

event machine::step_mutex(thread_state& s, const operation& o, event e) {
  e.what = access::mutex;
  ++s.pc;
  switch (o.kind) {
    case op::unlock:
      owner(o.object) = -1;
      return e;
    case op::try_lock:
      e.logged = true;
      e.result = free(o.object) ? 1 : 0;
      if (e.result == 0) {
        e.what = access::mutex_peek;
        s.pc += static_cast<std::size_t>(o.skip);
        return e;
      }
      break;
    default:
      break;
  }
  owner(o.object) = e.thread;
  return e;
}

event machine::step_semaphore(thread_state& s, const operation& o, event e) {
  int& left = permits(o.object);
  e.what = access::permit;
  ++s.pc;
  if (o.kind == op::release) {
    e.what = access::release;
    left += o.value;
    return e;
  }
  if (o.kind == op::try_acquire) {
    e.logged = true;
    e.result = left > 0 ? 1 : 0;
    if (e.result == 0) {
      e.what = access::permit_peek;
      s.pc += static_cast<std::size_t>(o.skip);
      return e;
    }
  }
  --left;
  return e;
}

event machine::step_wait(thread_state& s, const operation& o, event e) {
  if (o.kind == op::wait_while_zero && s.at == phase::start) {
    const int value = memory_[static_cast<std::size_t>(o.object)];
    e.what = atomic(o.object) ? access::read : access::hidden;
    e.logged = true;
    e.result = value;
    if (value == 0) {
      s.at = phase::release;
    } else {
      ++s.pc;
    }
    return e;
  }
  e.object = o.mutex;
  if (s.at == phase::reacquire) {
    e.what = access::mutex;
    owner(o.mutex) = e.thread;
    s.at = phase::start;
    if (o.kind == op::wait) ++s.pc;
    return e;
  }
  e.what = access::mutex_condition;
  e.other = o.condition;
  owner(o.mutex) = -1;
  waiters_[static_cast<std::size_t>(o.condition)].push_back(e.thread);
  s.at = phase::asleep;
  return e;
}

event machine::step_notify(const operation& o, event e, int way) {
  e.what = access::condition;
  std::vector<int>& queue = waiters_[static_cast<std::size_t>(o.object)];
  if (o.kind == op::notify_all) {
    for (int t : queue) threads_[static_cast<std::size_t>(t)].at = phase::reacquire;
    queue.clear();
  } else if (!queue.empty()) {
    e.other = queue[static_cast<std::size_t>(way)];
    threads_[static_cast<std::size_t>(e.other)].at = phase::reacquire;
    queue.erase(queue.begin() + way);
  }
  return e;
}

event machine::step_hidden(thread_state& s, const operation& o, event e, int way) {
  ++s.pc;
  switch (o.kind) {
    case op::start:
      threads_[static_cast<std::size_t>(o.object)].started = true;
      settle(o.object);
      break;
    case op::join:
      break;
    case op::pick:
      e.what = access::pick;
      e.logged = true;
      e.result = way;
      break;
    case op::skip_unless:
      if (s.last != o.value) s.pc += static_cast<std::size_t>(o.skip);
      break;
    default:  // expect, assume
      if (s.last != o.value) {
        s.ended = true;
        s.end = o.kind == op::expect ? thread_end::failed : thread_end::assumed;
      }
      break;
  }
  return e;
}

// A thread at the end of its code has finished. The body's end is its join: see result().
void machine::settle(int t) {
  thread_state& s = threads_[static_cast<std::size_t>(t)];
  if (t == 0 || !s.started || s.ended || active(t)) return;
  s.ended = true;
  s.end = thread_end::finished;
}

outcome machine::result() const {
  outcome o;
  o.memory = memory_;
  bool joined = !active(0) && !threads_[0].ended;
  for (const thread_state& s : threads_) {
    o.threads.push_back({s.ended ? s.end : thread_end::waiting, {}});
    if (&s != &threads_[0]) joined = joined && (s.ended || !s.started);
  }
  if (joined) o.threads[0].end = thread_end::finished;
  return o;
}

}  // namespace oracle
