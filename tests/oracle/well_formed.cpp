// SPDX-License-Identifier: MIT
#include "well_formed.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace oracle {
namespace {

class checker {
 public:
  checker(const program& p, bool relock) : program_(p), relock_(relock) {}

  std::string run() {
    if (program_.threads.empty()) return "no body";
    for (const int permits : program_.semaphores) need(permits >= 0, "fewer than no permits");
    for (const variable& v : program_.variables) {
      if (v.plain) need(in(v.guard, program_.mutexes), "guard of a plain variable");
    }
    for (const thread_code& code : program_.threads) starts(code);
    for (const thread_code& code : program_.threads) {
      code_ = &code;
      seen_.clear();
      walk(0, {});
    }
    return complaint_;
  }

 private:
  using held = std::set<int>;

  static bool in(int index, int count) { return 0 <= index && index < count; }

  void need(bool condition, const char* what) {
    if (!condition && complaint_.empty()) complaint_ = what;
  }

  void bind(int condition, int mutex, const held& h) {
    need(in(condition, program_.conditions), "no such condition");
    need(h.count(mutex) == 1, "wait without its mutex");
    const auto [entry, fresh] = mutex_of_.emplace(condition, mutex);
    need(fresh || entry->second == mutex, "one condition with two mutexes");
  }

  void touch(int x, const held& h, bool atomic_only = false) {
    if (!in(x, static_cast<int>(program_.variables.size()))) return need(false, "no such variable");
    const variable& v = program_.variables[static_cast<std::size_t>(x)];
    if (v.plain) need(!atomic_only && h.count(v.guard) == 1, "plain access without its guard");
  }

  void starts(const thread_code& code) {
    const auto self = static_cast<int>(&code - program_.threads.data());
    std::set<int> mine;
    std::size_t skipped = 0;  // everything before may be passed over
    for (std::size_t at = 0; at < code.size(); ++at) {
      const operation& o = code[at];
      if (o.skip > 0) skipped = std::max(skipped, at + 1 + static_cast<std::size_t>(o.skip));
      if (o.kind != op::start && o.kind != op::join) continue;
      need(at >= skipped, "a start or join that may be skipped");
      if (o.kind == op::start) {
        need(self < o.object && in(o.object, static_cast<int>(program_.threads.size())),
             "start of no thread with a higher number");
        need(started_.insert(o.object).second, "two starts of one thread");
        mine.insert(o.object);
      } else {
        need(mine.erase(o.object) == 1, "join of a thread that it has not started");
      }
    }
  }

  // Skips go forward only, so the recursion is as deep as the code is long.
  void walk(int pc, held h) {
    if (!complaint_.empty() || !seen_.emplace(pc, h).second) return;
    const int size = static_cast<int>(code_->size());
    if (pc > size) return need(false, "skip past the end");
    if (pc == size) return need(h.empty(), "a mutex is held at the end");
    const operation& o = (*code_)[static_cast<std::size_t>(pc)];
    need(o.skip >= 0, "skip backwards");
    switch (o.kind) {
      case op::load:
      case op::store:
      case op::fetch_add:
        touch(o.object, h);
        break;
      case op::compare_exchange:
        touch(o.object, h, true);
        break;
      case op::lock:
        need(in(o.object, program_.mutexes), "no such mutex");
        need(relock_ || h.count(o.object) == 0, "relock by the owner");
        h.insert(o.object);
        break;
      case op::unlock:
        need(h.erase(o.object) == 1, "unlock by another than the owner");
        break;
      case op::try_lock:
        need(in(o.object, program_.mutexes), "no such mutex");
        need(h.count(o.object) == 0, "try_lock by the owner");
        walk(pc + 1 + o.skip, h);
        h.insert(o.object);
        break;
      case op::wait:
        bind(o.object, o.mutex, h);
        break;
      case op::wait_while_zero:
        touch(o.object, h);
        bind(o.condition, o.mutex, h);
        break;
      case op::notify_one:
      case op::notify_all:
        need(in(o.object, program_.conditions), "no such condition");
        break;
      case op::acquire:
        need(in(o.object, static_cast<int>(program_.semaphores.size())), "no such semaphore");
        break;
      case op::try_acquire:
        need(in(o.object, static_cast<int>(program_.semaphores.size())), "no such semaphore");
        walk(pc + 1 + o.skip, h);
        break;
      case op::release:
        need(in(o.object, static_cast<int>(program_.semaphores.size())), "no such semaphore");
        need(o.value >= 1, "release of nothing");
        break;
      case op::start:
      case op::join:
        break;
      case op::point:
        break;
      case op::pick:
        need(o.value >= 1, "pick of nothing");
        break;
      case op::skip_unless:
        walk(pc + 1 + o.skip, h);
        break;
      case op::expect:
      case op::assume:
        need(h.empty(), "a check or assume under a lock");
        break;
    }
    walk(pc + 1, std::move(h));
  }

  const program& program_;
  bool relock_;
  const thread_code* code_ = nullptr;
  std::set<std::pair<int, held>> seen_;
  std::set<int> started_;
  std::map<int, int> mutex_of_;
  std::string complaint_;
};

}  // namespace

std::string complaint(const program& p, bool relock) { return checker(p, relock).run(); }

}  // namespace oracle
