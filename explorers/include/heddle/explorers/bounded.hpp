// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <heddle/sched/explorer.hpp>

namespace heddle::explorers {

namespace por {
class bounded_search;
}

// "bounded" and "delay": every class of executions that has one within a bound; first bound 0, then
// 1, and so on. Most bugs need very few preemptions, and each bound that was finished is something
// to rely on.
//
//   preemptions  to leave a thread whose next operation is enabled and neither a yield nor a sleep
//                costs 1, and so does an early clock advance. Musuvathi, Qadeer: Iterative Context
//                Bounding for Systematic Testing of Multithreaded Programs (PLDI 2007).
//   delays       a fixed scheduler goes on with the current thread, or else with the next one by
//                creation; to pass over one of those it would take costs 1. Emmi, Qadeer,
//                Rakamaric: Delay-Bounded Scheduling (POPL 2011).
//
// With `reduce`, executions are left out that differ from another only in the order of independent
// operations. The bound makes operations dependent that are not otherwise, so that besides the
// place of a race the beginning of the block in which it lies becomes a place to try, too (Coons,
// Musuvathi, McKinley: Bounded Partial-Order Reduction, OOPSLA 2013). There is no reduction with
// delays, nor once a thread was parked or had a deadline, nor with weak memory.
//
// Where an order is weaker than seq_cst, reads of other stores than the newest (and stores not put
// at the end of the modification order) have a bound of their own, which grows as well: first 0 of
// the one and 0 of the other, then 1 in sum, and so on.
class bounded final : public sched::explorer {
 public:
  enum class cost : std::uint8_t { preemptions, delays };
  struct limits {
    cost of = cost::preemptions;
    std::uint32_t first = 0;
    std::uint32_t most = 2;
    bool reduce = true;
    std::uint32_t first_stale_reads = 0;
    std::uint32_t stale_reads = needs::as_set;  // the greatest bound
  };
  explicit bounded(const limits& within);
  ~bounded() override;

  [[nodiscard]] needs wants() const override;
  bool begin_execution() override;
  std::uint32_t choose(const sched::choice& where) override;
  bool permits(const sched::execution_state& state, sched::thread_id next) override;
  void step(const sched::event& done, const sched::operation& next) override;
  void ordered(sched::thread_id earlier, sched::thread_id later) override;
  void end_execution(const sched::outcome& result) override;

  // Bounded by the greatest bound that was finished; exhaustive if that one has cut nothing.
  [[nodiscard]] coverage claim() const override;
  [[nodiscard]] std::vector<std::string> assumptions() const override;
  [[nodiscard]] std::string complaint() const override;

  // The greatest bound that was finished, without reads of old stores as long as these have a
  // bound.
  [[nodiscard]] std::optional<std::uint32_t> covered() const noexcept;
  // Nothing is left within `most`.
  [[nodiscard]] bool finished() const noexcept;

 private:
  // With so many reads of old stores at most.
  struct part {
    std::uint32_t stale_reads;
    std::unique_ptr<por::bounded_search> search;
    bool left_out = false;  // one more would have been possible
  };
  void restart();
  part& part_with(std::size_t more_stale_reads);
  // Has a part seen all that there is, or what the other bound leaves of it?
  [[nodiscard]] bool exhausted() const noexcept;

  limits within_;
  std::vector<part> parts_;
  std::size_t now_ = 0;    // in parts_
  std::uint32_t sum_ = 0;  // of what both bounds have grown
  bool weak_ = false;      // loads might read other stores than the newest
};

}  // namespace heddle::explorers
