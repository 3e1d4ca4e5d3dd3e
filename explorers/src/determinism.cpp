// SPDX-License-Identifier: MIT
#include "determinism.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "measuring.hpp"
#include "names.hpp"

namespace heddle::explorers {

namespace {

constexpr std::size_t events_compared = 100'000;

// Follows indices and notes what is done.
class noting final : public sched::explorer {
 public:
  explicit noting(const std::vector<std::uint32_t>& follow) : follow_(follow) {}
  [[nodiscard]] needs wants() const override { return {.steps = true}; }
  bool begin_execution() override { return true; }
  std::uint32_t choose(const sched::choice&) override {
    return at_ < follow_.size() ? follow_[at_++] : 0;
  }
  void step(const sched::event& done, const sched::operation&) override {
    if (events.size() < events_compared) events.push_back(done);
  }
  [[nodiscard]] coverage claim() const override { return coverage::sampled; }

  std::vector<sched::event> events;

 private:
  const std::vector<std::uint32_t>& follow_;
  std::size_t at_ = 0;
};

sched::stable_key identity(const sched::operation& op) {
  return (op.object & sched::made_outside) != 0 ? sched::made_outside : op.object;
}

bool alike(const sched::event& a, const sched::event& b) {
  return a.thread == b.thread && a.op.kind == b.op.kind && identity(a.op) == identity(b.op) &&
         a.op.where == b.op.where && a.op.result == b.op.result;
}

std::string describe(const sched::event& at) {
  return fmt::format("T{} {} ({})", at.thread, name_of(at.op), place(at.op.where));
}

std::string at(const std::vector<sched::event>& events, std::size_t which) {
  return which < events.size() ? describe(events[which]) : "the end";
}

}  // namespace

determinism watch_determinism(laboratory& lab, const std::vector<std::uint32_t>& choices) {
  determinism result;
  noting first(choices);
  noting second(choices);
  static_cast<void>(lab.run(first));
  static_cast<void>(lab.run(second));
  const std::size_t most = std::max(first.events.size(), second.events.size());
  for (std::size_t i = 0; i < most; ++i) {
    const bool both = i < first.events.size() && i < second.events.size();
    if (both && alike(first.events[i], second.events[i])) {
      const sched::event& a = first.events[i];
      const sched::event& b = second.events[i];
      const bool reads =
          a.op.kind == sched::op_kind::load || a.op.kind == sched::op_kind::read_modify_write;
      const bool outside = (a.op.object & sched::made_outside) != 0;
      const std::uint64_t saw_a = a.op.kind == sched::op_kind::load ? a.value : a.previous;
      const std::uint64_t saw_b = b.op.kind == sched::op_kind::load ? b.value : b.previous;
      if (result.kept.empty() && reads && outside && a.op.object == b.op.object && saw_a != saw_b) {
        result.kept = fmt::format(
            "an atomic that outlives an execution had another value when the same choices were "
            "taken again: {}. Set it at the beginning of the body",
            describe(a));
      }
      continue;
    }
    result.difference = fmt::format(
        "the body is not deterministic: when the same choices were taken twice, operation {} was "
        "{} the first time and {} the second. Likely causes: state kept from one execution to the "
        "next{}, time, random numbers, addresses that decide an order (unordered containers, "
        "sorted "
        "pointers), threads or locks that are not under control",
        i + 1, at(first.events, i), at(second.events, i),
        result.kept.empty() ? " (static or captured variables)" : "");
    if (!result.kept.empty()) result.difference += "; " + result.kept;
    break;
  }
  return result;
}

}  // namespace heddle::explorers
