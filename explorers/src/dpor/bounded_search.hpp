// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "causality.hpp"
#include "heddle/explorers/bounded.hpp"
#include "journal.hpp"

namespace heddle::explorers::por {

// The search behind explorers::bounded: depth-first with a stack of the actions of the last
// execution, bound after bound. Each place knows what could be taken there and at what cost; what
// is wanted of that is everything, or with reduction what the races of the executions ask for.
class bounded_search {
 public:
  explicit bounded_search(const bounded::limits& within) noexcept
      : within_(within),
        reduce_(within.reduce && within.of == bounded::cost::preemptions),
        bound_(within.first) {}

  // False: nothing is left within this bound.
  bool begin(std::uint32_t up_to);
  std::uint32_t choose_thread(const sched::choice& where);
  std::uint32_t choose_data(const sched::choice& where);
  bool permits(const sched::execution_state& state, sched::thread_id next);
  void step(const sched::event& done);
  void ordered(sched::thread_id earlier, sched::thread_id later);
  void end(const sched::outcome& result);

  [[nodiscard]] bool reduces() const noexcept { return reduce_; }
  [[nodiscard]] bool exhausted() const noexcept { return exhausted_ && !strange_; }
  [[nodiscard]] bool finished() const noexcept { return finished_ && !strange_; }
  [[nodiscard]] bool strange() const noexcept { return strange_; }
  [[nodiscard]] std::optional<std::uint32_t> covered() const noexcept { return covered_; }

 private:
  enum class wish : std::uint8_t { none, wanted, taken };
  struct option {
    std::uint32_t value;  // a thread_index, or what a data choice chooses
    std::uint32_t cost;
    bool early;
    wish state;
  };
  struct place {
    action taken;
    std::size_t first_option;  // in options_, up to those of the next place
    std::uint32_t used;        // of the bound, before
    std::uint32_t cost;        // of what was taken
  };

  // following one execution
  [[nodiscard]] bool repeating() const noexcept { return log_.size() < stack_.size(); }
  void offer_threads(const sched::choice& where);
  [[nodiscard]] std::uint32_t cost_of(const sched::choice& where, std::uint32_t index,
                                      bool leaving_costs) const;
  void enter(const action& taken, std::uint32_t cost);

  // between executions
  bool next_in_this_bound();
  bool next_bound();
  void start_anew() noexcept;
  [[nodiscard]] std::span<option> options_of(std::size_t at) noexcept;
  void look_back(const sched::outcome& result);
  void reverse(std::size_t first, thread_index second);
  void make_up_for_bound(std::size_t at);
  void want(std::size_t at, thread_index thread);
  [[nodiscard]] std::size_t block_of(std::size_t at) const noexcept;

  bounded::limits within_;
  bool reduce_;
  std::uint32_t bound_;
  std::optional<std::uint32_t> covered_;
  bool cut_ = false;        // something wanted was beyond this bound
  bool exhausted_ = false;  // a bound was finished that has cut nothing
  bool finished_ = false;
  bool strange_ = false;  // the body is not deterministic
  bool started_ = false;  // the stack holds an execution of this bound
  std::uint32_t restarts_ = 0;

  std::vector<place> stack_;     // one for each action of the last execution
  std::vector<option> options_;  // of all places, in order

  // of the running execution
  journal log_;
  std::vector<option> offered_;  // at the next place
  bool early_ = false;           // the choice made was an early clock advance
  std::uint32_t chosen_cost_ = 0;

  causality causality_;
  std::vector<causality::pair> pairs_;
  std::vector<thread_index> waiting_;  // for ever, at the end of the execution
  std::vector<bool> coming_;           // by thread: has something to do after the bound is hit
  std::vector<bool> seen_;
};

}  // namespace heddle::explorers::por
