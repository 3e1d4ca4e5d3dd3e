// SPDX-License-Identifier: MIT
#include <algorithm>

#include "search.hpp"

// Within one execution: which threads are asleep, since what begins with them is explored
// elsewhere.
namespace heddle::explorers::por {

const action* search::sleeper(const sequence& among, thread_index thread) const noexcept {
  const auto found = std::find_if(among.begin(), among.end(), [thread](const action& at) {
    return at.thread == thread && at.what == action::kind::step;
  });
  return found == among.end() ? nullptr : &*found;
}

bool search::is_asleep(thread_index thread) const noexcept {
  const action* found = sleeper(asleep_, thread);
  return found != nullptr && found->fresh.empty();
}

// `taken` has been explored, with everything it can read there.
void search::fall_asleep(node& at) {
  std::erase_if(at.asleep, [&](const action& other) {
    return !other.fresh.empty() && other.thread == at.taken.thread;
  });
  if (at.taken.op.by_choice) at.taken.op.result = sched::resolution::pending;
  at.asleep.push_back(std::move(at.taken));
}

// What sleeps on after an action. With weak memory what could be done before it can be done after
// it just the same; new is what it has stored.
void search::stay_asleep(const sequence& before, const event_log::entry& done) {
  asleep_.clear();
  for (const action& other : before) {
    const bool wakes = conflict(other, done.done);
    if (wakes && !by_choice(other, done.done)) continue;
    asleep_.push_back(other);
    if (wakes && reads_atomic(other.op) && writes_atomic(done.done.op)) {
      asleep_.back().fresh.push_back(done.step);
    }
  }
}

// May the operation at this place read what this step has stored? One of a thread that sleeps but
// for something new must read that.
bool search::is_new(std::size_t at, std::uint32_t source) const noexcept {
  const action* sleeping = sleeper(stack_[at].asleep, stack_[at].taken.thread);
  if (sleeping == nullptr || !sleeping->op.by_choice || !reads_atomic(sleeping->op)) return true;
  const auto& fresh = sleeping->fresh;
  return std::find(fresh.begin(), fresh.end(), source) != fresh.end();
}

// The thread that was let run could only have done what has been explored elsewhere. It may take
// another one to bring it anything new.
void search::try_others(node& at) {
  give_up();
  for (const action& other : at.others) {
    const auto is_it = [&](const action& known) { return known.thread == other.thread; };
    if (is_it(at.taken) || std::any_of(at.asleep.begin(), at.asleep.end(), [&](const action& a) {
          return is_it(a) && a.fresh.empty();
        })) {
      continue;
    }
    if (at.ahead.empty()) at.ahead.push_back({other, {}});
  }
}

// The result is known: what sleeps on, and what has been woken.
void search::step(const sched::event& done) {
  const std::size_t performed = log_.close(done);
  if (performed == journal::nothing) return;
  node& at = stack_[performed];
  at.taken.op = done.op;
  if (resumed_ == journal::nothing || performed >= resumed_) {
    if (!gives_up_ && reads_atomic(done.op) && !is_new(performed, done.source)) try_others(at);
    stay_asleep(at.asleep, log_.entries[performed]);
    // Data choices that were made meanwhile, before the result was known.
    for (std::size_t later = std::max(performed + 1, repeated_); later < stack_.size(); ++later) {
      stack_[later].asleep = asleep_;
    }
  }
}

}  // namespace heddle::explorers::por
