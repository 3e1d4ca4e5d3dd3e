// SPDX-License-Identifier: MIT
#include "lock_order.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "evidence.hpp"
#include "heddle/sched/monitor.hpp"

namespace heddle::explorers {

namespace {

using sched::op_kind;

constexpr std::size_t longest_cycle = 4;
constexpr std::size_t cycles_kept = 8;
constexpr std::size_t edges_kept = 400;

// When a thread lived, as indices of moments.
struct lifetime {
  std::size_t begin = 0;
  std::size_t end = ~std::size_t{0};
};

std::vector<lifetime> lifetimes(const history& of) {
  std::vector<lifetime> all(of.trace().threads.size());
  std::vector<bool> seen(all.size(), false);
  const auto& moments = of.moments();
  for (std::size_t i = 0; i < moments.size(); ++i) {
    const sched::thread_id thread = moments[i].thread;
    if (!seen[thread]) all[thread].begin = i;
    seen[thread] = true;
    if (moments[i].entry->what == sched::trace_entry::kind::finish) all[thread].end = i;
  }
  return all;
}

class predicting {
 public:
  explicit predicting(const history& of) : of_(of), lives_(lifetimes(of)) {}

  std::vector<std::vector<lock_edge>> run() {
    collect();
    path_.reserve(longest_cycle);  // extend() keeps references into it
    for (const lock_edge& first : edges_) {
      path_.assign(1, first);
      extend();
    }
    return std::move(cycles_);
  }

 private:
  void collect() {
    const auto& moments = of_.moments();
    for (std::size_t i = 0; i < moments.size() && edges_.size() < edges_kept; ++i) {
      const moment& at = moments[i];
      if (at.event == nullptr || at.held.empty()) continue;
      const sched::operation& op = at.event->op;
      if (op.deadline != sched::no_deadline) continue;  // it gives up in the end
      if (op.result == sched::resolution::failed) continue;
      switch (op.kind) {
        case op_kind::lock_all:
          add(i, op.second, false);
          [[fallthrough]];
        case op_kind::lock:
        case op_kind::lock_exclusive:
          add(i, op.object, false);
          break;
        case op_kind::lock_shared:
          add(i, op.object, true);
          break;
        case op_kind::wake:
          add(i, op.second, false);
          break;
        case op_kind::call:  // one that waits if it has to
          if (op.call->effect == sched::custody::takes && !op.need.everything()) {
            add(i, op.object, false);
          }
          break;
        default:
          break;
      }
    }
  }

  void add(std::size_t index, sched::stable_key wanted, bool shared) {
    const moment& at = of_.moments()[index];
    for (const held_lock& one : at.held) {
      if (one.mutex == wanted) return;  // recursive
    }
    for (const held_lock& one : at.held) {
      lock_edge made;
      made.thread = at.thread;
      made.held = one;
      made.wanted = {wanted, at.event->op.where, at.steps, shared};
      for (const held_lock& gate : at.held) {
        if (gate.mutex != one.mutex) made.gates.push_back(gate);
      }
      made.to = index;
      made.from = index;
      while (made.from > 0 && !(of_.moments()[made.from].thread == at.thread &&
                                of_.moments()[made.from].steps == one.at &&
                                of_.moments()[made.from].event != nullptr)) {
        --made.from;
      }
      if (std::none_of(edges_.begin(), edges_.end(),
                       [&](const lock_edge& other) { return alike(made, other); })) {
        edges_.push_back(std::move(made));
      }
    }
  }

  static bool alike(const lock_edge& a, const lock_edge& b) {
    return a.thread == b.thread && a.held.mutex == b.held.mutex &&
           a.wanted.mutex == b.wanted.mutex && a.held.where == b.held.where &&
           a.wanted.where == b.wanted.where && a.gates.size() == b.gates.size();
  }

  // Can `b` come after `a` in a cycle: does b hold what a wants, in another thread, at once?
  [[nodiscard]] bool follows(const lock_edge& a, const lock_edge& b) const {
    return a.wanted.mutex == b.held.mutex && !(a.wanted.shared && b.held.shared);
  }

  [[nodiscard]] bool compatible(const lock_edge& a, const lock_edge& b) const {
    if (a.thread == b.thread || a.held.mutex == b.held.mutex) return false;
    for (const held_lock& x : a.gates) {
      for (const held_lock& y : b.gates) {
        if (x.mutex == y.mutex && !(x.shared && y.shared)) return false;
      }
    }
    return !before(a, b) && !before(b, a);
  }

  // Is `a` over before `b`'s thread begins, or a's thread at its end before `b` begins? Then a
  // start or a join probably orders the two.
  [[nodiscard]] bool before(const lock_edge& a, const lock_edge& b) const {
    return lives_[a.thread].end < b.from || (a.to < lives_[b.thread].begin && begets(a, b.thread));
  }
  [[nodiscard]] bool begets(const lock_edge& a, sched::thread_id of) const {
    const auto& threads = of_.trace().threads;
    while (of != sched::no_thread && of < threads.size()) {
      if (of == a.thread || lives_[a.thread].end < lives_[of].begin) return true;
      of = threads[of].parent;
    }
    return false;
  }

  void extend() {
    if (cycles_.size() >= cycles_kept) return;
    const lock_edge& last = path_.back();
    if (path_.size() > 1 && follows(last, path_.front())) {
      cycles_.push_back(path_);
      return;
    }
    if (path_.size() == longest_cycle) return;
    for (const lock_edge& next : edges_) {
      // Each cycle once: it begins with the thread of the smallest id.
      if (next.thread < path_.front().thread || !follows(last, next)) continue;
      if (std::any_of(path_.begin(), path_.end(),
                      [&](const lock_edge& other) { return !compatible(other, next); })) {
        continue;
      }
      path_.push_back(next);
      extend();
      path_.pop_back();
      if (cycles_.size() >= cycles_kept) return;
    }
  }

  const history& of_;
  const std::vector<lifetime> lives_;
  std::vector<lock_edge> edges_;
  std::vector<lock_edge> path_;
  std::vector<std::vector<lock_edge>> cycles_;
};

}  // namespace

std::vector<std::vector<lock_edge>> lock_cycles(const history& of) { return predicting(of).run(); }

std::vector<hold> towards(const history& of, const std::vector<lock_edge>& cycle) {
  std::vector<hold> holds;
  for (const lock_edge& one : cycle) {
    for (const lock_edge& other : cycle) {
      if (one.thread == other.thread) continue;
      holds.push_back({of.key(one.thread), one.wanted.at, of.key(other.thread), other.wanted.at});
    }
  }
  return holds;
}

std::string describe(const names& name, const std::vector<lock_edge>& cycle) {
  std::vector<std::string> parts;
  for (const lock_edge& one : cycle) {
    parts.push_back(fmt::format("{} takes {} ({}), then {} ({})", name.thread(one.thread),
                                name.the_object(one.held.mutex), place(one.held.where),
                                name.the_object(one.wanted.mutex), place(one.wanted.where)));
  }
  return join_all(parts, "; ");
}

}  // namespace heddle::explorers
