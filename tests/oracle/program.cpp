// SPDX-License-Identifier: MIT
#include "program.hpp"

#include <algorithm>

namespace oracle {

operation load(int x) { return {.kind = op::load, .object = x}; }
operation store(int x, int v) { return {.kind = op::store, .object = x, .value = v}; }
operation store_last_plus(int x, int v) {
  return {.kind = op::store, .object = x, .value = v, .plus_last = true};
}
operation fetch_add(int x, int v) { return {.kind = op::fetch_add, .object = x, .value = v}; }
operation compare_exchange(int x, int expected, int desired) {
  return {.kind = op::compare_exchange, .object = x, .value = desired, .expected = expected};
}
operation lock(int m) { return {.kind = op::lock, .object = m}; }
operation unlock(int m) { return {.kind = op::unlock, .object = m}; }
operation try_lock(int m, int skip_on_failure) {
  return {.kind = op::try_lock, .object = m, .skip = skip_on_failure};
}
operation wait(int c, int m) { return {.kind = op::wait, .object = c, .mutex = m, .condition = c}; }
operation wait_while_zero(int x, int c, int m) {
  return {.kind = op::wait_while_zero, .object = x, .mutex = m, .condition = c};
}
operation notify_one(int c) { return {.kind = op::notify_one, .object = c, .condition = c}; }
operation notify_all(int c) { return {.kind = op::notify_all, .object = c, .condition = c}; }
operation acquire(int s) { return {.kind = op::acquire, .object = s}; }
operation try_acquire(int s, int skip_on_failure) {
  return {.kind = op::try_acquire, .object = s, .skip = skip_on_failure};
}
operation release(int s, int n) { return {.kind = op::release, .object = s, .value = n}; }
operation start(int t) { return {.kind = op::start, .object = t}; }
operation join(int t) { return {.kind = op::join, .object = t}; }
operation point() { return {.kind = op::point}; }
operation pick(int n) { return {.kind = op::pick, .value = n}; }
operation skip_unless(int v, int n) { return {.kind = op::skip_unless, .value = v, .skip = n}; }
operation expect(int v) { return {.kind = op::expect, .value = v}; }
operation assume(int v) { return {.kind = op::assume, .value = v}; }

std::vector<variable> atomics(int n) { return std::vector<variable>(static_cast<std::size_t>(n)); }

bool started_late(const program& p, int t) {
  return std::any_of(p.threads.begin(), p.threads.end(), [t](const thread_code& code) {
    return std::count(code.begin(), code.end(), start(t)) != 0;
  });
}

namespace {

std::string number(int n) { return std::to_string(n); }

// The arguments of a builder call: "(a, b)".
template <class... Rest>
std::string arguments(int first, Rest... rest) {
  std::string text = "(" + number(first);
  ((text += ", " + number(rest)), ...);
  return text + ")";
}

}  // namespace

std::string to_string(const operation& o) {
  switch (o.kind) {
    case op::load:
      return "load" + arguments(o.object);
    case op::store:
      return (o.plus_last ? "store_last_plus" : "store") + arguments(o.object, o.value);
    case op::fetch_add:
      return "fetch_add" + arguments(o.object, o.value);
    case op::compare_exchange:
      return "compare_exchange" + arguments(o.object, o.expected, o.value);
    case op::lock:
      return "lock" + arguments(o.object);
    case op::unlock:
      return "unlock" + arguments(o.object);
    case op::try_lock:
      return "try_lock" + arguments(o.object, o.skip);
    case op::wait:
      return "wait" + arguments(o.object, o.mutex);
    case op::wait_while_zero:
      return "wait_while_zero" + arguments(o.object, o.condition, o.mutex);
    case op::notify_one:
      return "notify_one" + arguments(o.object);
    case op::notify_all:
      return "notify_all" + arguments(o.object);
    case op::acquire:
      return "acquire" + arguments(o.object);
    case op::try_acquire:
      return "try_acquire" + arguments(o.object, o.skip);
    case op::release:
      return "release" + arguments(o.object, o.value);
    case op::start:
      return "start" + arguments(o.object);
    case op::join:
      return "join" + arguments(o.object);
    case op::point:
      return "point()";
    case op::pick:
      return "pick" + arguments(o.value);
    case op::skip_unless:
      return "skip_unless" + arguments(o.value, o.skip);
    case op::expect:
      return "expect" + arguments(o.value);
    case op::assume:
      return "assume" + arguments(o.value);
  }
  return "?";
}

std::string to_string(const program& p) {
  std::string text = "variables:";
  for (const variable& v : p.variables) {
    text += v.plain ? " plain(guard " + number(v.guard) + ")" : std::string(" atomic");
    text += "=" + number(v.initial);
  }
  text +=
      "; " + number(p.mutexes) + " mutexes; " + number(p.conditions) + " conditions; semaphores:";
  for (const int permits : p.semaphores) text += " " + number(permits);
  text += "\n";
  for (std::size_t t = 0; t < p.threads.size(); ++t) {
    text += "T" + std::to_string(t) + ":";
    for (const operation& o : p.threads[t]) text += " " + to_string(o) + ";";
    text += "\n";
  }
  return text;
}

}  // namespace oracle
