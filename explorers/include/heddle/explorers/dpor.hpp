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
class search;
}

// "dpor" and "source_dpor": dynamic partial-order reduction. Executions that differ only in the
// order of independent operations are equivalent; one of each class is explored.
//
//   source   source sets with sleep sets. Never explores a class twice to its end, but may begin
//            executions that turn out to repeat a class; they are given up and count as redundant.
//   optimal  wakeup trees: nothing is redundant, at the price of remembering more.
//
// Abdulla, Aronis, Jonsson, Sagonas: Optimal Dynamic Partial Order Reduction (POPL 2014), and
// Source Sets: A Foundation for Optimal Dynamic Partial Order Reduction (JACM 2017).
class dpor final : public sched::explorer {
 public:
  enum class mode : std::uint8_t { source, optimal };
  // Which executions stand for their classes, and in which order classes come, is a matter of who
  // goes on where the search is free: the first candidate, or with `shuffle` one drawn at random.
  explicit dpor(mode how, std::optional<std::uint64_t> shuffle = std::nullopt);
  ~dpor() override;

  [[nodiscard]] needs wants() const override;
  bool begin_execution() override;
  std::uint32_t choose(const sched::choice& where) override;
  bool permits(const sched::execution_state& state, sched::thread_id next) override;
  void step(const sched::event& done, const sched::operation& next) override;
  void ordered(sched::thread_id earlier, sched::thread_id later) override;
  void end_execution(const sched::outcome& result) override;

  // Exhaustive once nothing is left; but not if threads that spin were parked, nor if the clock
  // could advance early. Whether that happens is not a matter of the class of an execution alone,
  // so that some classes may have been missed. Early advances come last, when everything else has
  // been explored: from then on that is covered, a bound.
  [[nodiscard]] coverage claim() const override;
  [[nodiscard]] std::vector<std::string> assumptions() const override;
  [[nodiscard]] headway searched() const override;
  [[nodiscard]] std::string complaint() const override;
  [[nodiscard]] bool finished() const noexcept;  // nothing is left, whatever may be claimed

 private:
  std::unique_ptr<por::search> search_;
};

}  // namespace heddle::explorers
