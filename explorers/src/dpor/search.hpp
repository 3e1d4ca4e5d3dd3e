// SPDX-License-Identifier: MIT
#pragma once

#include "heddle/explorers/dpor.hpp"
#include "heddle/explorers/prng.hpp"
#include "journal.hpp"
#include "races.hpp"
#include "wakeup_tree.hpp"

namespace heddle::explorers::por {

// The search behind explorers::dpor. It repeats the last execution up to the deepest state from
// which something is left to be explored (stateless search by prefix replay), takes that, and is
// free from there on. At the end of each execution its races say what else must be explored.
//
// One entry of `stack_` for each action of the last execution, one of `log_` for each action of the
// running one.
class search {
 public:
  search(dpor::mode how, std::optional<std::uint64_t> shuffle) noexcept
      : optimal_(how == dpor::mode::optimal) {
    if (shuffle) shuffle_.emplace(*shuffle);
  }

  bool begin();
  std::uint32_t choose_thread(const sched::choice& where);
  std::uint32_t choose_data(const sched::choice& where);
  bool permits(const sched::execution_state& state, sched::thread_id next);
  void step(const sched::event& done);
  void ordered(sched::thread_id earlier, sched::thread_id later);
  void end(const sched::outcome& result);

  // Bounded: all but the executions in which the clock advances while others could run.
  [[nodiscard]] coverage claim() const noexcept;
  // What is left at each state grows while its subtrees are explored: an upper limit of how far it
  // is.
  [[nodiscard]] sched::explorer::headway searched() const noexcept;
  // Nothing is left to be explored.
  [[nodiscard]] bool finished() const noexcept { return exhausted_ && !strange_; }
  // The body did something else when a prefix was repeated.
  [[nodiscard]] bool strange() const noexcept { return strange_; }

 private:
  struct node {
    action taken;
    sequence asleep;                 // whatever begins with one of these is explored elsewhere
    wakeup_tree ahead;               // to be explored after `taken`
    std::uint32_t alternatives = 0;  // of a value
    std::vector<thread_index> waiters = {};  // of a waiter choice: all that could be woken
    std::uint32_t explored = 0;              // branches before `taken`
    sequence others = {};                    // what could be taken instead, with weak memory
    bool offered = false;                    // all alternatives of a data choice are in `ahead`
    bool impossible = false;                 // `taken` turned out to be no candidate
  };

  [[nodiscard]] bool replaying() const noexcept { return log_.size() < stack_.size(); }
  bool give_up() noexcept;
  void does_not_fit() noexcept;
  [[nodiscard]] bool is_asleep(thread_index thread) const noexcept;
  std::uint32_t choose_freely(const sched::choice& where);
  [[nodiscard]] std::uint32_t index_of(const sched::choice& where, const action& wanted) const;
  [[nodiscard]] std::uint32_t value_at(const sched::choice& where, std::uint32_t index) const;
  [[nodiscard]] bool fits_data(const sched::choice& where, const action& now) const;
  std::uint32_t choose_new_data(const sched::choice& where, action now);
  void want_early(const action& now);
  void enter(action taken);
  void look_back(const sched::outcome& result);
  void finish_or_hurry() noexcept;
  void require(std::size_t at, const sequence& what);
  void require_other_data();
  void keep_pending(const sched::execution_state& state);
  void look_for_parking(const sched::execution_state& state);
  void be_careful() noexcept;
  [[nodiscard]] bool is_new(std::size_t at, std::uint32_t source) const noexcept;
  [[nodiscard]] const action* sleeper(const sequence& among, thread_index thread) const noexcept;
  void fall_asleep(node& at);
  void try_others(node& at);
  void stay_asleep(const sequence& before, const event_log::entry& done);
  void keep_late(const sched::execution_state& state);
  void keep_timeouts(const sched::execution_state& state, const action& notify);

  bool optimal_;
  std::optional<prng> shuffle_;
  std::vector<node> stack_;
  bool hurries_ = false;      // the clock may advance early: only after all else has been explored
  bool could_hurry_ = false;  // it would have been possible, but for that
  bool covers_patience_ = false;  // the search without that was complete
  std::uint32_t restarts_ = 0;
  std::int64_t executions_ = 0;
  bool started_ = false;
  bool running_ = false;
  bool exhausted_ = false;
  bool strange_ = false;  // the body is not deterministic
  bool careful_ = false;
  bool parked_ = false;  // other schedules might reach what no operation of these told

  // of the running execution
  journal log_;
  sequence asleep_;                         // at the next action
  wakeup_tree inherited_;                   // what the next state must begin with
  std::size_t resumed_ = journal::nothing;  // the last operation of the repeated prefix
  std::size_t repeated_ = 0;                // the length of that prefix
  std::vector<thread_index> early_;         // who could be let run by an early clock advance, here
  sequence pending_;                        // not performed because the execution was given up
  sched::virtual_time now_ = 0;
  bool chose_early_ = false;
  sequence others_;  // threads that could be let run here
  bool chose_awake_ = false;
  bool gives_up_ = false;

  causality causality_;
  race_detector races_;
  sequence reversal_;
};

}  // namespace heddle::explorers::por
