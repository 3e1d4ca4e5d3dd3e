// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "evidence.hpp"

// Why did a check fail? Two accesses of one thread that belong together, and another thread in
// between. It is the cause only if the check holds in both orders in which the two threads do not
// mix: then it is the mixing, and not one of the orders, that is wrong (Lu, Tucek, Qin, Zhou: AVIO,
// for the patterns).
namespace heddle::explorers {

namespace {

struct candidate {
  const moment* first = nullptr;    // of one thread
  const moment* between = nullptr;  // of another
  const moment* second = nullptr;   // of the first thread again
  bool lost_update = false;
};

bool conflict(const sched::event& a, const sched::event& b) noexcept {
  return a.op.object == b.op.object && is_access(a) && is_access(b) && (writes(a) || writes(b));
}

constexpr std::size_t candidates_tried = 12;

class searching {
 public:
  explicit searching(evidence& from) : from_(from), all_(from.past.moments()) {}

  bool run() {
    one_object();
    several_objects();
    std::stable_sort(
        candidates_.begin(), candidates_.end(),
        [](const candidate& a, const candidate& b) { return a.lost_update > b.lost_update; });
    if (candidates_.size() > candidates_tried) candidates_.resize(candidates_tried);
    for (const candidate& at : candidates_) {
      if (confirmed(at)) {
        explain(at);
        return true;
      }
    }
    return false;
  }

 private:
  // Of one object: two accesses of a thread in a row, and one of another thread between them that
  // no serial order could have shown.
  void one_object() {
    std::map<std::pair<sched::stable_key, sched::thread_id>, std::size_t> last;
    for (std::size_t second = all_.size(); second-- > 0;) {
      const moment& c = all_[second];
      if (c.event == nullptr || !is_access(*c.event)) continue;
      for (std::size_t first = second; first-- > 0;) {
        const moment& p = all_[first];
        if (p.event == nullptr || p.thread != c.thread) continue;
        if (p.event->op.object != c.event->op.object || !is_access(*p.event)) continue;
        for (std::size_t r = first + 1; r < second; ++r) {
          if (unserialisable(p, all_[r], c)) {
            add({&p, &all_[r], &c, reads(*p.event) && overwrites(*c.event) && !writes(*p.event)});
            break;
          }
        }
        break;
      }
    }
  }

  static bool unserialisable(const moment& p, const moment& r, const moment& c) {
    if (r.event == nullptr || r.thread == p.thread || !is_access(*r.event)) return false;
    if (r.event->op.object != p.event->op.object) return false;
    const bool writes_p = writes(*p.event);
    const bool writes_c = writes(*c.event) && !reads(*c.event);
    if (writes_p && writes_c) return reads(*r.event);
    return writes(*r.event);
  }

  // Of any objects: the last access before a stay of other threads that conflicts with what they
  // did there, and the first after it.
  void several_objects() {
    for (std::size_t i = 1; i < all_.size(); ++i) {
      const moment& back = all_[i];
      if (back.event == nullptr || all_[i - 1].thread == back.thread) continue;
      std::size_t left = i;
      while (left-- > 0 && all_[left].thread != back.thread) {
      }
      if (left >= i) continue;
      const moment* between = nullptr;
      const moment* first = nullptr;
      const moment* second = nullptr;
      const auto meets = [&](const moment& mine) {
        for (std::size_t r = left + 1; r < i; ++r) {
          if (all_[r].event != nullptr && all_[r].thread != mine.thread &&
              conflict(*mine.event, *all_[r].event)) {
            between = &all_[r];
            return true;
          }
        }
        return false;
      };
      for (std::size_t p = left + 1; p-- > 0 && first == nullptr;) {
        if (all_[p].event != nullptr && all_[p].thread == back.thread && meets(all_[p])) {
          first = &all_[p];
        }
      }
      for (std::size_t c = i; c < all_.size() && second == nullptr; ++c) {
        if (all_[c].event != nullptr && all_[c].thread == back.thread && meets(all_[c])) {
          second = &all_[c];
        }
      }
      if (first != nullptr && second != nullptr) add({first, between, second, false});
    }
  }

  void add(candidate made) {
    for (const candidate& at : candidates_) {
      if (at.first == made.first && at.second == made.second) return;
    }
    if (candidates_.size() < 200) candidates_.push_back(made);
  }

  // Steps that each other thread had made before `at`.
  [[nodiscard]] std::map<sched::thread_id, std::uint32_t> steps_before(const moment* at) const {
    std::map<sched::thread_id, std::uint32_t> steps;
    for (const moment& one : all_) {
      if (&one == at) break;
      if (one.event != nullptr && sched::visible(one.event->op.kind)) {
        steps[one.thread] = one.steps + 1;
      }
    }
    steps.erase(at->thread);
    return steps;
  }

  [[nodiscard]] bool passes(std::vector<hold> holds) const {
    const auto outcome = from_.instead({.holds = std::move(holds)});
    return outcome && outcome->result == sched::verdict::passed;
  }

  [[nodiscard]] bool confirmed(const candidate& at) const {
    const auto before = steps_before(at.first);
    const auto after = steps_before(at.second);
    const sched::stable_key mine = from_.past.key(at.first->thread);
    const std::int64_t stop = steps_to_stop_at(*at.first);
    if (stop < 0) return false;
    std::vector<hold> others_later;
    std::vector<hold> others_first;
    for (const auto& [thread, steps] : after) {
      const auto found = before.find(thread);
      const std::uint32_t then = found == before.end() ? 0 : found->second;
      if (then == steps) continue;
      const sched::stable_key other = from_.past.key(thread);
      others_later.push_back({other, then, mine, steps_when_done(*at.second)});
      others_first.push_back({mine, static_cast<std::uint32_t>(stop), other, steps});
    }
    return !others_later.empty() && passes(others_later) && passes(others_first);
  }

  [[nodiscard]] std::string did(const moment& at, bool once_more = false) const {
    const sched::event& event = *at.event;
    const std::string value = from_.name.value(*at.entry);
    const std::string object = once_more ? "it" : from_.name.the_object(event.op.object);
    const bool writing = writes(event);
    const std::string what = writing && reads(event) ? "changed" : writing ? "wrote" : "read";
    const std::string with = value.empty() ? "" : (writing ? " to " : " = ") + value;
    if (writing && !reads(event) && !value.empty()) {
      return fmt::format("wrote {} to {} ({})", value, object, place(event.op.where));
    }
    return fmt::format("{} {}{} ({})", what, object, with, place(event.op.where));
  }

  // A lock that the thread held at both accesses, but not all the time in between; null: none.
  static const held_lock* given_up_between(const candidate& at) {
    for (const held_lock& a : at.first->held) {
      for (const held_lock& b : at.second->held) {
        if (a.mutex == b.mutex && a.at != b.at) return &a;
      }
    }
    return nullptr;
  }
  static const char* locking(const candidate& at) {
    if (given_up_between(at) != nullptr) return "a lock around each half";
    if (at.first->held.empty() && at.second->held.empty()) return "without a lock";
    return "not under the same lock";
  }

  void explain(const candidate& at) {
    const std::string one = from_.who(at.first->thread);
    const std::string other = from_.who(at.between->thread);
    const std::string with = from_.nothing_wrong();  // said of a failed check, which it may replace
    if (at.lost_update) {
      const std::string value = from_.name.value(*at.second->entry);
      from_.found_why(failure_kind::lost_update, locking(at),
                      fmt::format("{} {}, then {} {}, and {} overwrote that{} ({}): the update of "
                                  "{} is lost",
                                  one, did(*at.first), other, did(*at.between, true), one,
                                  value.empty() ? "" : " with " + value,
                                  place(at.second->event->op.where), other));
    } else {
      const bool same = at.first->event->op.object == at.second->event->op.object;
      from_.found_why(
          failure_kind::failed_check, "atomicity violation",
          fmt::format("{} {} and {} belong together, but {} came in between: it {}", one,
                      did(*at.first), did(*at.second, same), other, did(*at.between)));
    }
    if (const held_lock* lock = given_up_between(at)) {
      from_.add(fmt::format("{} is held at both accesses of {}, but given up in between",
                            from_.name.the_object(lock->mutex), one));
    }
    from_.add(fmt::format(
        "confirmed: if {} is not interrupted there, {}, whichever of the two goes first", one,
        with));
  }

  evidence& from_;
  const std::vector<moment>& all_;
  std::vector<candidate> candidates_;
};

}  // namespace

bool explain_atomicity_violation(evidence& from) {
  return from.can_experiment() && searching(from).run();
}

}  // namespace heddle::explorers
