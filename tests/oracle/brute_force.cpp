// SPDX-License-Identifier: MIT
#include "brute_force.hpp"

#include <algorithm>
#include <set>

#include "machine.hpp"

namespace oracle {
namespace {

struct move {
  int thread;
  int way;
};

struct node {
  machine state;
  int current = 0;  // the thread that ran last; the body at first
  std::size_t preemptions = 0;
};

class enumeration {
 public:
  enumeration(const program& p, const census_options& options, bool once_per_class)
      : program_(p), options_(options), once_per_class_(once_per_class) {}

  census run() {
    explore({machine(program_)});
    return std::move(census_);
  }

 private:
  void explore(node n) {
    while (!census_.capped) {
      const std::vector<move> moves = moves_of(n.state);
      if (moves.empty()) return leaf(n);
      if (moves.size() == 1) {  // forced: no need for a copy
        if (!perform(n, moves[0])) return;
        continue;
      }
      const std::size_t mark = path_.size();
      for (const move& m : moves) {
        node child = n;
        if (perform(child, m)) explore(std::move(child));
        path_.resize(mark);
      }
      return;
    }
  }

  // What is hidden comes first, at once and in any order: nobody else can tell.
  static std::vector<move> moves_of(const machine& state) {
    std::vector<move> moves;
    for (int t = 0; t < state.threads(); ++t) {
      if (!state.active(t) || state.visible(t) || !state.enabled(t)) continue;
      for (int way = 0; way < state.ways(t); ++way) moves.push_back({t, way});
      return moves;
    }
    for (int t = 0; t < state.threads(); ++t) {
      if (!state.active(t) || !state.enabled(t)) continue;
      for (int way = 0; way < state.ways(t); ++way) moves.push_back({t, way});
    }
    return moves;
  }

  // False: this prefix is known already.
  bool perform(node& n, const move& m) {
    if (n.state.visible(m.thread)) {
      const bool could_go_on = n.state.active(n.current) && n.state.enabled(n.current);
      if (m.thread != n.current && could_go_on) ++n.preemptions;
      if (n.preemptions > options_.most_preemptions) {
        census_.cut = true;
        return false;
      }
      n.current = m.thread;
    }
    path_.push_back(n.state.step(m.thread, m.way));
    if (!once_per_class_ || path_.back().what == access::hidden) return true;
    return seen_.insert(form_of(program_, path_, options_.rules)).second;
  }

  void leaf(const node& n) {
    census_.capped = census_.executions() == options_.limit;
    if (census_.capped) return;
    outcome o = n.state.result();
    for (const event& e : path_) {
      if (e.logged) o.threads[static_cast<std::size_t>(e.thread)].log.push_back(e.result);
    }
    count(judge(o));
    ++census_.outcomes[std::move(o)];
    if (!once_per_class_) {
      census_.preemptions.resize(std::max(census_.preemptions.size(), n.preemptions + 1));
      ++census_.preemptions[n.preemptions];
    }
    if (options_.classes) {
      const auto [entry, fresh] =
          census_.classes.emplace(form_of(program_, path_, options_.rules), n.preemptions);
      if (!fresh) entry->second = std::min(entry->second, n.preemptions);
    }
  }

  void count(verdict v) {
    switch (v) {
      case verdict::complete:
        ++census_.complete;
        break;
      case verdict::failed:
        ++census_.failed;
        break;
      case verdict::blocked:
        ++census_.blocked;
        break;
      case verdict::deadlocked:
        ++census_.deadlocked;
        break;
    }
  }

  const program& program_;
  const census_options& options_;
  const bool once_per_class_;
  std::vector<event> path_;
  std::set<class_form> seen_;
  census census_;
};

}  // namespace

census every_execution(const program& p, const census_options& options) {
  return enumeration(p, options, false).run();
}

census every_class(const program& p, const census_options& options) {
  return enumeration(p, options, true).run();
}

}  // namespace oracle
