// SPDX-License-Identifier: MIT
#include "axioms.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "relation.hpp"

namespace litmus {

namespace {

struct event {
  int thread = -1;  // -1: the initial value of an object
  int index = 0;    // in its thread
  bool reads = false;
  bool writes = false;
  bool fence = false;
  order with = order::relaxed;
  int object = -1;
  int value = 0;    // written
  int source = -1;  // read from
};

struct graph {
  std::vector<event> events;         // the initial values first; a write before what reads it
  std::vector<std::vector<int>> mo;  // of each object
};

class checker {
 public:
  checker(const graph& of, model by)
      : graph_(of), by_(by), n_(static_cast<int>(of.events.size())) {}

  [[nodiscard]] bool consistent() {
    for (int i = 0; i < n_; ++i) classify(i);
    if (!atomic_updates()) return false;
    const relation fr = (rf_.inverse() * mo_).without_identity();
    const relation eco = (rf_ | mo_ | fr).closure();
    if (by_ == model::sc) return (sb_ | rf_ | mo_ | fr).acyclic();
    const relation hb = (sb_ | synchronises()).closure();
    if (!hb.irreflexive() || !(hb * eco).irreflexive()) return false;
    return by_ == model::cxx ? total_order_exists(hb, eco) : psc_acyclic(hb, eco, fr);
  }

 private:
  [[nodiscard]] const event& at(int i) const { return graph_.events[static_cast<std::size_t>(i)]; }

  void classify(int i) {
    const event& of = at(i);
    const event_set bit = event_set{1} << i;
    all_ |= bit;
    if (of.reads) reads_ |= bit;
    if (of.writes) writes_ |= bit;
    if (of.fence) fences_ |= bit;
    if (of.thread >= 0 && acquires(of.with)) acquire_ |= bit;
    if (of.thread >= 0 && releases(of.with)) release_ |= bit;
    if (of.thread >= 0 && of.with == order::seq_cst) (of.fence ? sc_fences_ : sc_accesses_) |= bit;
    if (of.source >= 0) rf_.add(of.source, i);
    for (int j = 0; j < n_; ++j) {
      const event& other = at(j);
      const bool before =
          of.thread < 0 ? other.thread >= 0 : of.thread == other.thread && of.index < other.index;
      if (before) sb_.add(i, j);
      if (of.object >= 0 && of.object == other.object) same_object_.add(i, j);
    }
    if (of.writes) {
      const auto& order_of_writes = graph_.mo[static_cast<std::size_t>(of.object)];
      const auto here = std::find(order_of_writes.begin(), order_of_writes.end(), i);
      for (auto later = here + 1; later < order_of_writes.end(); ++later) mo_.add(i, *later);
    }
  }

  // A read-modify-write comes right after what it has read.
  [[nodiscard]] bool atomic_updates() const {
    for (const auto& order_of_writes : graph_.mo) {
      for (std::size_t i = 1; i < order_of_writes.size(); ++i) {
        const event& of = at(order_of_writes[i]);
        if (of.reads && of.source != order_of_writes[i - 1]) return false;
      }
    }
    return true;
  }

  [[nodiscard]] relation synchronises() const {
    const relation sequence =
        (rf_.between(all_, reads_ & writes_).closure()).maybe().between(writes_, writes_);
    const relation before_write = sb_.between(fences_ & release_, writes_).maybe();
    const relation after_read = sb_.between(reads_, fences_ & acquire_).maybe();
    return (before_write * sequence * rf_ * after_read).between(release_, acquire_);
  }

  // From an access, or through a fence before or after it.
  [[nodiscard]] relation through_fences(const relation& accesses, const relation& hb) const {
    const relation here = relation::identity(n_, sc_accesses_);
    const relation from = here | hb.maybe().between(sc_fences_, all_);
    const relation to = here | hb.maybe().between(all_, sc_fences_);
    return from * accesses * to;
  }

  [[nodiscard]] bool total_order_exists(const relation& hb, const relation& eco) const {
    const relation sc_synchronises = synchronises().between(sc_accesses_, sc_accesses_);
    const relation strongly = (sb_ | sc_synchronises | sb_ * hb * sb_).closure();
    const event_set sc = sc_accesses_ | sc_fences_;
    return (strongly.between(sc, sc) | through_fences(eco, hb)).acyclic();
  }

  [[nodiscard]] bool psc_acyclic(const relation& hb, const relation& eco,
                                 const relation& fr) const {
    relation sb_elsewhere = sb_;
    for (int i = 0; i < n_; ++i) {
      for (int j = 0; j < n_; ++j) {
        if (sb_.has(i, j) && same_object_.has(i, j)) {
          sb_elsewhere = sb_elsewhere & complement_of(i, j);
        }
      }
    }
    const relation scb = sb_ | sb_elsewhere * hb * sb_elsewhere | (hb & same_object_) | mo_ | fr;
    const relation base = through_fences(scb, hb);
    const relation fences = (hb | hb * eco * hb).between(sc_fences_, sc_fences_);
    return (base | fences).acyclic();
  }

  [[nodiscard]] relation complement_of(int from, int to) const {
    relation result(n_);
    for (int i = 0; i < n_; ++i) {
      for (int j = 0; j < n_; ++j) {
        if (i != from || j != to) result.add(i, j);
      }
    }
    return result;
  }

  const graph& graph_;
  model by_;
  int n_;
  relation sb_{n_};
  relation rf_{n_};
  relation mo_{n_};
  relation same_object_{n_};
  event_set all_ = 0;
  event_set reads_ = 0;
  event_set writes_ = 0;
  event_set fences_ = 0;
  event_set acquire_ = 0;
  event_set release_ = 0;
  event_set sc_accesses_ = 0;
  event_set sc_fences_ = 0;
};

// Grows graphs event by event and keeps each graph once. Consistency of these axioms is inherited
// by what a graph was grown from, so what is inconsistent need not grow. What reads nothing waits
// for nobody: it is added at once. Of reads any may be next, since they read only what is there.
class enumeration {
 public:
  enumeration(const program& of, model by, std::size_t limit)
      : program_(of), by_(by), limit_(limit) {}

  allowed run() {
    graph start;
    for (int object = 0; object < program_.objects; ++object) {
      event initial;
      initial.writes = true;
      initial.object = object;
      start.mo.push_back({object});
      start.events.push_back(initial);
    }
    grow(start);
    return std::move(result_);
  }

 private:
  using kind = instruction::kind;
  struct position {
    std::size_t next = 0;  // instruction; beyond the end: finished
    int events = 0;
    bool blocked = false;
    std::vector<int> registers = std::vector<int>(program::registers, 0);
    std::vector<int> found;
  };

  // Where a thread is after its events in the graph.
  [[nodiscard]] position replay(const graph& of, int thread) const {
    position now;
    const auto& code = program_.threads[static_cast<std::size_t>(thread)];
    std::vector<const event*> events;
    for (const event& at : of.events) {
      if (at.thread == thread) events.push_back(&at);
    }
    while (now.next < code.size()) {
      const instruction& at = code[now.next];
      if (at.what == kind::go_on || at.what == kind::assume) {
        if (!at.holds(now.registers)) {
          now.blocked = at.what == kind::assume;
          now.next = code.size();
          return now;
        }
      } else if (static_cast<std::size_t>(now.events) == events.size()) {
        return now;
      } else {
        const event& did = *events[static_cast<std::size_t>(now.events++)];
        if (at.reg >= 0) {
          const int value = of.events[static_cast<std::size_t>(did.source)].value;
          now.registers[static_cast<std::size_t>(at.reg)] = value;
          now.found.push_back(value);
        }
      }
      ++now.next;
    }
    return now;
  }

  [[nodiscard]] const instruction* next_of(int thread, const position& at) const {
    const auto& code = program_.threads[static_cast<std::size_t>(thread)];
    return at.next == code.size() ? nullptr : &code[at.next];
  }

  void grow(const graph& from) {
    bool complete = true;
    bool blocked = false;
    outcome values;
    std::vector<position> now;
    for (int thread = 0; thread < static_cast<int>(program_.threads.size()); ++thread) {
      now.push_back(replay(from, thread));
      const instruction* next = next_of(thread, now.back());
      if (next != nullptr && (next->what == kind::write || next->what == kind::fence)) {
        return perform(from, thread, now.back(), *next);
      }
      complete &= next == nullptr;
      blocked |= now.back().blocked;
      values.insert(values.end(), now.back().found.begin(), now.back().found.end());
    }
    for (std::size_t i = 0; i < now.size(); ++i) {
      const int thread = static_cast<int>(i);
      const instruction* next = next_of(thread, now[i]);
      if (next != nullptr) perform(from, thread, now[i], *next);
    }
    if (!complete) return;
    if (blocked) {
      ++result_.blocked;
      return;
    }
    ++result_.graphs;
    for (const auto& order_of_writes : from.mo) {
      values.push_back(from.events[static_cast<std::size_t>(order_of_writes.back())].value);
    }
    result_.outcomes.insert(values);
  }

  void perform(const graph& from, int thread, const position& now, const instruction& what) {
    event made;
    made.thread = thread;
    made.index = now.events;
    made.with = what.with;
    made.fence = what.what == kind::fence;
    if (made.fence) {
      graph next = from;
      next.events.push_back(made);
      keep(next);
      return;
    }
    made.object = what.object;
    const auto& order_of_writes = from.mo[static_cast<std::size_t>(what.object)];
    const int value = what.value.in(now.registers);
    if (what.what == kind::write) {
      made.writes = true;
      made.value = value;
      for (std::size_t place = 1; place <= order_of_writes.size(); ++place) {
        put(from, made, place);
      }
      return;
    }
    made.reads = true;
    for (std::size_t place = 0; place < order_of_writes.size(); ++place) {
      event one = made;
      one.source = order_of_writes[place];
      const int found = from.events[static_cast<std::size_t>(one.source)].value;
      one.writes = what.what != kind::read && (what.what != kind::cas || found == what.expected);
      if (what.what == kind::cas && !one.writes) one.with = what.on_failure;
      one.value = what.what == kind::add ? found + value : value;
      if (one.writes) {
        put(from, one, place + 1);
      } else {
        graph next = from;
        next.events.push_back(one);
        keep(next);
      }
    }
  }

  void put(const graph& from, const event& made, std::size_t place) {
    graph next = from;
    const int number = static_cast<int>(next.events.size());
    next.events.push_back(made);
    auto& order_of_writes = next.mo[static_cast<std::size_t>(made.object)];
    order_of_writes.insert(order_of_writes.begin() + static_cast<std::ptrdiff_t>(place), number);
    keep(next);
  }

  void keep(const graph& next) {
    if (result_.too_many || !seen_.insert(key_of(next)).second) return;
    result_.too_many = seen_.size() > limit_;
    if (!result_.too_many && checker(next, by_).consistent()) grow(next);
  }

  // The same for graphs that differ only in the order in which their events were added.
  [[nodiscard]] std::string key_of(const graph& of) const {
    const auto name = [&](int number) {
      const event& at = of.events[static_cast<std::size_t>(number)];
      return std::to_string(at.thread < 0 ? -1 - at.object : at.thread * 64 + at.index) + " ";
    };
    std::vector<std::string> reads;
    for (std::size_t i = 0; i < of.events.size(); ++i) {
      const event& at = of.events[i];
      if (at.thread < 0) continue;
      reads.push_back(name(static_cast<int>(i)) + (at.source < 0 ? "- " : name(at.source)));
    }
    std::sort(reads.begin(), reads.end());
    std::string key;
    for (const std::string& each : reads) key += each;
    for (const auto& order_of_writes : of.mo) {
      key += '|';
      for (const int each : order_of_writes) key += name(each);
    }
    return key;
  }

  const program& program_;
  model by_;
  std::size_t limit_;
  std::unordered_set<std::string> seen_;
  allowed result_;
};

}  // namespace

allowed enumerate(const program& of, model by, std::size_t limit) {
  return enumeration(of, by, limit).run();
}

}  // namespace litmus
